import { DomainError } from '../../domain/errors.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { requirePresence } from '../session/require-presence.ts';
import { transact } from '../transact.ts';
import { contentSha256, openDraft, validContent } from './draft-document.ts';

/**
 * A party (or its agent with special authority) says “我同意这个文本” to exactly the text it saw. VERSION_CHANGED when
 * the draft has moved on; PRESENCE_REQUIRED unless the person is really in the running session.
 */
export async function agreeToText(ctx: Ctx, input: { caseId: string; contentSha256: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { principal } = ctx;
    const { duty } = await authoriseCase(tx, ctx, 'agree-to-text', input.caseId);
    if (principal.kind !== 'party' || !principal.partyId) throw new DomainError('FORBIDDEN');
    const agreement = await findAgreement(tx, input.caseId);
    if (!agreement?.draftState) throw new DomainError('DRAFT_EMPTY');
    await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${agreement.id}::uuid FOR SHARE`;
    if (agreement.status !== 'DRAFTING')
      throw new DomainError('ILLEGAL_TRANSITION', { status: agreement.status });
    const current = contentSha256(validContent(openDraft(agreement.draftState)));
    if (current !== input.contentSha256) throw new DomainError('VERSION_CHANGED');
    // A screen handed over by the director attests that person's presence at the station by name.
    await requirePresence(tx, ctx, input.caseId, [principal.partyId], principal.via === 'HAND_OVER');
    const now = ctx.deps.clock.now();
    await tx.textApproval.updateMany({
      where: { agreementId: agreement.id, partyId: principal.partyId, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    await tx.textApproval.create({
      data: {
        courtId: principal.courtId,
        agreementId: agreement.id,
        partyId: principal.partyId,
        agentId: principal.agentId,
        draftSha256: current,
        draftSeq: agreement.draftSeq,
        at: now,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'agree-to-text',
      subject: { type: 'agreement', id: agreement.id },
      caseId: input.caseId,
      duty,
      data: { contentSha256: current, partyId: principal.partyId },
    });
  });
}
