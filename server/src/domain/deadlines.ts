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

/** Whether people work on that day. CALENDAR_YEAR_MISSING when the year's holiday notice is not in the data. */
export function isWorkingDay(day: string): boolean {
  const year = years[Number(day.slice(0, 4))];
  if (!year) throw new DomainError('CALENDAR_YEAR_MISSING', { year: day.slice(0, 4) });
  if (year.workingWeekends.includes(day)) return true;
  const weekday = dayAsDate(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !year.holidays.includes(day);
}

/**
 * The last day of a legal clock that starts on `startDay` (day 0, excluded). A last day on a holiday moves to the
 * next working day (民事诉讼法 85); working-day clocks count working days only.
 */
export function lastDay(clock: LegalClock, startDay: string): { day: string; basis: string } {
  const { amount, unit, basis } = legalClocks[clock];
  if (unit === 'working-days') {
    let day = startDay;
    for (let counted = 0; counted < amount; ) {
      day = addDays(day, 1);
      if (isWorkingDay(day)) counted += 1;
    }
    return { day, basis };
  }
  let day = unit === 'days' ? addDays(startDay, amount) : addMonths(startDay, amount);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return { day, basis };
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
