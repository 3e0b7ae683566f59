import { createRoute, z } from '@hono/zod-openapi';
import {
  ArriveInput,
  CallInput,
  CallView,
  CheckInput,
  EndSessionInput,
  EnterInput,
  HandInput,
  JoinToken,
  MuteInput,
  PauseInput,
  ReasonInput,
  SeatParam,
  SessionView,
} from '../contract/session.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { callJudge, listCalls, takeCall } from '../services/judge-call/judge-call.ts';
import { issueJoinToken } from '../services/room/issue-join-token.ts';
import * as host from '../services/session/host-verbs.ts';
import { enterLobby, leaveSession, renewLease } from '../services/session/lobby.ts';
import { readSession } from '../services/session/read-session.ts';
import { takeVideoEvent } from '../services/video/presence.ts';

const SessionParam = z.object({ sessionId: Id });
const AttendeeParam = z.object({ sessionId: Id, attendeeId: Id });
const at = '/sessions/{sessionId}' as const;
const seatPath = `${at}/seats/{seatId}` as const;

/** A verb without a body that answers `{ok: true}`. */
const plain = <P extends string>(path: P, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    request: { params: SessionParam },
    responses: answers(Done, 'Done'),
  });

const read = createRoute({
  method: 'get',
  path: at,
  summary: 'Seats with people, presence, checklist',
  request: { params: SessionParam },
  responses: answers(SessionView, 'The session'),
});
const enter = createRoute({
  method: 'post',
  path: `${at}/lobby`,
  summary: 'Takes one’s own seat, with the device check',
  request: { params: SessionParam, body: body(EnterInput) },
  responses: answers(z.object({ seatId: Id }), 'The seat'),
});
const beat = createRoute({
  method: 'post',
  path: `${at}/heartbeat`,
  summary: 'Renews the seat’s lease',
  request: { params: SessionParam },
  responses: answers(z.object({ held: z.boolean() }), 'Whether it is still held'),
});
const leave = plain(`${at}/leave`, 'Leaves; the session goes on');
const token = createRoute({
  method: 'post',
  path: `${at}/token`,
  summary: 'A video token for one’s own seat, at most five minutes',
  request: { params: SessionParam },
  responses: answers(JoinToken, 'The token'),
});
const startChecking = plain(`${at}/start-checking`, '核对中: media on, clock and recording off');
const open = plain(`${at}/open`, 'Opens when everything is done by name');
const resume = plain(`${at}/resume`, 'Goes on after a pause');
const onsite = plain(`${at}/onsite`, 'The talks go on in one place');
const pause = createRoute({
  method: 'post',
  path: `${at}/pause`,
  summary: 'Media off for everybody',
  request: { params: SessionParam, body: body(PauseInput) },
  responses: answers(Done, 'Paused'),
});
const check = createRoute({
  method: 'post',
  path: `${at}/checks`,
  summary: 'Warning or rights notice: by name, language and reader',
  request: { params: SessionParam, body: body(CheckInput) },
  responses: answers(Done, 'Recorded'),
});
const end = createRoute({
  method: 'post',
  path: `${at}/end`,
  summary: 'Ends the session with its result; the room is gone',
  request: { params: SessionParam, body: body(EndSessionInput) },
  responses: answers(Done, 'Ended'),
});
const admit = createRoute({
  method: 'post',
  path: `${seatPath}/admit`,
  summary: 'Lets one seat in',
  request: { params: SeatParam },
  responses: answers(Done, 'Admitted'),
});
const choose = createRoute({
  method: 'post',
  path: `${seatPath}/check`,
  summary: 'While 核对中: the one seat that speaks with the host',
  request: { params: SeatParam },
  responses: answers(Done, 'Chosen'),
});
const mute = createRoute({
  method: 'post',
  path: `${seatPath}/mute`,
  summary: 'Mutes a seat',
  request: { params: SeatParam, body: body(MuteInput) },
  responses: answers(Done, 'Muted'),
});
const remove = createRoute({
  method: 'post',
  path: `${seatPath}/remove`,
  summary: 'Removes for good',
  request: { params: SeatParam, body: body(ReasonInput) },
  responses: answers(Done, 'Removed'),
});
const lift = createRoute({
  method: 'post',
  path: `${seatPath}/lift-removal`,
  summary: 'Lets a removed seat ask again',
  request: { params: SeatParam },
  responses: answers(Done, 'Lifted'),
});
const arrive = createRoute({
  method: 'post',
  path: `${seatPath}/attendees`,
  summary: 'Somebody came to this seat',
  request: { params: SeatParam, body: body(ArriveInput) },
  responses: answers(z.object({ attendeeId: Id }), 'The person'),
});
const depart = createRoute({
  method: 'delete',
  path: `${at}/attendees/{attendeeId}`,
  summary: 'Somebody left',
  request: { params: AttendeeParam },
  responses: answers(Done, 'Left'),
});
const floor = createRoute({
  method: 'post',
  path: `${at}/attendees/{attendeeId}/floor`,
  summary: 'Who is speaking at a shared seat',
  request: { params: AttendeeParam },
  responses: answers(Done, 'Marked'),
});
const hand = createRoute({
  method: 'post',
  path: `${at}/hand`,
  summary: 'Raises or lowers one’s own hand',
  request: { params: SessionParam, body: body(HandInput) },
  responses: answers(Done, 'Done'),
});
const call = createRoute({
  method: 'post',
  path: `${at}/judge-call`,
  summary: '连线法官',
  request: { params: SessionParam, body: body(CallInput) },
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
  request: { params: z.object({ callId: Id }) },
  responses: answers(z.object({ sessionId: Id.nullable() }), 'Where to go'),
});
const webhook = createRoute({
  method: 'post',
  path: '/webhooks/livekit',
  summary: 'LiveKit’s events (application/webhook+json): signed over the raw body, counted once',
  responses: answers(Done, 'Taken'),
});

