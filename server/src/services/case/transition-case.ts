import type { CaseStatus } from '../../contract/enums.ts';
import { type CaseEvent, nextCaseStatus } from '../../domain/case/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

type CaseState = { id: string; status: CaseStatus; resumeStatus: CaseStatus | null };

/**
 * The only writer of a case's status: the lifecycle table decides, a conditional update applies. Of two at the same
 * moment one gets CONFLICT; ILLEGAL_TRANSITION when the table has no such step. Changes the handed-in row too.
 */
export async function transitionCase(
  tx: Tx,
  theCase: CaseState,
  event: CaseEvent,
  also: Prisma.CaseUncheckedUpdateManyInput = {},
): Promise<CaseStatus> {
  const to = nextCaseStatus(theCase.status, event, theCase.resumeStatus);
  const resumeStatus =
    event === 'suspend' ? theCase.status : event === 'resume' ? null : theCase.resumeStatus;
  const changed = await tx.case.updateMany({
    where: { id: theCase.id, status: theCase.status },
    data: { ...also, status: to, resumeStatus },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
  Object.assign(theCase, { status: to, resumeStatus });
  return to;
}
