import { createRoute, z } from '@hono/zod-openapi';
import { AnswerCorrectionInput, CorrectionsView, ProposeCorrectionInput } from '../contract/correction.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { answerCorrection } from '../services/correction/answer.ts';
import { proposeCorrection, withdrawCorrection } from '../services/correction/propose.ts';
import { readCorrections } from '../services/correction/read-corrections.ts';

const base = '/cases/{caseId}/corrections' as const;
const params = z.object({ caseId: Id });
const one = params.extend({ correctionId: Id });

const read = createRoute({
  method: 'get',
  path: base,
  summary: '补正: slips that were corrected or are to be, and each party’s word',
  request: { params },
  responses: answers(CorrectionsView, 'Corrections, newest first'),
});
const propose = createRoute({
  method: 'post',
  path: base,
  summary: 'The mediator proposes to correct a slip in a sealed or confirmed document',
  request: { params, body: body(ProposeCorrectionInput) },
  responses: answers(z.object({ correctionId: Id }), 'Proposed'),
});
const answer = createRoute({
  method: 'post',
  path: `${base}/{correctionId}/answer`,
  summary: 'A party’s own yes or no',
  request: { params: one, body: body(AnswerCorrectionInput) },
  responses: answers(Done, 'Recorded'),
});
const withdraw = createRoute({
  method: 'post',
  path: `${base}/{correctionId}/withdraw`,
  summary: 'The mediator takes it back before everybody has answered',
  request: { params: one },
  responses: answers(Done, 'Withdrawn'),
});

export function correctionRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readCorrections(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(propose, async (c) =>
      c.json(
        await proposeCorrection(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(answer, async (c) => {
      await answerCorrection(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(withdraw, async (c) => {
      await withdrawCorrection(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    });
}
