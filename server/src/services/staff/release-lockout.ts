import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** One tap of an administrator releases a locked account. */
export async function releaseLockout(ctx: Ctx, input: { staffUserId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'release-lockout');
    const changed = await tx.staffUser.updateMany({ where: { id: input.staffUserId }, data: { lockedAt: null, failedSignIns: 0 } });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, { action: 'release-lockout', subject: { type: 'staff', id: input.staffUserId }, duty, topics: ['court'] });
  });
}
