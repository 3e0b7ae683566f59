import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { OfferInput } from '../../contract/offer.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Agreement, Offer, Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Ctx, Tx } from '../context.ts';
import { lockDraft } from '../draft/write-draft.ts';
import { transact } from '../transact.ts';
import { closeOffer, findOpenOffer, requireSound, type Speaker, sideOf } from './open-offer.ts';

type Input = { caseId: string } & z.infer<typeof OfferInput>;

/**
 * One side, or the mediator, offers one term, for the draft or as an answer to another offer (which it ends). An agent
 * needs special authority to settle (民事诉讼法 62, 民诉法解释 89). The audit names the act, never the content.
 */
export async function makeOffer(ctx: Speaker, input: Input): Promise<{ offerId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'make-offer', input.caseId);
    const partyId = await sideOf(tx, ctx);
    const agreement = await lockTalks(tx, ctx, input.caseId, theCase.status);
    if (input.counters) {
      const answered = await findOpenOffer(tx, agreement, input.counters);
      if (answered.blind || answered.partyId === partyId) throw new DomainError('FORBIDDEN');
      await closeOffer(tx, ctx, answered, 'COUNTERED');
    }
    const offer = await createOffer(tx, ctx, agreement, { ...input, partyId, blind: false });
    await appendAudit(tx, ctx, {
      action: 'make-offer',
      subject: { type: 'offer', id: offer.id },
      caseId: input.caseId,
      duty,
    });
    return { offerId: offer.id };
  });
}

/** The draft under lock, while talks run and nobody is behind a closed door. */
export async function lockTalks(tx: Tx, ctx: Ctx, caseId: string, status: string): Promise<Agreement> {
  if (status !== 'MEDIATING' && status !== 'AGREED') throw new DomainError('ILLEGAL_TRANSITION', { status });
  await refuseDuringCaucus(tx, caseId);
  return lockDraft(tx, ctx.principal.courtId, caseId);
}

const MOST_OFFERS = 500;

export async function createOffer(
  tx: Tx,
  ctx: Speaker,
  agreement: Agreement,
  input: Omit<Input, 'caseId'> & { partyId: string | null; blind: boolean },
): Promise<Offer> {
  const number = (await tx.offer.count({ where: { agreementId: agreement.id } })) + 1;
  if (number > MOST_OFFERS) throw new DomainError('TOO_LARGE');
  const term = { ...input.term, id: input.replaces ?? randomUUID() };
  await requireSound(tx, ctx, agreement.caseId, term);
  const { principal } = ctx;
  return tx.offer.create({
    data: {
      courtId: agreement.courtId,
      agreementId: agreement.id,
      number,
      blind: input.blind,
      partyId: input.partyId,
      agentId: principal.kind === 'party' ? principal.agentId : null,
      staffAuthorId: principal.kind === 'staff' ? principal.staffUserId : null,
      countersId: input.counters ?? null,
      termId: input.replaces ?? null,
      body: term as Prisma.InputJsonObject,
      note: input.note,
      at: ctx.deps.clock.now(),
    },
  });
}
