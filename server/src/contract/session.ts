import * as z from 'zod';
import { Action } from './actions.ts';
import { ApartView } from './apart.ts';
import { CheckKind, Duty, PartySide, SeatKind, SessionKind, SessionResult, SessionStatus } from './enums.ts';
import { SelfTest, SelfTestView } from './self-test.ts';
import { TranscriptionState } from './transcription.ts';

const Instant = z.iso.datetime();

export const SeatView = z.object({
  id: z.uuid(),
  /** Opaque name of this seat's pictures and sound in the room. */
  identity: z.string(),
  kind: SeatKind,
  /** Who sits here, by name. */
  label: z.string(),
  partyId: z.uuid().nullable(),
  mine: z.boolean(),
  /** Here by its lease; may be in the lobby. */
  present: z.boolean(),
  waitingSince: Instant.nullable(),
  /** Really connected to the room. */
  connected: z.boolean(),
  admitted: z.boolean(),
  removed: z.boolean(),
  handRaisedAt: Instant.nullable(),
  /** Taken away by the host, until given back. */
  microphoneOff: z.boolean(),
  cameraOff: z.boolean(),
  /** Its device stands in the same room as the station's: silent there, and it plays no sound. */
  besideStation: z.boolean(),
  /** Everybody sees this one large. */
  spotlit: z.boolean(),
  beingChecked: z.boolean(),
  /** What the device's own test showed, for those who let people in; null: not tested, or not for the asking person. */
  selfTest: SelfTestView.nullable(),
  host: z.boolean(),
  /** Its person takes part by telephone: 电话. */
  byTelephone: z.boolean(),
  /** Chose the interpreter's voice; the original is lowered beneath it. */
  hearsInterpreter: z.boolean(),
  /** Of an interpreter's seat: from and into what. */
  language: z.string().nullable(),
  /** Whose room it is in while the sides are kept apart; staff only. */
  room: PartySide.nullable(),
  attendees: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      duty: Duty,
      partyId: z.uuid().nullable(),
      hasFloor: z.boolean(),
      arrivedAt: Instant,
    }),
  ),
});
export type SeatView = z.infer<typeof SeatView>;

export const OpenGuard = z.object({
  kind: CheckKind,
  name: z.string().nullable(),
  done: z.boolean(),
  basis: z.string(),
  detail: z.string().nullable(),
  /** Whom an identity line is about: a party, or another person who is here, an agent among them. */
  partyId: z.uuid().nullable(),
  attendeeId: z.uuid().nullable(),
  agentId: z.uuid().nullable(),
});

export const SessionView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  caseTitle: z.string(),
  caseNumber: z.string().nullable(),
  /** 调解, or the court's 司法确认询问. */
  kind: SessionKind,
  status: SessionStatus,
  stationName: z.string(),
  stationPhone: z.string(),
  plannedStart: Instant,
  plannedEnd: Instant,
  openedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  pausedBecause: z.string().nullable(),
  result: SessionResult.nullable(),
  /** The sides must not meet: each sees its own people and the neutral ones. Null where they may. */
  apart: ApartView.nullable(),
  /** People may be dialled into this session. */
  telephone: z.boolean(),
  /** Whether what is said becomes draft lines for the recorder; null where no recogniser is configured. */
  transcription: TranscriptionState.nullable(),
  seats: z.array(SeatView),
  mySeatId: z.uuid().nullable(),
  /** What the host told those who wait; null when nothing. */
  lobby: z
    .object({ text: z.string().nullable(), expectedAt: Instant.nullable(), toldAt: Instant })
    .nullable(),
  /** Nobody new is let in. */
  locked: z.boolean(),
  /** The newest call to the judge, for staff. */
  judgeCall: z
    .object({
      id: z.uuid(),
      question: z.string(),
      urgent: z.boolean(),
      since: Instant,
      /** Names of the judges at whom it rings; empty when none can be rung. */
      ringingAt: z.array(z.string()),
      /** The same people, and how each was told. */
      reached: z.array(
        z.object({ name: z.string(), ways: z.array(z.enum(['PAGE', 'PUSH', 'SMS', 'VOICE'])) }),
      ),
      /** The town's duty number, to call where nobody answers. */
      dutyPhone: z.string().nullable(),
      takenBy: z.string().nullable(),
    })
    .nullable(),
  checklist: z.array(OpenGuard),
  can: z.array(Action),
});
export type SessionView = z.infer<typeof SessionView>;

export const JoinToken = z.object({ token: z.string(), identity: z.string(), canPublish: z.boolean() });
export const EnterInput = z.object({ selfTest: SelfTest.exactOptional() });
export const SeatParam = z.object({ sessionId: z.uuid(), seatId: z.uuid() });
const ReadOut = { language: z.string().trim().min(1).max(20), reader: z.string().trim().min(1).max(60) };
export const CheckInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('FALSE_MEDIATION_WARNING'), ...ReadOut }),
  z.object({ kind: z.literal('RIGHTS_NOTICE'), ...ReadOut }),
  /** Somebody who is neither party nor staff: which document was compared with the person. */
  z.object({
    kind: z.literal('IDENTITY'),
    attendeeId: z.uuid(),
    document: z.string().trim().min(1).max(60),
  }),
]);
export const ArriveInput = z.object({
  partyId: z.uuid().exactOptional(),
  /** With `partyId`: who acts for that party, instead of the party. */
  agentId: z.uuid().exactOptional(),
  name: z.string().trim().min(1).max(60).exactOptional(),
});
export const PauseInput = z.object({ reason: z.string().trim().min(1).max(200) });
export const EndSessionInput = z.object({
  result: SessionResult,
  reason: z.string().trim().max(500).default(''),
});
export const ReasonInput = z.object({ reason: z.string().trim().min(1).max(200) });
export const MuteInput = z.object({ kind: z.enum(['audio', 'video']), off: z.boolean().default(true) });
export const MuteAllInput = z.object({ off: z.boolean() });
export const SpotlightInput = z.object({ on: z.boolean() });
export const BesideInput = z.object({ beside: z.boolean() });
/** Both left out takes back what was told. */
export const TellLobbyInput = z.object({
  text: z.string().trim().max(120).default(''),
  minutes: z.int().min(1).max(240).exactOptional(),
});
export const LockInput = z.object({ locked: z.boolean() });
export const VoiceInput = z.object({ interpreter: z.boolean() });
export const HandInput = z.object({ raised: z.boolean() });
export const CallInput = z.object({
  question: z.string().trim().min(1).max(120),
  /** Rings also at judges who asked not to be disturbed. */
  urgent: z.boolean().exactOptional(),
});
export const CallView = z.object({
  id: z.uuid(),
  question: z.string(),
  stationName: z.string(),
  callerName: z.string(),
  sessionId: z.uuid().nullable(),
  caseTitle: z.string().nullable(),
  since: Instant,
  urgent: z.boolean(),
  /** To whom it may be handed. */
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export const HandCallInput = z.object({ toId: z.uuid() });
export const DoNotDisturb = z.object({ on: z.boolean() });
