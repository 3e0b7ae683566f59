import { describe, expect, test } from 'vitest';
import { RecordingStatus, SessionStatus } from '../../contract/enums.ts';
import {
  hasFailed,
  LATE_MS,
  LOST_MS,
  NOT_STARTED_MS,
  nextRecordingStatus,
  type PartFacts,
  partTrouble,
  recordingEvents,
} from './lifecycle.ts';
import { mustStop, type RecordedPerson, recordingHurdle } from './may-record.ts';

test('a recording starts, is lost, goes on as its next part, stops or fails; every other move is refused', () => {
  const moves = RecordingStatus.options.flatMap((from) =>
    recordingEvents.flatMap((event) => {
      try {
        return [`${from} ${event} ${nextRecordingStatus(from, event)}`];
      } catch (error) {
        expect(error).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { status: from, event } });
        return [];
      }
    }),
  );
  expect(moves).toEqual([
    'STARTING arrive RUNNING',
    'STARTING break INTERRUPTED',
    'STARTING stop STOPPED',
    'STARTING fail FAILED',
    'RUNNING break INTERRUPTED',
    'RUNNING stop STOPPED',
    'INTERRUPTED go-on STARTING',
    'INTERRUPTED stop STOPPED',
    'INTERRUPTED fail FAILED',
  ]);
});

describe('the newest part', () => {
  const start = new Date('2026-11-26T06:00:00Z');
  const part = (change: Partial<PartFacts> = {}): PartFacts => ({
    startedAt: start,
    firstChunkAt: null,
    lastChunkAt: null,
    endedAt: null,
    ...change,
  });
  const after = (ms: number) => new Date(start.getTime() + ms);

  test('the host hears within ten seconds that nothing comes; later it is given up', () => {
    expect(LATE_MS).toBeLessThan(10_000);
    expect(partTrouble(part(), after(LATE_MS))).toBeNull();
    expect(partTrouble(part(), after(LATE_MS + 1))).toBe('LATE');
    expect(partTrouble(part(), after(NOT_STARTED_MS + 1))).toBe('NOT_STARTED');
  });

  test('a part whose chunks stop coming is lost; an ended one is nobody’s trouble', () => {
    const running = part({ firstChunkAt: start, lastChunkAt: after(60_000) });
    expect(partTrouble(running, after(60_000 + LOST_MS))).toBeNull();
    expect(partTrouble(running, after(60_001 + LOST_MS))).toBe('LOST');
    expect(partTrouble({ ...running, endedAt: after(61_000) }, after(900_000))).toBeNull();
  });

  test('three parts in a row without a picture are a failure, not two, nor three with one between', () => {
    const nothing = part({ endedAt: after(1000) });
    const something = part({ endedAt: after(1000), firstChunkAt: after(500) });
    expect(hasFailed([nothing, nothing])).toBe(false);
    expect(hasFailed([something, nothing, nothing, nothing])).toBe(true);
    expect(hasFailed([nothing, something, nothing])).toBe(false);
  });
});

describe('who must have agreed', () => {
  const chen: RecordedPerson = { key: 'party:1', name: '陈阿根', kind: 'PARTY', agreed: true };
  const fang: RecordedPerson = { key: 'staff:1', name: '方慧', kind: 'STAFF', agreed: true };
  const aunt: RecordedPerson = { key: 'other:1', name: '王阿姨', kind: 'OTHER', agreed: false };
  const facts = (people: RecordedPerson[], status: SessionStatus = 'OPEN', caucus = false) => ({
    status,
    caucus,
    people,
  });

  test('everybody present, by name', () => {
    expect(recordingHurdle(facts([chen, fang]))).toBeNull();
    expect(recordingHurdle(facts([chen, fang, aunt, { ...chen, agreed: false }]))).toEqual({
      kind: 'CONSENT',
      names: ['王阿姨', '陈阿根'],
    });
    expect(recordingHurdle(facts([]))).toEqual({ kind: 'NOBODY' });
  });

  test('only in an open session and never while a private talk runs', () => {
    const allowed = SessionStatus.options.filter((s) => recordingHurdle(facts([chen], s)) === null);
    expect(allowed).toEqual(['OPEN']);
    expect(recordingHurdle(facts([chen], 'CHECKING'))).toEqual({ kind: 'NOT_OPEN' });
    expect(recordingHurdle(facts([chen], 'OPEN', true))).toEqual({ kind: 'CAUCUS' });
  });

  test('it stops with the session, and as soon as somebody present has not agreed', () => {
    const goesOn = SessionStatus.options.filter((s) => mustStop(facts([chen], s)) === null);
    expect(goesOn).toEqual(['OPEN', 'PAUSED']);
    expect(mustStop(facts([chen, aunt]))).toBe('CONSENT');
    // A private talk or an emptied room does not end it: nothing reaches it then.
    expect(mustStop(facts([chen], 'OPEN', true))).toBeNull();
    expect(mustStop(facts([]))).toBeNull();
  });
});
