import { year2025 } from './calendar/2025.ts';
import { year2026 } from './calendar/2026.ts';
import { DomainError } from './errors.ts';
import { type LegalClock, legalClocks } from './legal-clocks.ts';

const years: Record<number, { holidays: string[]; workingWeekends: string[] }> = {
  2025: year2025,
  2026: year2026,
};
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Shanghai's calendar day of a moment, as `YYYY-MM-DD`. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** A calendar day as UTC midnight, the form that `@db.Date` columns take. */
export function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** Holidays on fixed dates, certain before any year's notice (全国年节及纪念日放假办法 2). */
const fixedHolidays = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

/** Whether people work on that day. CALENDAR_YEAR_MISSING when the year's holiday notice is not in the data. */
export function isWorkingDay(day: string): boolean {
  const year = years[Number(day.slice(0, 4))];
  if (!year) throw new DomainError('CALENDAR_YEAR_MISSING', { year: day.slice(0, 4) });
  if (year.workingWeekends.includes(day)) return true;
  return !isWeekend(day) && !year.holidays.includes(day);
}

function isWeekend(day: string): boolean {
  const weekday = dayAsDate(day).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/**
 * The last day of a legal clock that starts on `startDay` (day 0, excluded). A last day on a holiday moves to the
 * next working day (民事诉讼法 85); working-day clocks count working days only.
 */
export function lastDay(clock: LegalClock, startDay: string): { day: string; basis: string } {
  const { unit, basis } = legalClocks[clock];
  let day = countedDay(clock, startDay, isWorkingDay);
  while (unit !== 'working-days' && !isWorkingDay(day)) day = addDays(day, 1);
  return { day, basis };
}

/**
 * The same for work that must go on although a year's notice is not in the data yet (it comes out each November):
 * then days and months are not moved on, so the day is never later than the true one, working days go by the week
 * and fixed holidays, and `basis` names the missing year.
 */
export function lastDayOrEstimate(clock: LegalClock, startDay: string): { day: string; basis: string } {
  try {
    return lastDay(clock, startDay);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'CALENDAR_YEAR_MISSING') throw error;
    const day = countedDay(
      clock,
      startDay,
      (each) => !isWeekend(each) && !fixedHolidays.includes(each.slice(5)),
    );
    return {
      day,
      basis: `${legalClocks[clock].basis}（${error.details.year}年放假安排尚未录入，暂未计节假日顺延）`,
    };
  }
}

function countedDay(clock: LegalClock, startDay: string, works: (day: string) => boolean): string {
  const { amount, unit } = legalClocks[clock];
  if (unit === 'days') return addDays(startDay, amount);
  if (unit === 'months') return addMonths(startDay, amount);
  let day = startDay;
  for (let counted = 0; counted < amount; ) {
    day = addDays(day, 1);
    if (works(day)) counted += 1;
  }
  return day;
}

export function addDays(day: string, days: number): string {
  return new Date(dayAsDate(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of a later month, or that month's last day (民法典 202). */
export function addMonths(day: string, months: number): string {
  const from = dayAsDate(day);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  const to = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, Math.min(from.getUTCDate(), last));
  return new Date(to).toISOString().slice(0, 10);
}
