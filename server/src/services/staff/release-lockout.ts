import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** One tap of an administrator releases a locked account. CONFLICT when it is not locked (any more). */
export async function releaseLockout(ctx: Ctx, input: { staffUserId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'release-lockout');
    const known = await tx.staffUser.count({ where: { id: input.staffUserId } });
    if (known === 0) throw new DomainError('NOT_FOUND');
    const changed = await tx.staffUser.updateMany({
      where: { id: input.staffUserId, lockedAt: { not: null } },
      data: { lockedAt: null, failedSignIns: 0 },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT', { reason: 'not-locked' });
    await appendAudit(tx, ctx, {
      action: 'release-lockout',
      subject: { type: 'staff', id: input.staffUserId },
      duty,
      topics: ['court'],
    });
  });
}
