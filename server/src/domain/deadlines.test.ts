import { describe, expect, test } from 'vitest';
import { addMonths, isWorkingDay, lastDay, shanghaiDay } from './deadlines.ts';
import { DomainError } from './errors.ts';

describe('legal clocks (民事诉讼法 85: day 0 excluded, a last day on a holiday moves on)', () => {
  test.each([
    ['C1 confirmation', 'APPLY_CONFIRMATION', '2025-03-10', '2025-04-09'],
    ['C2 track B', 'MEDIATION_TRACK_B', '2025-04-08', '2025-05-08'],
    ['C3 last day on a Saturday', 'APPLY_CONFIRMATION', '2025-06-05', '2025-07-07'],
    [
      'three working days over the May holiday and its make-up Sunday',
      'ACCEPT_APPOINTMENT',
      '2025-04-25',
      '2025-04-29',
    ],
    ['one month to a shorter month', 'MEDIATION_TRACK_A', '2026-01-31', '2026-02-28'],
    ['spring festival pushes the last day', 'OBJECT_PARTY', '2026-02-03', '2026-02-24'],
  ] as const)('%s', (_name, clock, start, end) => {
    expect(lastDay(clock, start).day).toBe(end);
  });

  test('a year without a holiday notice says which', () => {
    expect(() => isWorkingDay('2031-01-05')).toThrow(DomainError);
    try {
      isWorkingDay('2031-01-05');
    } catch (error) {
      expect(error).toMatchObject({ code: 'CALENDAR_YEAR_MISSING', details: { year: '2031' } });
    }
  });

  test('months end inside their month (民法典 202)', () => {
    expect(addMonths('2025-08-31', 6)).toBe('2026-02-28');
  });

  test('the day is Shanghai’s', () => {
    expect(shanghaiDay(new Date('2025-03-10T16:30:00Z'))).toBe('2025-03-11');
  });
});
