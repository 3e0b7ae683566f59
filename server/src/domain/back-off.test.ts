import { expect, test } from 'vitest';
import { afterFailure, type Failures, isLocked } from './back-off.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26) + minutes * 60_000);
const fail = (times: number, minutes = 0, known: Failures | null = null, before = 0): Failures | null =>
  times === 0 ? known : fail(times - 1, minutes, afterFailure(known, at(minutes), before), before);

test('the fifth failure locks for a quarter of an hour, each further one for twice as long, a day at most', () => {
  expect(isLocked(fail(4), at(0))).toBe(false);
  expect([isLocked(fail(5), at(14)), isLocked(fail(5), at(15))]).toEqual([true, false]);
  const sixth = fail(1, 20, fail(5));
  expect([isLocked(sixth, at(49)), isLocked(sixth, at(50))]).toEqual([true, false]);
  expect(fail(40)?.lockedUntil).toEqual(at(24 * 60));
});

test('what the account failed elsewhere counts too; a day later all is forgotten', () => {
  expect(isLocked(fail(2, 0, null, 3), at(1))).toBe(true);
  expect(fail(1, 24 * 60 + 1, fail(4))).toMatchObject({ failures: 1, lockedUntil: null });
});
