import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { transact } from '../transact.ts';
import { lockTalks } from './make-offer.ts';
import { closeOffer, findOpenOffer, type Speaker, sideOf } from './open-offer.ts';

/** Whoever made an offer takes it back while it is open. FORBIDDEN for another's. */
export async function withdrawOffer(ctx: Speaker, input: { caseId: string; offerId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'withdraw-offer', input.caseId);
    const agreement = await lockTalks(tx, ctx, input.caseId, theCase.status);
    const offer = await findOpenOffer(tx, agreement, input.offerId);
    if (offer.partyId !== (await sideOf(tx, ctx))) throw new DomainError('FORBIDDEN');
    await closeOffer(tx, ctx, offer, 'WITHDRAWN');
    await appendAudit(tx, ctx, {
      action: 'withdraw-offer',
      subject: { type: 'offer', id: offer.id },
      caseId: input.caseId,
      duty,
    });
  });
}
