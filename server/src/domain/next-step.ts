import type { AgreementStatus, CaseStatus, Duty, SessionStatus } from '../contract/enums.ts';
import type { NextStep } from '../contract/next-step.ts';

export type NextStepFacts = {
  caseStatus: CaseStatus;
  /** Whether somebody accepted to mediate. */
  mediatorAccepted: boolean;
  /** Whether an offer to me waits for my answer. */
  offeredToMe: boolean;
  /** Whether the mediator has disclosed. */
  disclosed: boolean;
  consentsMissing: boolean;
  identityMissing: boolean;
  identityUnattested: boolean;
  session: SessionStatus | null;
  agreement: AgreementStatus | null;
  paper: boolean;
  /** Whether a place of mine on the agreement waits for my signature. */
  mySignature: boolean;
  allSigned: boolean;
  receiptMissing: boolean;
  performanceOpen: boolean;
};

/** The one next step for a person with these duties in this case. The state machine decides, no screen guesses. */
export function nextStep(facts: NextStepFacts, duties: readonly Duty[]): NextStep {
  const has = (duty: Duty) => duties.includes(duty);
  const runs = has('DIRECTOR') || has('MEDIATOR');
  if (facts.offeredToMe) return 'ANSWER_OFFER';
  if (facts.agreement === 'FROZEN' || facts.agreement === 'SIGNING') {
    if (facts.paper) return runs ? 'CHECK_PAPER' : 'WAIT';
    if (facts.mySignature) return 'SIGN';
    if (has('SEAL_HOLDER') && facts.allSigned) return 'SEAL';
    return facts.session === 'OPEN' ? 'ENTER_ROOM' : 'WAIT';
  }
  if (facts.agreement === 'EFFECTIVE') {
    if (!runs) return 'NONE';
    if (facts.receiptMissing) return 'RECORD_RECEIPT';
    return facts.performanceOpen ? 'RECORD_PERFORMANCE' : 'NONE';
  }
  if (facts.session === 'CHECKING' || facts.session === 'OPEN' || facts.session === 'PAUSED')
    return 'ENTER_ROOM';
  if (!runs)
    return facts.session === 'SCHEDULED'
      ? 'ENTER_ROOM'
      : facts.identityUnattested && has('GUIDING_JUDGE')
        ? 'ATTEST_IDENTITY'
        : 'WAIT';
  switch (facts.caseStatus) {
    case 'APPLIED':
      return has('DIRECTOR') ? 'SCREEN' : 'WAIT';
    case 'SCREENED':
    case 'CONSENT':
      return has('DIRECTOR') ? 'CHOOSE_MEDIATOR' : 'WAIT';
    case 'ASSIGNED':
      return 'WAIT';
    case 'ACCEPTED':
    case 'MEDIATING':
    case 'AGREED':
      if (!facts.disclosed && has('MEDIATOR')) return 'DISCLOSE';
      // Planning sends the links with which people answer their sheets from home.
      if (facts.session === null) return 'SCHEDULE';
      if (facts.consentsMissing) return 'RECORD_CONSENT';
      if (facts.identityMissing) return 'CHECK_IDENTITY';
      return 'START_CHECKING';
    default:
      return 'NONE';
  }
}
