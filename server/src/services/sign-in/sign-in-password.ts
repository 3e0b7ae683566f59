import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { verifyPassword } from './password.ts';
import { startStaffSession } from './start-session.ts';

const LOCK_AFTER = 5;

/**
 * First factor of judges, mediators and remote staff. An unknown name, a wrong password and a disabled person get the
 * same answer in the same time (WRONG_CREDENTIALS); five failures lock until an administrator releases (ACCOUNT_LOCKED).
 */
export async function signInWithPassword(
  deps: Deps,
  request: { requestId: string; ip: string },
  input: { login: string; password: string },
): Promise<{ token: string }> {
  const courtId = await locateCourt(deps.db, 'login', input.login);
  const user = courtId ? await inCourt(deps.db, courtId, (tx) => tx.staffUser.findUnique({ where: { loginName: input.login } })) : null;
  const right = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!courtId || !user) throw new DomainError('WRONG_CREDENTIALS');
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  const subject = { type: 'staff', id: user.id };
  const outcome = await inCourt(deps.db, courtId, async (tx) => {
    if (user.lockedAt) return { refused: 'ACCOUNT_LOCKED' as const };
    if (!right || user.disabledAt) {
      const { failedSignIns } = await tx.staffUser.update({ where: { id: user.id }, data: { failedSignIns: { increment: 1 } } });
      const locks = failedSignIns >= LOCK_AFTER;
      if (locks) await tx.staffUser.update({ where: { id: user.id }, data: { lockedAt: new Date() } });
      await appendAudit(tx, ctx, { action: locks ? 'sign-in:locked' : 'sign-in:failed', subject, topics: ['court'] });
      return { refused: locks ? ('ACCOUNT_LOCKED' as const) : ('WRONG_CREDENTIALS' as const) };
    }
    await tx.staffUser.update({ where: { id: user.id }, data: { failedSignIns: 0 } });
    const token = await startStaffSession(tx, deps, { courtId, staffUserId: user.id, method: 'PASSWORD', secondFactor: false });
    await appendAudit(tx, ctx, { action: 'sign-in:password', subject });
    return { token };
  });
  if ('refused' in outcome && outcome.refused) throw new DomainError(outcome.refused);
  return outcome as { token: string };
}
