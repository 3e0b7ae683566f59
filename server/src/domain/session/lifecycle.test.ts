import { describe, expect, it, test } from 'vitest';
import { SessionStatus } from '../../contract/enums.ts';
import { nextSessionStatus, type SessionEvent, sessionEvents, sessionTransitions } from './lifecycle.ts';

const expected: Record<SessionStatus, string> = {
  SCHEDULED: 'start-checking>CHECKING reschedule>CANCELLED no-show>CANCELLED cancel>CANCELLED',
  CHECKING: 'open>OPEN go-onsite>ONSITE reschedule>CANCELLED no-show>CANCELLED end>ENDED',
  OPEN: 'pause>PAUSED go-onsite>ONSITE end>ENDED',
  PAUSED: 'resume>OPEN go-onsite>ONSITE end>ENDED',
  ONSITE: 'go-online>OPEN end>ENDED',
  ENDED: '',
  CANCELLED: '',
};

describe('lifecycle of a session', () => {
  test('every state and every event is decided', () => {
    expect(Object.keys(sessionTransitions).sort()).toEqual([...SessionStatus.options].sort());
    for (const row of Object.values(sessionTransitions)) expect(Object.keys(row)).toEqual([...sessionEvents]);
  });

  it.each(SessionStatus.options)('%s moves as written and no other way', (status) => {
    const moves = new Map(expected[status].split(' ').map((move) => move.split('>') as [string, string]));
    for (const event of sessionEvents) {
      const to = moves.get(event);
      if (to) expect(nextSessionStatus(status, event)).toBe(to);
      else
        expect(() => nextSessionStatus(status, event)).toThrow(
          expect.objectContaining({ code: 'ILLEGAL_TRANSITION', details: { status, event } }),
        );
    }
  });

  it.each<[string, string, SessionStatus]>([
    ['the usual way', 'start-checking open end', 'ENDED'],
    ['a break', 'start-checking open pause resume end', 'ENDED'],
    ['on in one room, and back', 'start-checking open go-onsite go-online end', 'ENDED'],
    ['somebody did not come', 'no-show', 'CANCELLED'],
    ['moved while people were being checked', 'start-checking reschedule', 'CANCELLED'],
  ])('%s', (_name, events, end) => {
    const status = (events.split(' ') as SessionEvent[]).reduce<SessionStatus>(
      nextSessionStatus,
      'SCHEDULED',
    );
    expect(status).toBe(end);
  });

  test('nothing opens a session past its check of the people there', () => {
    expect(sessionEvents.filter((event) => sessionTransitions.SCHEDULED[event] === 'OPEN')).toEqual([]);
    expect(sessionEvents.filter((event) => sessionTransitions.SCHEDULED[event] === 'ONSITE')).toEqual([]);
  });
});
