import { createRoute, z } from '@hono/zod-openapi';
import {
  CaseRow,
  CaseView,
  ConsentInput,
  ConsentSheetView,
  EndInput,
  IdentityInput,
  NoShowInput,
  OfferInput,
  OfferView,
  RegisterInput,
  RescheduleInput,
  RespondInput,
  ScheduleInput,
  TimelineEntry,
} from '../contract/case.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import {
  listMediators,
  listOffers,
  offerMediator,
  respondToOffer,
  takeMediation,
} from '../services/appointments/appointments.ts';
import { endCase } from '../services/case/end-case.ts';
import { listCases } from '../services/case/list-cases.ts';
import { readCase } from '../services/case/read-case.ts';
import { readTimeline } from '../services/case/read-timeline.ts';
import { registerCase } from '../services/case/register-case.ts';
import { answerConsents, readConsentSheet } from '../services/consents/answer-consents.ts';
import { attestIdentity, verifyIdentity } from '../services/identity/verify-identity.ts';
import { recordNoShow, reschedule, scheduleSession } from '../services/scheduling/schedule.ts';

const CaseParam = z.object({ caseId: Id });
const PartyParam = z.object({ caseId: Id, partyId: Id });
const SessionParam = z.object({ sessionId: Id });
const SessionRef = z.object({ sessionId: Id });
const params = <T extends z.ZodObject>(schema: T) => ({ params: schema });

const list = createRoute({
  method: 'get',
  path: '/cases',
  summary: 'Cases that the asking person takes part in',
  responses: answers(z.array(CaseRow), 'Cases'),
});
const register = createRoute({
  method: 'post',
  path: '/cases',
  summary: 'Registers a dispute, planned or walk-in',
  request: { body: body(RegisterInput) },
  responses: answers(z.object({ id: Id, number: z.string() }), 'The new case'),
});
const read = createRoute({
  method: 'get',
  path: '/cases/{caseId}',
  summary: 'One case as this person may see it',
  request: params(CaseParam),
  responses: answers(CaseView, 'The case'),
});
const timeline = createRoute({
  method: 'get',
  path: '/cases/{caseId}/timeline',
  summary: 'What happened, newest first',
  request: params(CaseParam),
  responses: answers(z.array(TimelineEntry), 'Events'),
});
const end = createRoute({
  method: 'post',
  path: '/cases/{caseId}/end',
  summary: 'Ends the mediation with its code and reason',
  request: { ...params(CaseParam), body: body(EndInput) },
  responses: answers(Done, 'Ended'),
});
const sheet = createRoute({
  method: 'get',
  path: '/cases/{caseId}/parties/{partyId}/consents',
  summary: '《告知与同意书》 with this party’s answers',
  request: params(PartyParam),
  responses: answers(ConsentSheetView, 'The sheet'),
});
const consent = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/consents',
  summary: 'Answers boxes of the sheet, each on its own',
  request: { ...params(PartyParam), body: body(ConsentInput) },
  responses: answers(Done, 'Recorded'),
});
const identity = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/identity',
  summary: 'Document and person were compared, by name',
  request: { ...params(PartyParam), body: body(IdentityInput) },
  responses: answers(z.object({ id: Id }), 'Recorded'),
});
const attest = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/identity/attest',
  summary: 'A second person, not at that station, attests 人证一致',
  request: params(PartyParam),
  responses: answers(Done, 'Attested'),
});
const mediators = createRoute({
  method: 'get',
  path: '/cases/{caseId}/mediators',
  summary: 'The committee’s roster',
  request: params(CaseParam),
  responses: answers(z.array(z.object({ id: Id, name: z.string() })), 'Mediators'),
});
const offer = createRoute({
  method: 'post',
  path: '/cases/{caseId}/mediator',
  summary: 'Offers the case to a mediator',
  request: { ...params(CaseParam), body: body(OfferInput) },
  responses: answers(Done, 'Offered'),
});
const take = createRoute({
  method: 'post',
  path: '/cases/{caseId}/mediator/self',
  summary: '本次由我主持调解, with disclosure',
  request: {
    ...params(CaseParam),
    body: body(
      z.object({ ties: z.array(z.string().max(100)).max(10), statement: z.string().trim().min(1).max(500) }),
    ),
  },
  responses: answers(Done, 'Taken'),
});
const offers = createRoute({
  method: 'get',
  path: '/offers',
  summary: 'Offers that wait for the asking mediator',
  responses: answers(z.array(OfferView), 'Offers'),
});
const respond = createRoute({
  method: 'post',
  path: '/offers/{appointmentId}',
  summary: 'Accepts with disclosure or declines with a reason',
  request: { ...params(z.object({ appointmentId: Id })), body: body(RespondInput) },
  responses: answers(Done, 'Answered'),
});
const schedule = createRoute({
  method: 'post',
  path: '/cases/{caseId}/sessions',
  summary: 'Plans a session; nobody is booked twice',
  request: { ...params(CaseParam), body: body(ScheduleInput) },
  responses: answers(SessionRef, 'The session'),
});
const move = createRoute({
  method: 'post',
  path: '/sessions/{sessionId}/reschedule',
  summary: 'Moves a session: who asked and why',
  request: { ...params(SessionParam), body: body(RescheduleInput) },
  responses: answers(SessionRef, 'The new session'),
});
const noShow = createRoute({
  method: 'post',
  path: '/sessions/{sessionId}/no-show',
  summary: 'One side did not come; the second time ends the case',
  request: { ...params(SessionParam), body: body(NoShowInput) },
  responses: answers(z.object({ ended: z.boolean() }), 'Recorded'),
});

export function caseRoutes() {
  return resource()
    .openapi(list, async (c) => c.json(await listCases(ctxOf(c, 'staff')), 200))
    .openapi(register, async (c) => c.json(await registerCase(ctxOf(c, 'staff'), c.req.valid('json')), 200))
    .openapi(read, async (c) =>
      c.json(await readCase(ctxOf(c, 'staff', 'party'), c.req.valid('param').caseId), 200),
    )
    .openapi(timeline, async (c) =>
      c.json(await readTimeline(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    )
    .openapi(end, async (c) => {
      await endCase(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(sheet, async (c) =>
      c.json(await readConsentSheet(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(consent, async (c) => {
      await answerConsents(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(identity, async (c) =>
      c.json(
        await verifyIdentity(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(attest, async (c) => {
      await attestIdentity(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(mediators, async (c) =>
      c.json(await listMediators(ctxOf(c, 'staff'), c.req.valid('param').caseId), 200),
    )
    .openapi(offer, async (c) => {
      await offerMediator(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(take, async (c) => {
      await takeMediation(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(offers, async (c) => c.json(await listOffers(ctxOf(c, 'staff')), 200))
    .openapi(respond, async (c) => {
      await respondToOffer(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(schedule, async (c) =>
      c.json(
        await scheduleSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(move, async (c) =>
      c.json(await reschedule(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(noShow, async (c) =>
      c.json(await recordNoShow(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    );
}
