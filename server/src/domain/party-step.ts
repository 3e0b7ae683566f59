import type { AgreementStatus, CaseStatus, Medium, SessionStatus } from '../contract/enums.ts';
import type { PartyStep } from '../contract/sign-in.ts';

export type PartyStepFacts = {
  caseStatus: CaseStatus;
  /** A phone of one's own, or the station's screen. */
  via: 'LINK' | 'HAND_OVER';
  /** An agent without special authority answers no sheet: consents are the party's own. */
  agent: boolean;
  /** Both boxes without which nothing goes on were answered, with yes or no. */
  consentsAnswered: boolean;
  /** The living session, if any. */
  session: SessionStatus | null;
  /** That session is the court's 司法确认询问. */
  inquiry: boolean;
  /** The person's seat in it: device tested, admitted, removed. */
  seat: { tested: boolean; admitted: boolean; removed: boolean } | null;
  agreement: AgreementStatus | null;
  medium: Medium;
  /** A record was read out and waits for this person's word. */
  recordWaits: boolean;
  /** The person's place on the frozen version. */
  place: 'NONE' | 'OPEN' | 'SIGNED' | 'DECLINED';
};

const over: CaseStatus[] = [
  'RETURNED',
  'REFUSED',
  'UNREACHABLE',
  'NO_AGREEMENT',
  'TRANSFERRED',
  'CLOSED',
  'ARCHIVED',
  'SUSPENDED',
];

/**
 * Where a party stands, from the case's state alone: a closed tab or another phone resumes at the same step.
 * An effective agreement outlives the case's end; signing comes before the room, because it works without video.
 */
export function partyStep(facts: PartyStepFacts): PartyStep {
  const step = stepOfCase(facts);
  if (!facts.recordWaits || step === 'CONSENT') return step;
  // In the room the record stands beside the picture; signing on one's own device is finished first.
  return facts.via === 'LINK' && (step === 'ROOM' || step === 'SIGN') ? step : 'CONFIRM_RECORD';
}

/** The court's inquiry brings people back into a room, from the moment their identity is checked. */
function inquiryStep({ via, inquiry, session, seat }: PartyStepFacts): PartyStep | null {
  const running = session === 'CHECKING' || session === 'OPEN' || session === 'PAUSED';
  if (!inquiry || via !== 'LINK' || !running || !seat || seat.removed) return null;
  if (seat.admitted) return 'ROOM';
  return seat.tested ? 'LOBBY' : 'DEVICE_CHECK';
}

function stepOfCase(facts: PartyStepFacts): PartyStep {
  if (facts.agreement === 'EFFECTIVE') return inquiryStep(facts) ?? 'DONE';
  if (over.includes(facts.caseStatus)) return 'ENDED';
  if (!facts.agent && !facts.consentsAnswered) return 'CONSENT';
  const frozen = facts.agreement === 'FROZEN' || facts.agreement === 'SIGNING';
  if (frozen && facts.medium === 'ELECTRONIC' && facts.place === 'OPEN') return 'SIGN';
  const signing = frozen || facts.agreement === 'SEALING';
  if (facts.via === 'HAND_OVER') return !signing && facts.agreement === 'DRAFTING' ? 'READ_DRAFT' : 'WAIT';
  const running = facts.session === 'CHECKING' || facts.session === 'OPEN' || facts.session === 'PAUSED';
  if (facts.seat && !facts.seat.removed && (running || facts.session === 'SCHEDULED')) {
    if (running && facts.seat.admitted) return 'ROOM';
    return facts.seat.tested ? 'LOBBY' : 'DEVICE_CHECK';
  }
  return !signing && facts.agreement === 'DRAFTING' ? 'READ_DRAFT' : 'WAIT';
}
