import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { keepAdministrator, lockStaffChanges } from './keep-administrator.ts';

/** Ends a standing duty now; what was done under it stays. NOT_FOUND; CONFLICT for the last administrator. */
export async function withdrawDuty(
  ctx: Ctx,
  input: { staffUserId: string; assignmentId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'assign-duty');
    await lockStaffChanges(tx, ctx);
    const { staffUserId, assignmentId } = input;
    const now = new Date();
    const changed = await tx.dutyAssignment.updateMany({
      where: { id: assignmentId, staffUserId, OR: [{ until: null }, { until: { gt: now } }] },
      data: { until: now },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    const ended = await tx.dutyAssignment.findUniqueOrThrow({ where: { id: assignmentId } });
    if (ended.duty === 'ADMINISTRATOR') await keepAdministrator(tx);
    await appendAudit(tx, ctx, {
      action: 'assign-duty',
      subject: { type: 'staff', id: staffUserId },
      duty,
      data: {
        step: 'withdrawn',
        duty: ended.duty,
        stationId: ended.stationId,
        committeeId: ended.committeeId,
      },
      topics: ['court', `user:${staffUserId}`],
    });
  });
}
