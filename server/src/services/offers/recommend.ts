import type { z } from 'zod';
import type { BlindAnswerInput, RecommendationInput } from '../../contract/offer.ts';
import { DomainError } from '../../domain/errors.ts';
import type { OfferAnswer } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { createOffer, lockTalks } from './make-offer.ts';
import { adoptTerm, closeOffer, findOpenOffer, sideOf } from './open-offer.ts';

/** The mediator recommends one term; every side answers unseen. */
export async function recommend(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string } & z.infer<typeof RecommendationInput>,
): Promise<{ offerId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'recommend', input.caseId);
    const agreement = await lockTalks(tx, ctx, input.caseId, theCase.status);
    const offer = await createOffer(tx, ctx, agreement, { ...input, partyId: null, blind: true });
    await appendAudit(tx, ctx, {
      action: 'recommend',
      subject: { type: 'offer', id: offer.id },
      caseId: input.caseId,
      duty,
    });
    return { offerId: offer.id };
  });
}

/**
 * One side's answer to a recommendation, final, sealed until every side has answered. Then all are opened in one step:
 * only all yes makes it a term; otherwise nothing is kept or told but that it was not taken. The audit row, the live
 * event, the answer and the work done are the same for yes and no. CONFLICT when one's side has answered already.
 */
export async function answerRecommendation(
  ctx: Ctx<Extract<Principal, { kind: 'party' }>>,
  input: { caseId: string; offerId: string } & z.infer<typeof BlindAnswerInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'answer-offer', input.caseId);
    const agreement = await lockTalks(tx, ctx, input.caseId, theCase.status);
    const offer = await findOpenOffer(tx, agreement, input.offerId);
    const partyId = await sideOf(tx, ctx);
    if (!offer.blind || partyId === null) throw new DomainError('FORBIDDEN');
    if ((await tx.offerAnswer.count({ where: { offerId: offer.id, partyId } })) > 0)
      throw new DomainError('CONFLICT', { reason: 'answered' });
    const row = await tx.offerAnswer.create({ data: { courtId: offer.courtId, offerId: offer.id, partyId } });
    const sealed = Buffer.from(ctx.deps.cipher.encrypt(addressOf(row), input.answer));
    await tx.offerAnswer.update({ where: { id: row.id }, data: { sealed } });
    const answers = await tx.offerAnswer.findMany({ where: { offerId: offer.id } });
    const parties = await tx.party.findMany({ where: { caseId: input.caseId }, select: { id: true } });
    if (parties.every((p) => answers.some((a) => a.partyId === p.id))) {
      // Every seal is opened, whatever the first says: how long it takes tells nothing either.
      const no = answers.map((answer) => open(ctx, answer)).filter((word) => word !== 'Y').length;
      await closeOffer(tx, ctx, offer, no === 0 ? 'ACCEPTED' : 'NOT_TAKEN');
      if (no === 0) await adoptTerm(tx, ctx, agreement, offer);
    }
    await appendAudit(tx, ctx, {
      action: 'answer-offer',
      subject: { type: 'offer', id: offer.id },
      caseId: input.caseId,
      duty,
    });
  });
}

const addressOf = ({ courtId, id }: OfferAnswer) => ({
  courtId,
  table: 'OfferAnswer',
  rowId: id,
  column: 'sealed',
});

const open = (ctx: Ctx, answer: OfferAnswer): string =>
  answer.sealed ? ctx.deps.cipher.decrypt(addressOf(answer), answer.sealed) : 'N';
