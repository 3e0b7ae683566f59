import { describe, expect, it } from 'vitest';
import { ageAt, capacityAt } from './age.ts';

describe('age in full years by Shanghai’s calendar', () => {
  it.each([
    ['C1: 陈阿根 is 67', '1958-01-15', '2025-03-10T06:00:00Z', 67],
    ['C1: 周建波 is 41 before his birthday', '1983-06-20', '2025-03-10T06:00:00Z', 41],
    ['the day before 18', '2007-03-11', '2025-03-10T15:59:59Z', 17],
    ['midnight of the birthday in Shanghai', '2007-03-11', '2025-03-10T16:00:00Z', 18],
    ['born on a leap day, the day before', '2008-02-29', '2026-02-28T06:00:00Z', 17],
    ['born on a leap day, the day after', '2008-02-29', '2026-03-01T06:00:00Z', 18],
    ['the turn of the year is Shanghai’s', '2000-01-01', '2025-12-31T16:00:00Z', 26],
    ['a newborn', '2025-03-10', '2025-03-10T06:00:00Z', 0],
  ])('%s', (_name, birth, at, age) => {
    expect(ageAt(new Date(`${birth}T00:00:00Z`), new Date(at))).toBe(age);
  });
});

describe('capacity to act (民法典 17–20)', () => {
  it.each([
    [0, false, 'NONE'],
    [7, true, 'NONE'],
    [8, false, 'LIMITED'],
    [15, true, 'LIMITED'],
    [16, false, 'LIMITED'],
    [16, true, 'FULL'],
    [17, true, 'FULL'],
    [18, false, 'FULL'],
    [99, false, 'FULL'],
  ] as const)('%i years, own labour %s: %s', (age, ownLabour, capacity) => {
    expect(capacityAt(age, ownLabour)).toBe(capacity);
  });
});
