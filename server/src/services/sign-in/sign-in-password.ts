import { setTimeout as sleep } from 'node:timers/promises';
import { afterFailure, type Failures, isLocked } from '../../domain/back-off.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { countStranger, isStrangerLocked } from './count-failure.ts';
import { verifyPassword } from './password.ts';
import { asStaff, startStaffSession } from './start-session.ts';

/** Every refusal takes at least this long, so that its time does not tell which name exists. */
const REFUSAL_MS = 250;
/** Unknown names "lock" like known ones; they are remembered here, by hash, the newest of them. */
const unknownNames = new Map<string, Failures>();
const MAX_UNKNOWN = 10_000;

/**
 * First factor of judges, mediators and remote staff. An unknown name, a wrong password and a disabled person get the
 * same answers in the same time: WRONG_CREDENTIALS, from the fifth on ACCOUNT_LOCKED for that name at that address, for a
 * while or until an administrator releases.
 */
export async function signInWithPassword(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { login: string; password: string },
): Promise<{ token: string }> {
  const started = performance.now();
  const outcome = await attempt(deps, request, input);
  if ('token' in outcome) return outcome;
  await sleep(Math.max(0, REFUSAL_MS - (performance.now() - started)));
  throw new DomainError(outcome.refused);
}

type Outcome = { token: string } | { refused: 'WRONG_CREDENTIALS' | 'ACCOUNT_LOCKED' };

async function attempt(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { login: string; password: string },
): Promise<Outcome> {
  const courtId = await locateCourt(deps.db, 'login', input.login);
  const user = courtId
    ? await inCourt(deps.db, courtId, (tx) => tx.staffUser.findUnique({ where: { loginName: input.login } }))
    : null;
  const right = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!courtId || !user) return refuseUnknown(deps, request.ip, input.login);
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  return inCourt<Outcome>(deps.db, courtId, async (tx) => {
    const [now] = await tx.$queryRaw<
      { locked: boolean; disabled: boolean }[]
    >`SELECT "lockedAt" IS NOT NULL AS locked, "disabledAt" IS NOT NULL AS disabled FROM "StaffUser" WHERE id = ${user.id}::uuid FOR UPDATE`;
    if (!now || now.locked || (await isStrangerLocked(tx, ctx, user.id)))
      return { refused: 'ACCOUNT_LOCKED' };
    if (!right || now.disabled) {
      const locked = await countStranger(tx, ctx, user.id, 'password');
      return { refused: locked ? 'ACCOUNT_LOCKED' : 'WRONG_CREDENTIALS' };
    }
    const token = await startStaffSession(tx, deps, {
      courtId,
      staffUserId: user.id,
      method: 'PASSWORD',
      secondFactor: false,
    });
    await appendAudit(tx, asStaff(ctx, user.id), {
      action: 'sign-in:password',
      subject: { type: 'staff', id: user.id },
    });
    return { token };
  });
}

function refuseUnknown(deps: Deps, ip: string, login: string): Outcome {
  const key = hashSecret(deps.settings.tokenKey, 'unknown-login', `${ip}|${login}`);
  const now = new Date();
  const known = unknownNames.get(key) ?? null;
  if (isLocked(known, now)) return { refused: 'ACCOUNT_LOCKED' };
  const next = afterFailure(known, now);
  unknownNames.delete(key);
  unknownNames.set(key, next);
  const [oldest] = unknownNames.keys();
  if (unknownNames.size > MAX_UNKNOWN && oldest !== undefined) unknownNames.delete(oldest);
  return { refused: isLocked(next, now) ? 'ACCOUNT_LOCKED' : 'WRONG_CREDENTIALS' };
}
