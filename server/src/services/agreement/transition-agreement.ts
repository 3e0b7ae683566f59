import type { AgreementStatus } from '../../contract/enums.ts';
import { type AgreementEvent, nextAgreementStatus } from '../../domain/agreement/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/**
 * The only writer of an agreement's status: the lifecycle table decides, a conditional update applies. Of two at
 * the same moment one gets CONFLICT. ILLEGAL_TRANSITION when the table has no such step.
 */
export async function transitionAgreement(
  tx: Tx,
  agreement: { id: string; status: AgreementStatus },
  event: AgreementEvent,
  also: Prisma.AgreementUncheckedUpdateManyInput = {},
): Promise<AgreementStatus> {
  const to = nextAgreementStatus(agreement.status, event);
  const changed = await tx.agreement.updateMany({
    where: { id: agreement.id, status: agreement.status },
    data: { ...also, status: to },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
  return to;
}
