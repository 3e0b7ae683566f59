import { type DraftContent, type DraftTerm, replaceTerm } from '../../contract/draft.ts';
import type { OfferState } from '../../contract/enums.ts';
import type { DraftTermShape, Term } from '../../contract/terms.ts';
import { checkTerms } from '../../domain/agreement/check-draft.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Agreement, Offer } from '../../generated/prisma/client.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { changeDraft } from '../draft/write-draft.ts';

export type Speaker = Ctx<Extract<Principal, { kind: 'staff' | 'party' }>>;

/** The side for which somebody speaks; null: the mediator. */
export async function sideOf(tx: Tx, { principal }: Speaker): Promise<string | null> {
  if (principal.kind === 'staff') return null;
  const partyId = await partyOf(tx, principal);
  if (!partyId) throw new DomainError('FORBIDDEN');
  return partyId;
}

/** An open offer of this agreement. NOT_FOUND for another's, CONFLICT for one that has ended. */
export async function findOpenOffer(tx: Tx, agreement: Agreement, offerId: string): Promise<Offer> {
  const offer = await tx.offer.findFirst({ where: { id: offerId, agreementId: agreement.id } });
  if (!offer) throw new DomainError('NOT_FOUND');
  if (offer.state !== 'OPEN') throw new DomainError('CONFLICT', { state: offer.state });
  return offer;
}

/** Ends an open offer; whatever was said to it is gone. Of two at once one wins, the other gets CONFLICT. */
export async function closeOffer(tx: Tx, ctx: Ctx, offer: Offer, state: OfferState): Promise<void> {
  const closed = await tx.offer.updateMany({
    where: { id: offer.id, state: 'OPEN' },
    data: { state, endedAt: ctx.deps.clock.now() },
  });
  if (closed.count !== 1) throw new DomainError('CONFLICT');
  await tx.offerAnswer.deleteMany({ where: { offerId: offer.id } });
}

/** DRAFT_INVALID with its article when the term could not stand in an agreement (人民调解法 4, 民诉法解释 358). */
export async function requireSound(tx: Tx, ctx: Ctx, caseId: string, term: DraftTermShape): Promise<void> {
  const parties = await tx.party.findMany({ where: { caseId }, select: { id: true, name: true } });
  const [stop] = checkTerms([term], parties, shanghaiDay(ctx.deps.clock.now())).filter(
    (finding) => finding.level === 'stop',
  );
  if (stop) throw new DomainError('DRAFT_INVALID', { finding: stop.code, basis: stop.basis });
}

/** The agreed term goes into the draft, in the name of whoever had offered it. */
export function adoptTerm(
  tx: Tx,
  ctx: Ctx,
  agreement: Agreement,
  offer: Offer,
): Promise<{ seq: number; content: DraftContent }> {
  const term = offer.body as unknown as Term;
  return changeDraft(
    tx,
    ctx,
    agreement,
    {
      source: offer.blind ? 'RECOMMENDATION' : 'OFFER',
      staffAuthorId: offer.staffAuthorId,
      partyAuthorId: offer.partyId,
    },
    (doc) => replaceTerm(doc, term as unknown as DraftTerm),
  );
}

/** Everything that was offered in a case and every answer is gone: talks that failed leave no concession behind. */
export async function vanishOffers(tx: Tx, caseId: string): Promise<void> {
  const ofCase = { agreement: { caseId } };
  await tx.offerAnswer.deleteMany({ where: { offer: ofCase } });
  await tx.offer.deleteMany({ where: ofCase });
}
