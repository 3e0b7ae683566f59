import { DomainError } from '../../domain/errors.ts';
import { openAgreement } from '../agreement/open-agreement.ts';
import { appendAudit, emitLive } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { mergeUpdate } from './draft-document.ts';
import { voidCurrentVersion } from './void-version.ts';

/** Updates up to this many base64 characters travel in the live event itself. */
const INLINE_LIMIT = 3000;

/**
 * Applies one Yjs update to the draft under the agreement's row lock: authorised, limited, validated, stamped with
 * its author. A frozen version falls visibly, with every signature on it. DRAFT_INVALID stores nothing.
 */
export async function applyDraftUpdate(
  ctx: Ctx,
  input: { caseId: string; update: Uint8Array },
): Promise<{ seq: number }> {
  return transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'edit-draft', input.caseId);
    // 背靠背: what is written behind the door would be read outside it.
    await refuseDuringCaucus(tx, input.caseId);
    const opened = await openAgreement(tx, ctx.principal.courtId, input.caseId);
    await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${opened.id}::uuid FOR UPDATE`;
    const agreement = await tx.agreement.findUniqueOrThrow({ where: { id: opened.id } });
    if (!['DRAFTING', 'FROZEN', 'SIGNING'].includes(agreement.status)) {
      throw new DomainError('ILLEGAL_TRANSITION', { status: agreement.status });
    }
    const { state } = mergeUpdate(agreement.draftState, input.update);
    if (agreement.status !== 'DRAFTING') await voidCurrentVersion(tx, ctx, agreement, 'text-changed', duty);
    const seq = agreement.draftSeq + 1;
    await tx.agreement.update({
      where: { id: agreement.id },
      data: { draftState: Buffer.from(state), draftSeq: seq },
    });
    await tx.draftUpdate.create({
      data: {
        courtId: agreement.courtId,
        agreementId: agreement.id,
        seq,
        bytes: Buffer.from(input.update),
        staffAuthorId: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
        at: ctx.deps.clock.now(),
      },
    });
    const base64 = Buffer.from(input.update).toString('base64');
    const data = base64.length <= INLINE_LIMIT ? { seq, update: base64 } : { seq };
    if (seq === 1) {
      await appendAudit(tx, ctx, {
        action: 'edit-draft',
        subject: { type: 'agreement', id: agreement.id },
        caseId: input.caseId,
        duty,
      });
    }
    await emitLive(tx, [`draft:${input.caseId}`], 'draft.update', data);
    return { seq };
  });
}
