import type { ConfirmationStatus } from '../../contract/enums.ts';
import { type ConfirmationEvent, nextConfirmationStatus } from '../../domain/confirmation/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/**
 * The only writer of a confirmation's status: the lifecycle table decides, a conditional update applies. Of two at the
 * same moment one gets CONFLICT. ILLEGAL_TRANSITION when the table has no such step.
 */
export async function transitionConfirmation(
  tx: Tx,
  confirmation: { id: string; status: ConfirmationStatus },
  event: ConfirmationEvent,
  also: Prisma.ConfirmationUncheckedUpdateManyInput = {},
): Promise<ConfirmationStatus> {
  const to = nextConfirmationStatus(confirmation.status, event);
  const changed = await tx.confirmation.updateMany({
    where: { id: confirmation.id, status: confirmation.status },
    data: { ...also, status: to },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
  return to;
}
