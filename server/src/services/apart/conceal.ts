/** Stands in papers that both sides read, where a protected person's address or telephone would. */
export const CONCEALED = '（不公开）';

type Standing = readonly { partyId: string | null }[];

/** Whether one of the protections that stand conceals this party; a bare sign of violence (no party) conceals all. */
export const isProtected = (protections: Standing, partyId: string): boolean =>
  protections.some((one) => one.partyId === null || one.partyId === partyId);

/** An address or telephone as a paper for both sides may state it; what was never given stays empty. */
export const forBothSides = <T extends string | null>(
  protections: Standing,
  partyId: string,
  value: T,
): T | typeof CONCEALED => (value && isProtected(protections, partyId) ? CONCEALED : value);
