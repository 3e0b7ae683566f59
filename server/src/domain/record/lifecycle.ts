import type { RecordStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const recordEvents = ['write', 'read-out', 'object', 'give-word', 'reopen', 'complete'] as const;
export type RecordEvent = (typeof recordEvents)[number];

/** Typed; read out, when only objections and words are added; confirmed by all, when nothing changes any more. */
export const recordTransitions: Record<RecordStatus, Record<RecordEvent, RecordStatus | null>> = {
  WRITING: {
    write: 'WRITING',
    'read-out': 'CONFIRMING',
    object: null,
    'give-word': null,
    reopen: null,
    complete: null,
  },
  CONFIRMING: {
    write: null,
    'read-out': null,
    object: 'CONFIRMING',
    'give-word': 'CONFIRMING',
    reopen: 'WRITING',
    complete: 'CONFIRMED',
  },
  CONFIRMED: {
    write: null,
    'read-out': null,
    object: null,
    'give-word': null,
    reopen: null,
    complete: null,
  },
};

export function nextRecordStatus(status: RecordStatus, event: RecordEvent): RecordStatus {
  const to = recordTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
