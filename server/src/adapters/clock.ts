import type { Clock } from '../ports/clock.ts';

/** Domain time: the system's, moved by `offsetMs` for demonstrations and tests. */
export function systemClock(offsetMs = 0): Clock {
  return { now: () => new Date(Date.now() + offsetMs) };
}
