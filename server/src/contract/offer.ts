import * as z from 'zod';
import { OfferState } from './enums.ts';
import { Term } from './terms.ts';

/** A term on offer (方案): complete, so that a yes to it is a yes to exactly this wording. */
export const OfferInput = z.object({
  term: Term,
  /** The term of the draft that it would replace. */
  replaces: z.string().min(1).max(40).exactOptional(),
  /** The open offer that it answers. */
  counters: z.uuid().exactOptional(),
  note: z.string().trim().max(500).default(''),
});
export const RecommendationInput = OfferInput.omit({ counters: true });

/** One side's open answer. */
export const OfferAnswerInput = z.object({ accept: z.boolean() });

/**
 * One side's answer to a recommendation. Both answers have one length, and the random `nonce` (128 bits or more) makes
 * the hash that is kept of a request say nothing about them.
 */
export const BlindAnswerInput = z.strictObject({
  answer: z.enum(['Y', 'N']),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
});

export const OfferView = z.object({
  id: z.uuid(),
  number: z.int(),
  /** Null: the mediator. */
  partyId: z.uuid().nullable(),
  by: z.string(),
  blind: z.boolean(),
  term: Term,
  /** The wording that it would have in the agreement. */
  text: z.string(),
  note: z.string(),
  replaces: z.string().nullable(),
  /** Number of the offer that it answers. */
  counters: z.int().nullable(),
  state: OfferState,
  at: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Sides that said yes openly; always empty on a recommendation. */
  accepted: z.array(z.string()),
  /** Sides whose open answer is awaited; always empty on a recommendation. */
  waitsFor: z.array(z.string()),
  mine: z.object({
    canAnswer: z.boolean(),
    canCounter: z.boolean(),
    canWithdraw: z.boolean(),
    /** Whether one's own side has answered; never how. */
    answered: z.boolean(),
  }),
});
export type OfferView = z.infer<typeof OfferView>;
export const OfferList = z.object({
  offers: z.array(OfferView),
  canOffer: z.boolean(),
  canRecommend: z.boolean(),
});
export type OfferList = z.infer<typeof OfferList>;
