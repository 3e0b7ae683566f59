import type { AgentKind, AgentPower } from '../contract/enums.ts';
import { capacityAt } from './age.ts';
import { shanghaiDay } from './deadlines.ts';

/** What is known of somebody who acts for a party: by power of attorney, or as its guardian by law. */
export type Representative = {
  kind: AgentKind;
  special: boolean;
  powers: readonly AgentPower[];
  verifiedAt: Date | null;
  validFrom: Date | null;
  validTo: Date | null;
  /** Of a guardian: when it consented to what a person of 8 to 17 does itself. */
  consentedAt: Date | null;
};

/** Whether the authority was verified and runs today. Its last day counts in full, by Shanghai's calendar. */
export function isAuthorised(who: Representative, now: Date): boolean {
  const today = shanghaiDay(now);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return (
    who.verifiedAt !== null &&
    (who.validFrom === null || day(who.validFrom) <= today) &&
    (who.validTo === null || today <= day(who.validTo))
  );
}

/**
 * Whether the representative may do what needs this power. An agent needs special authority that names it: general
 * authority, a bare “全权代理” included, only speaks and shows evidence (民事诉讼法 62, 民诉法解释 89). A guardian acts by law
 * (民法典 23, 34).
 */
export function mayFor(who: Representative, power: AgentPower, now: Date): boolean {
  if (!isAuthorised(who, now)) return false;
  return who.kind === 'GUARDIAN' || (who.special && who.powers.includes(power));
}

/** Whether the party may bind itself: of full capacity, or 8 to 17 with its guardian's consent (民法典 19, 20). */
export function actsItself(
  age: number | null,
  representatives: readonly Representative[],
  now: Date,
): boolean {
  switch (age === null ? 'FULL' : capacityAt(age)) {
    case 'FULL':
      return true;
    case 'LIMITED':
      return representatives.some(
        (who) => who.kind === 'GUARDIAN' && isAuthorised(who, now) && who.consentedAt !== null,
      );
    case 'NONE':
      return false;
  }
}

/**
 * Who signs for a party: itself, its guardian, or an agent whose special authority names settling and signing. Null
 * when a minor has no verified guardian yet (GUARDIAN_REQUIRED).
 */
export function signerOf<R extends Representative>(
  age: number | null,
  representatives: readonly R[],
  now: Date,
): { by: 'party' } | { by: 'agent'; agent: R } | null {
  if (!actsItself(age, representatives, now)) {
    const guardian = representatives.find((who) => who.kind === 'GUARDIAN' && isAuthorised(who, now));
    return guardian ? { by: 'agent', agent: guardian } : null;
  }
  const agent = representatives.find(
    (who) => who.kind === 'AUTHORISED' && mayFor(who, 'SETTLE', now) && mayFor(who, 'SIGN', now),
  );
  return agent ? { by: 'agent', agent } : { by: 'party' };
}
