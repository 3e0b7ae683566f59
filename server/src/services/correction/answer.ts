import { DomainError } from '../../domain/errors.ts';
import { requireCan } from '../../domain/permissions.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { lockCase } from '../case/lock-case.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { isAgreedByAll, textOf, transitionCorrection } from './load-correction.ts';

/**
 * A party's own word on a correction. One no ends it; with the last yes the outbox draws the 补正书 and serves it. CONFLICT
 * for a second word, NOT_FOUND for a yes to what is no longer in effect; undisputed facts need an agent's power to admit as well.
 */
export async function answerCorrection(
  ctx: Ctx<Extract<Principal, { kind: 'party' }>>,
  input: { caseId: string; correctionId: string; agreed: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase, facts } = await authoriseCase(tx, ctx, 'answer-correction', input.caseId);
    // The last two words at once: the second sees the first.
    await lockCase(tx, theCase.id);
    const found = await tx.correction.findFirst({
      where: { id: input.correctionId, caseId: theCase.id },
      include: { document: { select: { kind: true } } },
    });
    const partyId = await partyOf(tx, ctx.principal);
    if (!found || !partyId) throw new DomainError('NOT_FOUND');
    // Whoever changes facts that were admitted admits anew.
    if (found.document.kind === 'UNDISPUTED_FACTS') requireCan([duty], 'confirm-facts', facts);
    if (found.status !== 'PROPOSED') throw new DomainError('CONFLICT', { status: found.status });
    // A text that is void by now, or that a newer one took the place of, is not corrected any more.
    if (input.agreed) await textOf(tx, theCase.id, found.documentId);
    const at = ctx.deps.clock.now();
    const said = await tx.correctionWord.createMany({
      data: {
        courtId: theCase.courtId,
        correctionId: found.id,
        partyId,
        agentId: ctx.principal.agentId,
        agreed: input.agreed,
        handedOver: ctx.principal.via === 'HAND_OVER',
        at,
      },
      skipDuplicates: true,
    });
    if (said.count !== 1) throw new DomainError('CONFLICT', { reason: 'answered' });
    if (!input.agreed) await transitionCorrection(tx, found, 'refuse', { endedAt: at });
    if (await isAgreedByAll(tx, found))
      await ctx.deps.jobs.enqueue(tx, 'correction.make', {
        courtId: theCase.courtId,
        correctionId: found.id,
      });
    await appendAudit(tx, ctx, {
      action: 'answer-correction',
      subject: { type: 'correction', id: found.id },
      caseId: theCase.id,
      duty,
      data: { agreed: input.agreed },
      topics: [`case:${theCase.id}`],
    });
  });
}
