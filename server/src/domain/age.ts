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

/** NONE: the guardian acts. LIMITED: the guardian acts or consents. FULL: the person acts alone. */
export type Capacity = 'NONE' | 'LIMITED' | 'FULL';

/**
 * Capacity to act by age in full years (民法典 17–20): under 8 none, 8–17 limited; from 16 somebody living mainly on
 * their own labour counts as an adult (18). Says nothing about adults whose capacity is in doubt: then people stop.
 */
export function capacityAt(age: number, livesOnOwnLabour = false): Capacity {
  if (age >= 18 || (age >= 16 && livesOnOwnLabour)) return 'FULL';
  return age < 8 ? 'NONE' : 'LIMITED';
}
