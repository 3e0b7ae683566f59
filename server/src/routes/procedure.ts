import { createRoute, z } from '@hono/zod-openapi';
import { FlagLookInput } from '../contract/flags.ts';
import { ObserverInput, ReasonInput, RequestInput } from '../contract/representation.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { lookAtFlag } from '../services/flags/look-at-flag.ts';
import { answerObserver, inviteObserver, listInvitable } from '../services/procedure/observers.ts';
import { askProcedure, changeMediator } from '../services/procedure/requests.ts';
import { resumeCase, suspendCase, transferCase } from '../services/procedure/suspend.ts';

const caseParam = z.object({ caseId: Id });
const reasoned = { params: caseParam, body: body(ReasonInput) };

const suspend = createRoute({
  method: 'post',
  path: '/cases/{caseId}/suspend',
  summary: 'Suspected false mediation: everything stops, station, mediator and judges are told',
  request: reasoned,
  responses: answers(Done, 'Suspended'),
});
const resume = createRoute({
  method: 'post',
  path: '/cases/{caseId}/resume',
  summary: 'The suspicion was cleared up: the case goes on where it was',
  request: reasoned,
  responses: answers(Done, 'Resumed'),
});
const transfer = createRoute({
  method: 'post',
  path: '/cases/{caseId}/transfer',
  summary: 'The matter goes on elsewhere',
  request: reasoned,
  responses: answers(Done, 'Transferred'),
});
const request = createRoute({
  method: 'post',
  path: '/cases/{caseId}/requests',
  summary: 'A side asks for more time or another mediator; more time needs every side',
  request: { params: caseParam, body: body(RequestInput) },
  responses: answers(z.object({ extended: z.boolean() }), 'Recorded'),
});
const change = createRoute({
  method: 'post',
  path: '/cases/{caseId}/mediator/change',
  summary: 'Another mediator: the case is offered anew, disclosures are made again',
  request: reasoned,
  responses: answers(Done, 'Replaced'),
});
const invitable = createRoute({
  method: 'get',
  path: '/cases/{caseId}/observers',
  summary: 'Colleagues who may be invited to take part',
  request: { params: caseParam },
  responses: answers(z.array(z.object({ id: Id, name: z.string(), liaison: z.boolean() })), 'People'),
});
const invite = createRoute({
  method: 'post',
  path: '/cases/{caseId}/observers',
  summary: 'Invites a police liaison or another person; nothing opens before every party agreed',
  request: { params: caseParam, body: body(ObserverInput) },
  responses: answers(Done, 'Invited'),
});
const look = createRoute({
  method: 'post',
  path: '/cases/{caseId}/flags',
  summary: 'The mediator’s or judge’s private check of one soft flag, with its result',
  request: { params: caseParam, body: body(FlagLookInput) },
  responses: answers(Done, 'Recorded'),
});
const answer = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/observers/{staffUserId}',
  summary: 'A party’s own yes or no to one invited person',
  request: {
    params: z.object({ caseId: Id, partyId: Id, staffUserId: Id }),
    body: body(z.object({ agreed: z.boolean() })),
  },
  responses: answers(Done, 'Recorded'),
});

/** What happens to the procedure itself: suspension, transfer, time, mediator, who else takes part. */
export function procedureRoutes() {
  return resource()
    .openapi(suspend, async (c) => {
      await suspendCase(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(resume, async (c) => {
      await resumeCase(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(transfer, async (c) => {
      await transferCase(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(request, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await askProcedure(ctxOf(c, 'staff', 'party'), input), 200);
    })
    .openapi(change, async (c) => {
      await changeMediator(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(invitable, async (c) =>
      c.json(await listInvitable(ctxOf(c, 'staff'), c.req.valid('param')), 200),
    )
    .openapi(invite, async (c) => {
      await inviteObserver(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(look, async (c) => {
      await lookAtFlag(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(answer, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      await answerObserver(ctxOf(c, 'staff', 'party'), input);
      return c.json(done, 200);
    });
}
