import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { transitionCase } from './transition-case.ts';

/**
 * What a file still lacks before it goes to the archive, as forms name it: everything served, performed or recorded as
 * ended, a visit made where something had to be performed later, and no confirmation undecided.
 */
export async function missingForArchive(tx: Tx, caseId: string): Promise<string[]> {
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: {
      services: { include: { document: true } },
      performances: true,
      followUps: true,
      confirmations: true,
    },
  });
  const { services, performances, confirmations } = theCase;
  // The court serves its ruling itself.
  const ours = services.filter((s) => s.document.kind !== 'CONFIRMATION_RULING');
  const served = ours.every((s) => s.status === 'READ' || s.status === 'SIGNED_FOR');
  const later = performances.some((p) => p.dueOn && theCase.effectiveAt && p.dueOn > theCase.effectiveAt);
  const missing: string[] = [];
  if (!served) missing.push('文书送达');
  if (performances.some((p) => p.status !== 'PERFORMED') && theCase.status !== 'TRANSFERRED')
    missing.push('履行情况');
  if (later && theCase.followUps.length === 0) missing.push('回访记录');
  if (confirmations.some((c) => c.decidedAt === null)) missing.push('司法确认结果');
  if (theCase.endCode && theCase.endCode !== 'AGREEMENT' && services.length === 0)
    missing.push('终止调解通知书');
  return missing;
}

/** Puts the file into the archive: nothing in it changes from then on. FILE_INCOMPLETE names what is missing. */
export async function archiveCase(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  caseId: string,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'archive', caseId);
    const missing = await missingForArchive(tx, caseId);
    if (missing.length > 0) throw new DomainError('FILE_INCOMPLETE', { missing: missing.join('、') });
    await transitionCase(tx, theCase, 'archive');
    await appendAudit(tx, ctx, {
      action: 'archive',
      subject: { type: 'case', id: caseId },
      caseId,
      duty,
      topics: [`station:${theCase.stationId}`],
    });
  });
}
