import { createRoute, z } from '@hono/zod-openapi';
import { Comparison, DraftHistory, VersionRef } from '../contract/compare.ts';
import { DisputeType } from '../contract/enums.ts';
import {
  BlindAnswerInput,
  OfferAnswerInput,
  OfferInput,
  OfferList,
  RecommendationInput,
} from '../contract/offer.ts';
import { CaseWordings } from '../contract/wording.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { compareVersions, readHistory } from '../services/draft/history.ts';
import { readCaseWordings, startFromTemplate } from '../services/draft/start-from-template.ts';
import { answerOffer } from '../services/offers/answer-offer.ts';
import { makeOffer } from '../services/offers/make-offer.ts';
import { readOffers } from '../services/offers/read-offers.ts';
import { answerRecommendation, recommend } from '../services/offers/recommend.ts';
import { withdrawOffer } from '../services/offers/withdraw-offer.ts';

const params = z.object({ caseId: Id });
const offerParams = z.object({ caseId: Id, offerId: Id });
const Made = z.object({ offerId: Id });

const history = createRoute({
  method: 'get',
  path: '/cases/{caseId}/draft/history',
  summary: 'Who changed the draft when, and which versions were frozen',
  request: { params },
  responses: answers(DraftHistory, 'Points and versions'),
});
const compare = createRoute({
  method: 'get',
  path: '/cases/{caseId}/draft/compare',
  summary: 'Two points of the draft’s history word by word, each change with its author',
  request: { params, query: z.object({ from: VersionRef, to: VersionRef }) },
  responses: answers(Comparison, 'Sections'),
});
const wordings = createRoute({
  method: 'get',
  path: '/cases/{caseId}/draft/wordings',
  summary: 'Templates and clauses that the court uses now',
  request: { params },
  responses: answers(CaseWordings, 'Templates, the case’s own kind first, and clauses'),
});
const start = createRoute({
  method: 'post',
  path: '/cases/{caseId}/draft/template',
  summary: 'Starts an empty draft from a template, whose version is remembered',
  request: { params, body: body(z.object({ key: DisputeType })) },
  responses: answers(z.object({ seq: z.int() }), 'Started'),
});
const offers = createRoute({
  method: 'get',
  path: '/cases/{caseId}/offers',
  summary: 'Offers of the running talks, newest first',
  request: { params },
  responses: answers(OfferList, 'Offers'),
});
const offer = createRoute({
  method: 'post',
  path: '/cases/{caseId}/offers',
  summary: 'One side or the mediator offers a term, or counters an offer',
  request: { params, body: body(OfferInput) },
  responses: answers(Made, 'Made'),
});
const answer = createRoute({
  method: 'post',
  path: '/cases/{caseId}/offers/{offerId}/answer',
  summary: 'Accepts or declines another’s offer',
  request: { params: offerParams, body: body(OfferAnswerInput) },
  responses: answers(Done, 'Recorded'),
});
const withdraw = createRoute({
  method: 'post',
  path: '/cases/{caseId}/offers/{offerId}/withdraw',
  summary: 'Takes one’s own open offer back',
  request: { params: offerParams },
  responses: answers(Done, 'Withdrawn'),
});
const recommendation = createRoute({
  method: 'post',
  path: '/cases/{caseId}/recommendations',
  summary: 'The mediator recommends a term that every side answers unseen',
  request: { params, body: body(RecommendationInput) },
  responses: answers(Made, 'Made'),
});
const blind = createRoute({
  method: 'post',
  path: '/cases/{caseId}/recommendations/{offerId}/answer',
  summary: 'One side’s sealed answer; only all yes makes it a term',
  request: { params: offerParams, body: body(BlindAnswerInput) },
  responses: answers(Done, 'Sealed, whatever it was'),
});

/** Where a draft comes from: templates, clauses, offers, recommendations; and how it became what it is. */
export function draftingRoutes() {
  return resource()
    .openapi(history, async (c) =>
      c.json(await readHistory(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(compare, async (c) =>
      c.json(
        await compareVersions(ctxOf(c, 'staff', 'party'), {
          ...c.req.valid('param'),
          ...c.req.valid('query'),
        }),
        200,
      ),
    )
    .openapi(wordings, async (c) =>
      c.json(await readCaseWordings(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    )
    .openapi(start, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await startFromTemplate(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(offers, async (c) =>
      c.json(await readOffers(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(offer, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await makeOffer(ctxOf(c, 'staff', 'party'), input), 200);
    })
    .openapi(answer, async (c) => {
      await answerOffer(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(withdraw, async (c) => {
      await withdrawOffer(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(recommendation, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await recommend(ctxOf(c, 'staff'), input), 200);
    })
    .openapi(blind, async (c) => {
      await answerRecommendation(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    });
}
