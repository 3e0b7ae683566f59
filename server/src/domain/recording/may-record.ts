import type { SessionStatus } from '../../contract/enums.ts';

/**
 * Somebody at a seat. Parties (and whoever acts for one) answer in the consent sheet's own box; staff come on duty into
 * a session whose screen says that it is recorded; anybody else is asked by the host, by name.
 */
export type RecordedPerson = {
  key: string;
  name: string;
  kind: 'PARTY' | 'STAFF' | 'OTHER';
  /** A party's newest answer; of others whether the host entered their yes. Staff: always true. */
  agreed: boolean;
};

export type RecordingFacts = {
  status: SessionStatus;
  /** 背靠背 runs or is being prepared. */
  caucus: boolean;
  people: readonly RecordedPerson[];
};

export type RecordingHurdle =
  | { kind: 'NOT_OPEN' }
  | { kind: 'CAUCUS' }
  | { kind: 'NOBODY' }
  | { kind: 'CONSENT'; names: string[] };

/**
 * What keeps a recording from starting: never in 核对, never while a private talk runs, only with the yes of everybody
 * present ([D] by domain.md section 4: recording consent is separate and revocable; no article asks for it).
 */
export function recordingHurdle(facts: RecordingFacts): RecordingHurdle | null {
  if (facts.status !== 'OPEN') return { kind: 'NOT_OPEN' };
  if (facts.caucus) return { kind: 'CAUCUS' };
  if (facts.people.length === 0) return { kind: 'NOBODY' };
  const names = withoutConsent(facts.people);
  return names.length > 0 ? { kind: 'CONSENT', names } : null;
}

/**
 * Why a running recording must stop now. A pause or a private talk does not end it: the hidden participant then
 * receives nothing (room-grants.ts), and the file shows an empty card meanwhile.
 */
export function mustStop(facts: RecordingFacts): 'SESSION_OVER' | 'CONSENT' | null {
  if (facts.status !== 'OPEN' && facts.status !== 'PAUSED') return 'SESSION_OVER';
  return withoutConsent(facts.people).length > 0 ? 'CONSENT' : null;
}

export const withoutConsent = (people: readonly RecordedPerson[]): string[] => [
  ...new Set(people.filter((p) => !p.agreed).map((p) => p.name)),
];
