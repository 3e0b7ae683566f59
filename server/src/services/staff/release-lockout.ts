import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';

/** Takes every lock off an account, the account's own and those of single addresses. False when there was none. */
export async function freeAccount(tx: Tx, staffUserId: string): Promise<boolean> {
  const own = await tx.staffUser.updateMany({
    where: { id: staffUserId, lockedAt: { not: null } },
    data: { lockedAt: null, failedSignIns: 0 },
  });
  const pairs = await tx.signInFailure.deleteMany({
    where: { staffUserId, lockedUntil: { gt: new Date() } },
  });
  return own.count + pairs.count > 0;
}

/** One tap of an administrator releases a locked account. CONFLICT when it is not locked (any more). */
export async function releaseLockout(ctx: Ctx, input: { staffUserId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'release-lockout');
    const known = await tx.staffUser.count({ where: { id: input.staffUserId } });
    if (known === 0) throw new DomainError('NOT_FOUND');
    if (!(await freeAccount(tx, input.staffUserId)))
      throw new DomainError('CONFLICT', { reason: 'not-locked' });
    await appendAudit(tx, ctx, {
      action: 'release-lockout',
      subject: { type: 'staff', id: input.staffUserId },
      duty,
      topics: ['court'],
    });
  });
}
