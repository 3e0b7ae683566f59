import { createRoute, z } from '@hono/zod-openapi';
import { CeremonyState } from '../contract/ceremony.ts';
import {
  AcceptConfirmationInput,
  AfterRejectionInput,
  AnswerConfirmationInput,
  ConfirmationView,
  PaperApplicationInput,
  PlanInquiryInput,
  RuleConfirmationInput,
  WithdrawConfirmationInput,
} from '../contract/confirmation.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, file, fileHeaders, Id } from '../http/responses.ts';
import { readCeremony } from '../services/ceremony/read-ceremony.ts';
import { chooseAfterRejection } from '../services/confirmation/after-rejection.ts';
import { answerConfirmation } from '../services/confirmation/answer.ts';
import { acceptConfirmation } from '../services/confirmation/decide.ts';
import { handInPaper } from '../services/confirmation/hand-in-paper.ts';
import { planInquiry } from '../services/confirmation/plan-inquiry.ts';
import { downloadApplication, renderApplicationPage } from '../services/confirmation/read-application.ts';
import { readConfirmation } from '../services/confirmation/read-confirmation.ts';
import { downloadRuling, ruleOnConfirmation } from '../services/confirmation/rule.ts';
import { withdrawConfirmation } from '../services/confirmation/withdraw.ts';

const base = '/cases/{caseId}/confirmation' as const;
const params = z.object({ caseId: Id });

const read = createRoute({
  method: 'get',
  path: base,
  summary: 'Whether and how far a court confirms the agreement',
  request: { params },
  responses: answers(ConfirmationView, 'Answers, application, ruling'),
});
const answer = createRoute({
  method: 'post',
  path: `${base}/answer`,
  summary: '“是否现在共同申请司法确认？” yes, later or no',
  request: { params, body: body(AnswerConfirmationInput) },
  responses: answers(z.object({ waitsForSignature: z.boolean() }), 'Recorded'),
});
const ceremony = createRoute({
  method: 'get',
  path: `${base}/ceremony`,
  summary: 'The application’s text, places and one’s own progress; signed by the ceremony’s verbs',
  request: { params },
  responses: answers(CeremonyState, 'The ceremony'),
});
const withdraw = createRoute({
  method: 'post',
  path: `${base}/withdraw`,
  summary: 'An applicant takes the application back before the ruling',
  request: { params, body: body(WithdrawConfirmationInput) },
  responses: answers(Done, 'Withdrawn'),
});
const paper = createRoute({
  method: 'post',
  path: `${base}/paper`,
  summary: 'The hand-signed application, photographed, goes to the court',
  request: { params, body: body(PaperApplicationInput) },
  responses: answers(Done, 'Handed in'),
});
const accept = createRoute({
  method: 'post',
  path: `${base}/accept`,
  summary: 'The court docketed it: number, and 30 days to decide',
  request: { params, body: body(AcceptConfirmationInput) },
  responses: answers(z.object({ dueOn: z.string() }), 'Docketed'),
});
const inquiry = createRoute({
  method: 'post',
  path: `${base}/inquiry`,
  summary: '司法确认询问: the court plans its session with both parties',
  request: { params, body: body(PlanInquiryInput) },
  responses: answers(z.object({ sessionId: Id }), 'Planned'),
});
const rule = createRoute({
  method: 'post',
  path: `${base}/rule`,
  summary: 'The court’s ruling',
  request: { params, body: body(RuleConfirmationInput) },
  responses: answers(Done, 'Ruled'),
});
const afterRejection = createRoute({
  method: 'post',
  path: `${base}/after-rejection`,
  summary: 'What the parties chose: mediate again, with a prefilled draft, or sue',
  request: { params, body: body(AfterRejectionInput) },
  responses: answers(z.object({ draftId: Id.nullable() }), 'Recorded'),
});
const ruling = createRoute({
  method: 'get',
  path: `${base}/ruling.pdf`,
  summary: '裁定书 text, for reading',
  request: { params },
  responses: file('application/pdf', 'The file'),
});
const pdf = createRoute({
  method: 'get',
  path: `${base}/application.pdf`,
  summary: '司法确认申请书, signed by all, or for signing by hand',
  request: { params },
  responses: file('application/pdf', 'The file'),
});
const page = createRoute({
  method: 'get',
  path: `${base}/pages/{page}`,
  summary: 'A picture of a page of the application',
  request: { params: params.extend({ page: z.coerce.number().int().min(1).max(100) }) },
  responses: file('image/png', 'The picture'),
});

export function confirmationRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readConfirmation(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(answer, async (c) =>
      c.json(
        await answerConfirmation(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(ceremony, async (c) => {
      const { caseId } = c.req.valid('param');
      return c.json(await readCeremony(ctxOf(c, 'staff', 'party'), caseId, 'application'), 200);
    })
    .openapi(withdraw, async (c) => {
      await withdrawConfirmation(ctxOf(c, 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(paper, async (c) => {
      await handInPaper(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(accept, async (c) =>
      c.json(
        await acceptConfirmation(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(inquiry, async (c) =>
      c.json(await planInquiry(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(rule, async (c) => {
      await ruleOnConfirmation(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(afterRejection, async (c) =>
      c.json(
        await chooseAfterRejection(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(ruling, async (c) => {
      const { bytes, name } = await downloadRuling(ctxOf(c, 'staff'), c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(pdf, async (c) => {
      const ctx = ctxOf(c, 'staff', 'party');
      const { bytes, name } = await downloadApplication(ctx, c.req.valid('param').caseId);
      return c.body(Buffer.from(bytes), 200, fileHeaders('application/pdf', name, true));
    })
    .openapi(page, async (c) => {
      const picture = await renderApplicationPage(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.body(Buffer.from(picture), 200, fileHeaders('image/png', 'page.png', true));
    });
}