export function sessionRoutes() {
  return resource()
    .openapi(read, async (c) =>
      c.json(await readSession(ctxOf(c, 'staff', 'party'), c.req.valid('param').sessionId), 200),
    )
    .openapi(enter, async (c) =>
      c.json(
        await enterLobby(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(beat, async (c) =>
      c.json(await renewLease(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(leave, async (c) => {
      await leaveSession(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(token, async (c) =>
      c.json(await issueJoinToken(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(startChecking, async (c) => {
      await host.startChecking(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(open, async (c) => {
      await host.openSession(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(resume, async (c) => {
      await host.resumeSession(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(onsite, async (c) => {
      await host.goOnsite(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(pause, async (c) => {
      await host.pauseSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(check, async (c) => {
      await host.completeCheck(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(end, async (c) => {
      await host.endSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(admit, async (c) => {
      await host.admit(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(choose, async (c) => {
      await host.chooseCheckedSeat(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(mute, async (c) => {
      await host.mute(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(remove, async (c) => {
      await host.removeFromSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(lift, async (c) => {
      await host.liftRemoval(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(arrive, async (c) =>
      c.json(await host.arrive(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(depart, async (c) => {
      await host.depart(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(floor, async (c) => {
      await host.giveFloor(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(hand, async (c) => {
      await host.raiseHand(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(call, async (c) =>
      c.json(
        await callJudge(ctxOf(c, 'staff'), {
          ...c.req.valid('param'),
          question: c.req.valid('json').question,
        }),
        200,
      ),
    )
    .openapi(calls, async (c) => c.json(await listCalls(ctxOf(c, 'staff')), 200))
    .openapi(take, async (c) => c.json(await takeCall(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(webhook, async (c) => {
      const event = await c.var.deps.video
        .receiveWebhook(await c.req.text(), c.req.header('authorization') ?? '')
        .catch(() => null);
      if (!event) throw new DomainError('UNAUTHENTICATED');
      await takeVideoEvent(c.var.deps, event);
      return c.json(done, 200);
    });
}
