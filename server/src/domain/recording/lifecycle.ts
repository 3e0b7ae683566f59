import type { RecordingStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

/** arrive: the first chunk of a part. break: the recording browser is lost. go-on: the next part is begun. */
export const recordingEvents = ['arrive', 'break', 'go-on', 'stop', 'fail'] as const;
export type RecordingEvent = (typeof recordingEvents)[number];

/** Running only while chunks arrive; whatever is lost goes on as the next part, with the gap stated. */
export const recordingTransitions: Record<RecordingStatus, Record<RecordingEvent, RecordingStatus | null>> = {
  STARTING: { arrive: 'RUNNING', break: 'INTERRUPTED', 'go-on': null, stop: 'STOPPED', fail: 'FAILED' },
  RUNNING: { arrive: null, break: 'INTERRUPTED', 'go-on': null, stop: 'STOPPED', fail: null },
  INTERRUPTED: { arrive: null, break: null, 'go-on': 'STARTING', stop: 'STOPPED', fail: 'FAILED' },
  STOPPED: { arrive: null, break: null, 'go-on': null, stop: null, fail: null },
  FAILED: { arrive: null, break: null, 'go-on': null, stop: null, fail: null },
};

export function nextRecordingStatus(status: RecordingStatus, event: RecordingEvent): RecordingStatus {
  const to = recordingTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}

/** A host is told when no picture has come for so long after the start (issue: within 10 s). */
export const LATE_MS = 8_000;
/** A part that brought nothing for so long is given up. */
export const NOT_STARTED_MS = 30_000;
/** A part whose chunks stopped coming for so long is lost. */
export const LOST_MS = 12_000;
/** So many parts in a row without any chunk, and the recording has failed. */
export const MOST_TRIES = 3;

export type PartFacts = {
  startedAt: Date;
  firstChunkAt: Date | null;
  lastChunkAt: Date | null;
  endedAt: Date | null;
};

/** What is wrong with the newest part at this moment; null while all is well. */
export function partTrouble(part: PartFacts, now: Date): 'LATE' | 'NOT_STARTED' | 'LOST' | null {
  if (part.endedAt) return null;
  const since = (at: Date) => now.getTime() - at.getTime();
  if (part.lastChunkAt) return since(part.lastChunkAt) > LOST_MS ? 'LOST' : null;
  if (since(part.startedAt) > NOT_STARTED_MS) return 'NOT_STARTED';
  return since(part.startedAt) > LATE_MS ? 'LATE' : null;
}

/** Whether to try again: the newest parts all brought nothing. */
export function hasFailed(parts: readonly PartFacts[]): boolean {
  const newest = parts.slice(-MOST_TRIES);
  return newest.length === MOST_TRIES && newest.every((p) => p.endedAt !== null && p.firstChunkAt === null);
}
