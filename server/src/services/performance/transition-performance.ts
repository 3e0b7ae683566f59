import type { PerformanceStatus } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextPerformanceStatus, type PerformanceEvent } from '../../domain/performance/lifecycle.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/** The only writer of a performance's status after it was created. ILLEGAL_TRANSITION; CONFLICT for a lost race. */
export async function transitionPerformance(
  tx: Tx,
  item: { id: string; status: PerformanceStatus },
  event: PerformanceEvent,
  also: Prisma.PerformanceUncheckedUpdateManyInput,
): Promise<void> {
  const changed = await tx.performance.updateMany({
    where: { id: item.id, status: item.status },
    data: { ...also, status: nextPerformanceStatus(item.status, event) },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
}
