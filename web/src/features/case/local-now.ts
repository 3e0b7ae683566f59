import { serverNow } from '../../api/server-time.ts';

/** China's wall clock in so many minutes, as an input of type datetime-local wants it. */
export const localNow = (minutes: number): string => {
  const at = new Date(serverNow() + minutes * 60_000 + 8 * 3600_000);
  return at.toISOString().slice(0, 16);
};
