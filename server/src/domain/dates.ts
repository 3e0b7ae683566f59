const SHANGHAI_MS = 8 * 3_600_000;
const pad = (value: number) => String(value).padStart(2, '0');

/** `2026年11月23日 14:30`, Shanghai. */
export function formatMoment(at: Date): string {
  const local = new Date(at.getTime() + SHANGHAI_MS);
  return `${formatDay(local.toISOString().slice(0, 10))} ${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}

/** `2025年3月17日` from `2025-03-17`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
