import type {
  AgreementStatus,
  CaseStatus,
  ConfirmationStatus,
  Duty,
  SessionStatus,
} from '../contract/enums.ts';
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
  /** The living session, if any. */
  session: SessionStatus | null;
  /** The living agreement, if any. */
  agreement: AgreementStatus | null;
  paper: boolean;
  /** Whether a place of mine on the agreement waits for my signature. */
  mySignature: boolean;
  allSigned: boolean;
  receiptMissing: boolean;
  performanceOpen: boolean;
  /** The living application for judicial confirmation, or a rejected one after which nobody has chosen a way. */
  confirmation: ConfirmationStatus | null;
};

type Has = (duty: Duty) => boolean;
const hosts: Duty[] = ['DIRECTOR', 'MEDIATOR'];
/** Staff with a seat in the room; the others (seal-holder, confirming judge …) have no business there. */
const seated: Duty[] = [...hosts, 'RECORDER', 'GUIDING_JUDGE'];
const paperCheckers: Duty[] = [...hosts, 'RECORDER', 'SEAL_HOLDER'];

/** The one next step for a person with these duties in this case. The state machine decides, no screen guesses. */
export function nextStep(facts: NextStepFacts, duties: readonly Duty[]): NextStep {
  const has: Has = (duty) => duties.includes(duty);
  if (facts.offeredToMe) return 'ANSWER_OFFER';
  switch (facts.agreement) {
    case 'FROZEN':
    case 'SIGNING':
      return whileSigning(facts, has);
    case 'SEALING':
      return 'WAIT';
    case 'EFFECTIVE':
      return afterEffect(facts, has);
    default:
      return beforeText(facts, has);
  }
}

function whileSigning(facts: NextStepFacts, has: Has): NextStep {
  // Two different people check the paper: in a small station the second is the recorder or the seal-holder.
  if (facts.paper) return paperCheckers.some(has) ? 'CHECK_PAPER' : 'WAIT';
  if (facts.mySignature) return 'SIGN';
  if (has('SEAL_HOLDER') && facts.allSigned) return 'SEAL';
  return facts.session === 'OPEN' && seated.some(has) ? 'ENTER_ROOM' : 'WAIT';
}

function afterEffect(facts: NextStepFacts, has: Has): NextStep {
  if (has('CONFIRMING_JUDGE') && facts.confirmation === 'APPLIED') return 'DOCKET_CONFIRMATION';
  if (has('CONFIRMING_JUDGE') && facts.confirmation === 'ACCEPTED') return 'DECIDE_CONFIRMATION';
  if (!hosts.some(has)) return 'NONE';
  if (facts.confirmation === 'REJECTED' && has('DIRECTOR')) return 'AFTER_REJECTION';
  if (facts.receiptMissing) return 'RECORD_RECEIPT';
  return facts.performanceOpen ? 'RECORD_PERFORMANCE' : 'NONE';
}

function beforeText(facts: NextStepFacts, has: Has): NextStep {
  const { session } = facts;
  const runs = hosts.some(has);
  const online = session === 'CHECKING' || session === 'OPEN' || session === 'PAUSED';
  if (online && seated.some(has)) return 'ENTER_ROOM';
  // On site nobody is in the video room; who runs the session ends it or brings it back there.
  if (session === 'ONSITE') return runs ? 'ENTER_ROOM' : 'WAIT';
  if (!runs) {
    if (session === 'SCHEDULED' && seated.some(has)) return 'ENTER_ROOM';
    return facts.identityUnattested && has('GUIDING_JUDGE') ? 'ATTEST_IDENTITY' : 'WAIT';
  }
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
      return preparing(facts, has);
    default:
      return 'NONE';
  }
}

function preparing(facts: NextStepFacts, has: Has): NextStep {
  // A walk-in is accepted before anybody took the mediation; without a mediator nothing can be planned.
  if (!facts.mediatorAccepted) return has('DIRECTOR') ? 'CHOOSE_MEDIATOR' : 'WAIT';
  if (!facts.disclosed && has('MEDIATOR')) return 'DISCLOSE';
  // Planning sends the links with which people answer their sheets from home.
  if (facts.session === null) return 'SCHEDULE';
  if (facts.consentsMissing) return 'RECORD_CONSENT';
  if (facts.identityMissing) return 'CHECK_IDENTITY';
  return 'START_CHECKING';
}
