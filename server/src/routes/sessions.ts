import { createRoute, z } from '@hono/zod-openapi';
import { SelfTestTickets } from '../contract/self-test.ts';
import {
  ArriveInput,
  BesideInput,
  CheckInput,
  EndSessionInput,
  EnterInput,
  HandInput,
  JoinToken,
  LockInput,
  MuteAllInput,
  MuteInput,
  PauseInput,
  ReasonInput,
  SeatParam,
  SessionView,
  SpotlightInput,
  TellLobbyInput,
  VoiceInput,
} from '../contract/session.ts';
import { DomainError } from '../domain/errors.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { issueJoinToken } from '../services/room/issue-join-token.ts';
import { openSelfTest } from '../services/room/self-test-room.ts';
import { admit, admitAll, chooseCheckedSeat, lockSession } from '../services/session/admit.ts';
import { arrive, depart, giveFloor, placeBesideStation, swap } from '../services/session/attendees.ts';
import { chooseVoice } from '../services/session/choose-voice.ts';
import { completeCheck } from '../services/session/complete-check.ts';
import { dialSeat, hangUp } from '../services/session/dial-seat.ts';
import { endSession } from '../services/session/end-session.ts';
import { enterLobby, leaveSession, renewLease } from '../services/session/lobby.ts';
import {
  liftRemoval,
  lowerHand,
  mute,
  muteAll,
  removeFromSession,
  spotlight,
} from '../services/session/moderate.ts';
import { openSession } from '../services/session/open-session.ts';
import { pauseSession, resumeSession } from '../services/session/pause-session.ts';
import { raiseHand } from '../services/session/raise-hand.ts';
import { readSession } from '../services/session/read-session.ts';
import { startChecking } from '../services/session/start-checking.ts';
import { goOnline, goOnsite } from '../services/session/switch-place.ts';
import { tellLobby } from '../services/session/tell-lobby.ts';
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
  request: { params: SessionParam, query: z.object({ ahead: z.literal('1').optional() }) },
  responses: answers(JoinToken, 'The token'),
});
const selfTest = createRoute({
  method: 'post',
  path: `${at}/self-test`,
  summary: 'A room of one minute in which one’s own device hears itself',
  request: { params: SessionParam },
  responses: answers(SelfTestTickets, 'A ticket that sends and one that receives'),
});
const startCheckingRoute = plain(`${at}/start-checking`, '核对中: media on, clock and recording off');
const open = plain(`${at}/open`, 'Opens when everything is done by name');
const resume = plain(`${at}/resume`, 'Goes on after a pause');
const onsite = plain(`${at}/onsite`, 'The talks go on in one place');
const online = plain(`${at}/online`, 'Back to video, in a new room');
const everybody = createRoute({
  method: 'post',
  path: `${at}/admit-all`,
  summary: 'Lets in everybody who waits outside',
  request: { params: SessionParam },
  responses: answers(z.object({ admitted: z.number().int() }), 'How many'),
});
const lock = createRoute({
  method: 'post',
  path: `${at}/lock`,
  summary: 'Nobody new is let in, or again',
  request: { params: SessionParam, body: body(LockInput) },
  responses: answers(Done, 'Done'),
});
const tell = createRoute({
  method: 'post',
  path: `${at}/tell-lobby`,
  summary: 'A word to those who wait, and how long it will take',
  request: { params: SessionParam, body: body(TellLobbyInput) },
  responses: answers(Done, 'Told, or taken back'),
});
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
  summary: 'Warning or rights notice by language and reader; identity of other people by document',
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
const admitRoute = createRoute({
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
const muteRoute = createRoute({
  method: 'post',
  path: `${seatPath}/mute`,
  summary: 'Takes a seat’s microphone or camera away, or gives it back',
  request: { params: SeatParam, body: body(MuteInput) },
  responses: answers(Done, 'Done'),
});
const muteAllRoute = createRoute({
  method: 'post',
  path: `${at}/mute-all`,
  summary: 'Takes every microphone away but the host’s, or gives them back',
  request: { params: SessionParam, body: body(MuteAllInput) },
  responses: answers(Done, 'Done'),
});
const spotlightRoute = createRoute({
  method: 'post',
  path: `${seatPath}/spotlight`,
  summary: 'Makes one seat large on everybody’s page, or no longer',
  request: { params: SeatParam, body: body(SpotlightInput) },
  responses: answers(Done, 'Done'),
});
const beside = createRoute({
  method: 'post',
  path: `${seatPath}/beside-station`,
  summary: 'This device stands in the same room as the station’s: one live microphone and speaker',
  request: { params: SeatParam, body: body(BesideInput) },
  responses: answers(Done, 'Done'),
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
const arriveRoute = createRoute({
  method: 'post',
  path: `${seatPath}/attendees`,
  summary: 'Somebody came to this seat',
  request: { params: SeatParam, body: body(ArriveInput) },
  responses: answers(z.object({ attendeeId: Id }), 'The person'),
});
const departRoute = createRoute({
  method: 'delete',
  path: `${at}/attendees/{attendeeId}`,
  summary: 'Somebody left',
  request: { params: AttendeeParam },
  responses: answers(Done, 'Left'),
});
const swapRoute = createRoute({
  method: 'post',
  path: `${at}/attendees/{attendeeId}/swap`,
  summary: 'One leaves the seat and another takes it, in one act',
  request: { params: AttendeeParam, body: body(ArriveInput) },
  responses: answers(
    z.object({ attendeeId: Id, back: ArriveInput }),
    'The person who came, and how to swap back',
  ),
});
const floor = createRoute({
  method: 'post',
  path: `${at}/attendees/{attendeeId}/floor`,
  summary: 'Who is speaking at a shared seat',
  request: { params: AttendeeParam },
  responses: answers(Done, 'Marked'),
});
const lower = createRoute({
  method: 'post',
  path: `${seatPath}/lower-hand`,
  summary: 'The host has served a raised hand',
  request: { params: SeatParam },
  responses: answers(Done, 'Lowered'),
});
const hand = createRoute({
  method: 'post',
  path: `${at}/hand`,
  summary: 'Raises or lowers one’s own hand',
  request: { params: SessionParam, body: body(HandInput) },
  responses: answers(Done, 'Done'),
});
const voice = createRoute({
  method: 'post',
  path: `${at}/voice`,
  summary: 'The original, or the interpreter’s voice over the lowered original',
  request: { params: SessionParam, body: body(VoiceInput) },
  responses: answers(Done, 'Done'),
});
const dial = createRoute({
  method: 'post',
  path: `${seatPath}/dial`,
  summary: 'Brings the person of this seat in by telephone',
  request: { params: SeatParam },
  responses: answers(Done, 'Dialled'),
});
const hangUpRoute = plain(`${at}/hang-up`, 'Back from the telephone to one’s own browser');
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
      c.json(
        await issueJoinToken(ctxOf(c, 'staff', 'party'), {
          ...c.req.valid('param'),
          ahead: c.req.valid('query').ahead === '1',
        }),
        200,
      ),
    )
    .openapi(selfTest, async (c) =>
      c.json(await openSelfTest(ctxOf(c, 'staff', 'party'), c.req.valid('param')), 200),
    )
    .openapi(startCheckingRoute, async (c) => {
      await startChecking(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(open, async (c) => {
      await openSession(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(resume, async (c) => {
      await resumeSession(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(onsite, async (c) => {
      await goOnsite(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(online, async (c) => {
      await goOnline(ctxOf(c, 'staff'), c.req.valid('param').sessionId);
      return c.json(done, 200);
    })
    .openapi(everybody, async (c) =>
      c.json(await admitAll(ctxOf(c, 'staff'), c.req.valid('param').sessionId), 200),
    )
    .openapi(lock, async (c) => {
      await lockSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(tell, async (c) => {
      await tellLobby(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(lower, async (c) => {
      await lowerHand(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(pause, async (c) => {
      await pauseSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(check, async (c) => {
      await completeCheck(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(end, async (c) => {
      await endSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(admitRoute, async (c) => {
      await admit(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(choose, async (c) => {
      await chooseCheckedSeat(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(muteRoute, async (c) => {
      await mute(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(muteAllRoute, async (c) => {
      await muteAll(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(spotlightRoute, async (c) => {
      await spotlight(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(beside, async (c) => {
      await placeBesideStation(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(remove, async (c) => {
      await removeFromSession(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(lift, async (c) => {
      await liftRemoval(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(arriveRoute, async (c) =>
      c.json(await arrive(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(departRoute, async (c) => {
      await depart(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(swapRoute, async (c) =>
      c.json(await swap(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(floor, async (c) => {
      await giveFloor(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(dial, async (c) => {
      await dialSeat(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(hangUpRoute, async (c) => {
      await hangUp(ctxOf(c, 'staff', 'party'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(voice, async (c) => {
      await chooseVoice(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(hand, async (c) => {
      await raiseHand(ctxOf(c, 'staff', 'party'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(webhook, async (c) => {
      const event = await c.var.deps.video
        .receiveWebhook(await c.req.text(), c.req.header('authorization') ?? '')
        .catch(() => null);
      if (!event) throw new DomainError('UNAUTHENTICATED');
      await takeVideoEvent(c.var.deps, event);
      return c.json(done, 200);
    });
}
