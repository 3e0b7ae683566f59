import type { ProposeCorrectionInput } from '../../contract/correction.ts';
import { refuseSlip } from '../../domain/correction/slip.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { lockCase } from '../case/lock-case.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { isAgreedByAll, textOf, transitionCorrection } from './load-correction.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/**
 * The mediator proposes to correct a slip in a sealed agreement or a confirmed record. Nothing changes before every party
 * has agreed. CORRECTION_NOT_IN_TEXT, CORRECTION_OF_SUBSTANCE, CONFLICT while another one of that document is open.
 */
export async function proposeCorrection(
  ctx: StaffCtx,
  input: { caseId: string } & ProposeCorrectionInput,
): Promise<{ correctionId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'propose-correction', input.caseId);
    await lockCase(tx, theCase.id);
    const { documentId, was, corrected, reason } = input;
    const refused = refuseSlip(await textOf(tx, theCase.id, documentId), { was, corrected });
    if (refused === 'SAME') throw new DomainError('BAD_REQUEST', { fields: ['corrected'] });
    if (refused === 'NOT_IN_TEXT') throw new DomainError('CORRECTION_NOT_IN_TEXT');
    if (refused) throw new DomainError('CORRECTION_OF_SUBSTANCE', { basis: '民诉法解释第245条（参照）' });
    if ((await tx.correction.count({ where: { documentId, status: 'PROPOSED' } })) > 0)
      throw new DomainError('CONFLICT', { reason: 'proposed' });
    const made = await tx.correction.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        documentId,
        proposedById: ctx.principal.staffUserId,
        was,
        corrected,
        reason,
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'propose-correction',
      subject: { type: 'correction', id: made.id },
      caseId: theCase.id,
      duty,
      data: { documentId },
      personal: { was, corrected },
      topics: [`case:${theCase.id}`],
    });
    return { correctionId: made.id };
  });
}

/** Takes back what not everybody has agreed to yet; CONFLICT once all have, whether or not the paper is drawn. */
export async function withdrawCorrection(
  ctx: StaffCtx,
  input: { caseId: string; correctionId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'propose-correction', input.caseId);
    await lockCase(tx, theCase.id);
    const found = await tx.correction.findFirst({ where: { id: input.correctionId, caseId: theCase.id } });
    if (!found) throw new DomainError('NOT_FOUND');
    if (await isAgreedByAll(tx, found)) throw new DomainError('CONFLICT', { reason: 'answered' });
    await transitionCorrection(tx, found, 'withdraw', { endedAt: ctx.deps.clock.now() });
    await appendAudit(tx, ctx, {
      action: 'propose-correction',
      subject: { type: 'correction', id: found.id },
      caseId: theCase.id,
      duty,
      data: { step: 'withdraw' },
      topics: [`case:${theCase.id}`],
    });
  });
}
