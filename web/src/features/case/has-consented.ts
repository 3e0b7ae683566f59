import type { Party } from './queries.ts';

/** Without these two there is no mediation by video. */
export function hasConsented(party: Party): boolean {
  const agreed = (item: string) => party.consents.some((k) => k.item === item && k.agreed && !k.withdrawnAt);
  return agreed('MEDIATION') && agreed('ONLINE');
}
