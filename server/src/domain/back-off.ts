/** So many failures in a row lock. */
export const LOCK_AFTER = 5;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 3600_000;
/** Failures older than so long are forgotten. */
const FORGET_MS = 24 * 3600_000;

export type Failures = { failures: number; lockedUntil: Date | null; at: Date };

/**
 * One more failure of a name from an address. From the fifth on the pair is locked: a quarter of an hour, twice as long
 * each further time, a day at most. `before` counts what the account has failed elsewhere.
 */
export function afterFailure(known: Failures | null, now: Date, before = 0): Failures {
  const old = known !== null && now.getTime() - known.at.getTime() > FORGET_MS;
  const failures = (known === null || old ? 0 : known.failures) + 1;
  const beyond = failures + before - LOCK_AFTER;
  const ms = Math.min(FIRST_LOCK_MS * 2 ** Math.min(Math.max(beyond, 0), 20), LONGEST_LOCK_MS);
  return { failures, lockedUntil: beyond < 0 ? null : new Date(now.getTime() + ms), at: now };
}

export const isLocked = (known: Pick<Failures, 'lockedUntil'> | null, now: Date): boolean =>
  known?.lockedUntil != null && known.lockedUntil > now;
