let offset = 0;
/** The header counts whole seconds and takes its time: less is no wrong clock. */
const NOTABLE_MS = 5000;

/** Learns from an answer's Date header how wrong this machine's clock is. */
export function noteServerTime(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return;
  const found = at + 500 - Date.now();
  offset = Math.abs(found) < NOTABLE_MS ? 0 : found;
}

/** Milliseconds since 1970 by the server's clock: phones may be a day off, and deadlines are not. */
export const serverNow = (): number => Date.now() + offset;
