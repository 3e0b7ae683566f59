import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { year2025 } from './calendar/2025.ts';
import { year2026 } from './calendar/2026.ts';
import {
  addDays,
  addMonths,
  dayAsDate,
  isWorkingDay,
  lastDay,
  lastDayOrEstimate,
  shanghaiDay,
} from './deadlines.ts';
import { DomainError } from './errors.ts';
import { type LegalClock, legalClocks } from './legal-clocks.ts';

const clocks = Object.keys(legalClocks) as LegalClock[];

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

  test.each(clocks)('%s names its source', (clock) => {
    expect(legalClocks[clock].basis).toMatch(/第\d+条|本平台规程/);
  });

  test('a last day is a working day, not before the counted one, for every start with data', () => {
    const start = fc.integer({ min: 0, max: 540 }).map((n) => addDays('2025-01-01', n));
    const short = clocks.filter((c) => legalClocks[c].unit !== 'months' || legalClocks[c].amount === 1);
    fc.assert(
      fc.property(fc.constantFrom(...short), start, (clock, from) => {
        const { day } = lastDay(clock, from);
        expect(isWorkingDay(day)).toBe(true);
        expect(day > from).toBe(true);
        expect(lastDayOrEstimate(clock, from)).toEqual(lastDay(clock, from));
      }),
    );
  });
});

describe('a year without its holiday notice', () => {
  const missing = '2035-12-27';

  test('fails clearly where the day must be certain', () => {
    expect(() => lastDay('APPLY_CONFIRMATION', missing)).toThrow(
      expect.objectContaining({ code: 'CALENDAR_YEAR_MISSING', details: { year: '2036' } }),
    );
  });

  test.each([
    ['days are not moved on', 'APPLY_CONFIRMATION', '2035-12-27', '2036-01-26'],
    ['nor are months', 'MEDIATION_TRACK_A', '2035-12-27', '2036-01-27'],
    ['working days skip weekends and New Year', 'ACCEPT_APPOINTMENT', '2035-12-27', '2036-01-02'],
  ] as const)('an estimate: %s', (_name, clock, from, to) => {
    const { day, basis } = lastDayOrEstimate(clock, from);
    expect(day).toBe(to);
    expect(basis.startsWith(legalClocks[clock].basis)).toBe(true);
    expect(basis).toMatch(/203[56]年放假安排尚未录入/);
  });

  test('is not asked for when the clock ends before it', () => {
    expect(lastDay('APPLY_CONFIRMATION', '2026-12-01').day).toBe('2026-12-31');
  });

  test('nothing but the missing year is caught', () => {
    expect(() => lastDayOrEstimate('APPLY_CONFIRMATION', 'not a day')).toThrow(RangeError);
  });
});

describe('holiday notices', () => {
  test.each([
    ['2025', year2025, 28, 5],
    ['2026', year2026, 33, 6],
  ] as const)('%s: days off and make-up days as announced', (year, notice, off, makeUp) => {
    const all = [...notice.holidays, ...notice.workingWeekends];
    expect([notice.holidays.length, notice.workingWeekends.length, new Set(all).size]).toEqual([
      off,
      makeUp,
      off + makeUp,
    ]);
    expect(all.every((day) => day.startsWith(year))).toBe(true);
    for (const day of notice.workingWeekends) expect([0, 6]).toContain(dayAsDate(day).getUTCDay());
  });
});
