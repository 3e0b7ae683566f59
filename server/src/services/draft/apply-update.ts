import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { voidCurrentVersion } from './void-version.ts';
import { lockAgreement, storeUpdate } from './write-draft.ts';

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
    const agreement = await lockAgreement(tx, ctx.principal.courtId, input.caseId);
    if (!['DRAFTING', 'FROZEN', 'SIGNING'].includes(agreement.status)) {
      throw new DomainError('ILLEGAL_TRANSITION', { status: agreement.status });
    }
    const { seq } = await storeUpdate(tx, ctx, agreement, input.update, {
      source: 'EDIT',
      staffAuthorId: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
      partyAuthorId: null,
    });
    if (agreement.status !== 'DRAFTING') await voidCurrentVersion(tx, ctx, agreement, 'text-changed', duty);
    if (seq === 1) {
      await appendAudit(tx, ctx, {
        action: 'edit-draft',
        subject: { type: 'agreement', id: agreement.id },
        caseId: input.caseId,
        duty,
      });
    }
    return { seq };
  });
}
