import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { countFailure, LOCK_AFTER } from './count-failure.ts';
import { verifyPassword } from './password.ts';
import { asStaff, startStaffSession } from './start-session.ts';

/** Every refusal takes at least this long, so that its time does not tell which name exists. */
const REFUSAL_MS = 250;
/** Unknown names "lock" like known ones; they are remembered here, by hash, for a day. */
const unknownNames = new RateLimiterMemory({ points: LOCK_AFTER - 1, duration: 24 * 3600 });

/**
 * First factor of judges, mediators and remote staff. An unknown name, a wrong password and a disabled person get the
 * same answers in the same time: WRONG_CREDENTIALS, from the fifth on ACCOUNT_LOCKED until an administrator releases.
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
  if (!courtId || !user) return refuseUnknown(deps, input.login);
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  return inCourt<Outcome>(deps.db, courtId, async (tx) => {
    const [now] = await tx.$queryRaw<
      { locked: boolean; disabled: boolean }[]
    >`SELECT "lockedAt" IS NOT NULL AS locked, "disabledAt" IS NOT NULL AS disabled FROM "StaffUser" WHERE id = ${user.id}::uuid FOR UPDATE`;
    if (!now || now.locked) return { refused: 'ACCOUNT_LOCKED' };
    if (!right || now.disabled) {
      const locked = await countFailure(tx, ctx, user.id, 'password');
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

async function refuseUnknown(deps: Deps, login: string): Promise<Outcome> {
  const key = hashSecret(deps.settings.tokenKey, 'unknown-login', login);
  const refused = await unknownNames.consume(key).then(
    () => 'WRONG_CREDENTIALS' as const,
    () => 'ACCOUNT_LOCKED' as const,
  );
  return { refused };
}
