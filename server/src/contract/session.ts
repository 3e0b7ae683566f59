import * as z from 'zod';
import { Action } from './actions.ts';
import { CheckKind, Duty, SeatKind, SessionResult, SessionStatus } from './enums.ts';

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
  beingChecked: z.boolean(),
  host: z.boolean(),
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
});

export const SessionView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  caseTitle: z.string(),
  caseNumber: z.string().nullable(),
  status: SessionStatus,
  stationName: z.string(),
  stationPhone: z.string(),
  plannedStart: Instant,
  plannedEnd: Instant,
  openedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  pausedBecause: z.string().nullable(),
  result: SessionResult.nullable(),
  seats: z.array(SeatView),
  mySeatId: z.uuid().nullable(),
  checklist: z.array(OpenGuard),
  can: z.array(Action),
});
export type SessionView = z.infer<typeof SessionView>;

export const JoinToken = z.object({ token: z.string(), identity: z.string(), canPublish: z.boolean() });
export const SelfTest = z.object({
  camera: z.boolean(),
  microphone: z.boolean(),
  speaker: z.boolean(),
  network: z.boolean(),
});
export const EnterInput = z.object({ selfTest: SelfTest.exactOptional() });
export const SeatParam = z.object({ sessionId: z.uuid(), seatId: z.uuid() });
export const CheckInput = z.object({
  kind: z.enum(['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE']),
  language: z.string().trim().min(1).max(20),
  reader: z.string().trim().min(1).max(60),
});
export const ArriveInput = z.object({
  partyId: z.uuid().exactOptional(),
  name: z.string().trim().min(1).max(60).exactOptional(),
});
export const PauseInput = z.object({ reason: z.string().trim().min(1).max(200) });
export const EndSessionInput = z.object({
  result: SessionResult,
  reason: z.string().trim().max(500).default(''),
});
export const ReasonInput = z.object({ reason: z.string().trim().min(1).max(200) });
export const MuteInput = z.object({ kind: z.enum(['audio', 'video']) });
export const HandInput = z.object({ raised: z.boolean() });
export const CallInput = z.object({
  question: z.string().trim().min(1).max(120),
  sessionId: z.uuid().exactOptional(),
});
export const CallView = z.object({
  id: z.uuid(),
  question: z.string(),
  stationName: z.string(),
  callerName: z.string(),
  sessionId: z.uuid().nullable(),
  caseTitle: z.string().nullable(),
  since: Instant,
  takenBy: z.string().nullable(),
});
