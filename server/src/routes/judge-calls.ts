import { createRoute, z } from '@hono/zod-openapi';
import { DutyListInput, DutyLists, PushEndpoint, PushInput, PushOffer } from '../contract/duty-list.ts';
import { CallInput, CallView, DoNotDisturb, HandCallInput } from '../contract/session.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { handCall, listCalls, takeCall } from '../services/judge-call/answer-call.ts';
import { callJudge, cancelCall } from '../services/judge-call/call-judge.ts';
import { readDoNotDisturb, setDoNotDisturb } from '../services/judge-call/do-not-disturb.ts';
import { readDutyLists, setDutyList } from '../services/judge-call/duty-list.ts';
import { subscribePush, unsubscribePush } from '../services/judge-call/subscribe-push.ts';

const CallParam = z.object({ callId: Id });

const call = createRoute({
  method: 'post',
  path: '/sessions/{sessionId}/judge-call',
  summary: '连线法官',
  request: { params: z.object({ sessionId: Id }), body: body(CallInput) },
  responses: answers(z.object({ callId: Id }), 'Rings'),
});
const calls = createRoute({
  method: 'get',
  path: '/judge-calls',
  summary: 'Calls ringing at the asking judge',
  responses: answers(z.array(CallView), 'Calls'),
});
const take = createRoute({
  method: 'post',
  path: '/judge-calls/{callId}/take',
  summary: 'Takes a call',
  request: { params: CallParam },
  responses: answers(z.object({ sessionId: Id.nullable() }), 'Where to go'),
});
const cancel = createRoute({
  method: 'post',
  path: '/judge-calls/{callId}/cancel',
  summary: 'Ends the ringing of a call',
  request: { params: CallParam },
  responses: answers(Done, 'Cancelled'),
});
const hand = createRoute({
  method: 'post',
  path: '/judge-calls/{callId}/hand',
  summary: 'Hands a ringing call to a colleague around',
  request: { params: CallParam, body: body(HandCallInput) },
  responses: answers(Done, 'Rings there'),
});
const readQuiet = createRoute({
  method: 'get',
  path: '/judge-calls/do-not-disturb',
  summary: 'Whether only urgent calls ring while in session',
  responses: answers(DoNotDisturb, 'The setting'),
});
const setQuiet = createRoute({
  method: 'post',
  path: '/judge-calls/do-not-disturb',
  summary: 'Sets it for oneself',
  request: { body: body(DoNotDisturb) },
  responses: answers(Done, 'Set'),
});

const readLists = createRoute({
  method: 'get',
  path: '/duty-lists',
  summary: '值班名单 of every town, with its number',
  responses: answers(DutyLists, 'The lists'),
});
const setList = createRoute({
  method: 'put',
  path: '/duty-lists/{placeId}',
  summary: 'Replaces a town’s list and number',
  request: { params: z.object({ placeId: Id }), body: body(DutyListInput) },
  responses: answers(Done, 'Set'),
});
const pushOffer = createRoute({
  method: 'get',
  path: '/push',
  summary: 'The key with which a browser subscribes to Web Push',
  responses: answers(PushOffer, 'The key, or null where push is not offered'),
});
const pushOn = createRoute({
  method: 'post',
  path: '/push',
  summary: 'This browser rings for the asking judge',
  request: { body: body(PushInput) },
  responses: answers(Done, 'Subscribed'),
});
const pushOff = createRoute({
  method: 'post',
  path: '/push/off',
  summary: 'This browser no longer rings',
  request: { body: body(PushEndpoint) },
  responses: answers(Done, 'Off'),
});

export function judgeCallRoutes() {
  return resource()
    .openapi(readLists, async (c) => c.json(await readDutyLists(ctxOf(c, 'staff')), 200))
    .openapi(setList, async (c) => {
      await setDutyList(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(pushOffer, (c) => {
      const { deps } = ctxOf(c, 'staff');
      return c.json({ publicKey: deps.push?.publicKey ?? null }, 200);
    })
    .openapi(pushOn, async (c) => {
      await subscribePush(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(pushOff, async (c) => {
      await unsubscribePush(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(call, async (c) =>
      c.json(await callJudge(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(calls, async (c) => c.json(await listCalls(ctxOf(c, 'staff')), 200))
    .openapi(readQuiet, async (c) => c.json(await readDoNotDisturb(ctxOf(c, 'staff')), 200))
    .openapi(setQuiet, async (c) => {
      await setDoNotDisturb(ctxOf(c, 'staff'), c.req.valid('json'));
      return c.json(done, 200);
    })
    .openapi(take, async (c) => c.json(await takeCall(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(hand, async (c) => {
      await handCall(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(cancel, async (c) => {
      await cancelCall(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    });
}
