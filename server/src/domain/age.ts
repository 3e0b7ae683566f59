const SHANGHAI_MS = 8 * 3600_000;

/** Full years at a moment, by Shanghai's calendar. `birthDate` is UTC midnight of the day of birth. */
export function ageAt(birthDate: Date, at: Date): number {
  const today = new Date(at.getTime() + SHANGHAI_MS);
  const years = today.getUTCFullYear() - birthDate.getUTCFullYear();
  const before =
    today.getUTCMonth() < birthDate.getUTCMonth() ||
    (today.getUTCMonth() === birthDate.getUTCMonth() && today.getUTCDate() < birthDate.getUTCDate());
  return before ? years - 1 : years;
}
