import type { Term } from '../../contract/terms.ts';
import { concernedBy } from '../../domain/agreement/concerned.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { lockTalks } from './make-offer.ts';
import { adoptTerm, closeOffer, findOpenOffer, sideOf } from './open-offer.ts';

/**
 * One side says yes or no to another's offer. When everybody concerned said yes, it becomes a term of the draft in its
 * author's name; a no ends it. SPECIAL_AUTHORITY_REQUIRED for agents without it (民事诉讼法 62, 民诉法解释 89).
 */
export async function answerOffer(
  ctx: Ctx<Extract<Principal, { kind: 'party' }>>,
  input: { caseId: string; offerId: string; accept: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'answer-offer', input.caseId);
    const agreement = await lockTalks(tx, ctx, input.caseId, theCase.status);
    const offer = await findOpenOffer(tx, agreement, input.offerId);
    const partyId = (await sideOf(tx, ctx)) ?? '';
    const parties = await tx.party.findMany({ where: { caseId: input.caseId }, select: { id: true } });
    const concerned = concernedBy(offer.body as unknown as Term, parties, offer.partyId);
    if (offer.blind || !concerned.includes(partyId)) throw new DomainError('FORBIDDEN');
    if (input.accept) {
      await tx.offerAnswer.createMany({
        data: { courtId: offer.courtId, offerId: offer.id, partyId },
        skipDuplicates: true,
      });
      const yes = await tx.offerAnswer.count({
        where: { offerId: offer.id, partyId: { in: concerned } },
      });
      if (yes === concerned.length) {
        await closeOffer(tx, ctx, offer, 'ACCEPTED');
        await adoptTerm(tx, ctx, agreement, offer);
      }
    } else await closeOffer(tx, ctx, offer, 'DECLINED');
    await appendAudit(tx, ctx, {
      action: 'answer-offer',
      subject: { type: 'offer', id: offer.id },
      caseId: input.caseId,
      duty,
    });
  });
}
