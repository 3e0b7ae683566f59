import type { Action } from '../contract/actions.ts';
import type { Duty, SessionKind } from '../contract/enums.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { DomainError } from './errors.ts';

/**
 * Facts that conditions read. What is unknown is false: nothing is allowed by an absent fact.
 * A duty is only handed in when it holds for this case (own station, accepted appointment, own party session).
 */
export type PermissionFacts = {
  /** The agent's (or guardian's) authority was verified and runs. */
  agentVerified: boolean;
  /** The party binds itself: of full capacity, or 8 to 17 with its guardian's consent. */
  actsItself: boolean;
  /** 特别授权 with SETTLE, verified and inside its period. */
  agentMaySettle: boolean;
  /** 特别授权 with SIGN, verified and inside its period. */
  agentMaySign: boolean;
  /** 特别授权 with ADMIT, verified and inside its period. */
  agentMayAdmit: boolean;
  /** The parties agreed that court and judge see the file (PIPL 23). */
  courtAccess: boolean;
  /** The act is on the court's own inquiry (司法确认询问), with that access. */
  inquiry: boolean;
  /** The parties agreed to this invited person. */
  invitedAgreed: boolean;
  /** The case was suspended under this very duty: what a judge suspects, no station clears away. */
  suspendedByDirector: boolean;
  suspendedByMediator: boolean;
};

export const noFacts: PermissionFacts = {
  agentVerified: false,
  actsItself: false,
  agentMaySettle: false,
  agentMaySign: false,
  agentMayAdmit: false,
  courtAccess: false,
  inquiry: false,
  invitedAgreed: false,
  suspendedByDirector: false,
  suspendedByMediator: false,
};

type Condition = keyof PermissionFacts;
type Cell = true | false | Condition;

const duties: Duty[] = [
  'PARTY',
  'AGENT',
  'DIRECTOR',
  'MEDIATOR',
  'RECORDER',
  'GUIDING_JUDGE',
  'CONFIRMING_JUDGE',
  'SEAL_HOLDER',
  'GRID_WORKER',
  'CENTRE',
  'POLICE_LIAISON',
  'INVITED',
  'SUPERVISOR',
  'ADMINISTRATOR',
  'AUDITOR',
];

/** One action's row: the duties that may; a pair names the condition. Everybody else may not, written out in full. */
function row(...allowed: (Duty | [Duty, Condition])[]): Record<Duty, Cell> {
  const cells = Object.fromEntries(duties.map((duty) => [duty, false])) as Record<Duty, Cell>;
  for (const entry of allowed) {
    if (Array.isArray(entry)) cells[entry[0]] = entry[1];
    else cells[entry] = true;
  }
  return cells;
}

const staffOfCase: Duty[] = ['DIRECTOR', 'MEDIATOR', 'RECORDER'];
const judges: Duty[] = ['GUIDING_JUDGE', 'CONFIRMING_JUDGE'];
const hosts: Duty[] = ['DIRECTOR', 'MEDIATOR'];
const sides: Duty[] = ['PARTY', 'AGENT'];
/** The court's own session has the confirming judge for its host. */
const inquirer: [Duty, Condition] = ['CONFIRMING_JUDGE', 'inquiry'];

/** THE matrix (domain.md section 1). Default deny; every cell decided. */
export const matrix: Record<Action, Record<Duty, Cell>> = {
  'enrol-device': row('ADMINISTRATOR'),
  'revoke-device': row('ADMINISTRATOR'),
  'manage-staff': row('ADMINISTRATOR'),
  'assign-duty': row('ADMINISTRATOR'),
  'release-lockout': row('ADMINISTRATOR'),
  'read-audit': row('AUDITOR'),
  'read-dashboards': row('CENTRE', 'ADMINISTRATOR'),
  'read-demo': row(...duties),
  'manage-wordings': row('ADMINISTRATOR'),
  'manage-seals': row('ADMINISTRATOR', 'SEAL_HOLDER'),
  'manage-duty-list': row('ADMINISTRATOR'),
  'report-lead': row('GRID_WORKER', 'DIRECTOR'),
  register: row('DIRECTOR'),
  'list-cases': row(...staffOfCase, ...judges, 'SEAL_HOLDER', 'CENTRE'),
  read: row(...sides, ...staffOfCase, 'GUIDING_JUDGE', ['CONFIRMING_JUDGE', 'courtAccess'], 'SEAL_HOLDER', [
    'INVITED',
    'invitedAgreed',
  ]),
  'read-full-id-number': row('DIRECTOR', ['CONFIRMING_JUDGE', 'courtAccess']),
  edit: row('DIRECTOR', 'MEDIATOR'),
  upload: row(...sides, ...staffOfCase),
  screen: row('DIRECTOR'),
  return: row('DIRECTOR'),
  'record-consent': row('PARTY', ['AGENT', 'agentMaySettle'], 'DIRECTOR', 'MEDIATOR'),
  'withdraw-consent': row('PARTY', 'DIRECTOR', 'MEDIATOR'),
  'offer-mediator': row('DIRECTOR'),
  'respond-offer': row('MEDIATOR'),
  'take-mediation': row('DIRECTOR'),
  'change-mediator': row('DIRECTOR'),
  disclose: row('MEDIATOR'),
  'assign-judge': row('DIRECTOR'),
  schedule: row(...hosts),
  reschedule: row(...hosts),
  'record-no-show': row(...hosts),
  'invite-party': row(...hosts),
  'revoke-invitation': row(...hosts),
  'verify-identity': row('DIRECTOR', 'MEDIATOR', ['CONFIRMING_JUDGE', 'courtAccess']),
  'attest-identity': row('MEDIATOR', 'GUIDING_JUDGE', 'CONFIRMING_JUDGE'),
  'hand-over-screen': row('DIRECTOR'),
  'take-screen-back': row('DIRECTOR'),
  'add-agent': row(...hosts),
  'verify-agent': row(...hosts, 'RECORDER', 'GUIDING_JUDGE'),
  'guardian-consent': row(['AGENT', 'agentVerified'], ...hosts),
  'doubt-capacity': row(...hosts, 'GUIDING_JUDGE'),
  'ask-procedure': row('PARTY', ['AGENT', 'agentVerified'], ...hosts),
  'invite-observer': row(...hosts),
  'look-at-flag': row('MEDIATOR', 'GUIDING_JUDGE'),
  'protect-person': row(...hosts, 'GUIDING_JUDGE'),
  'lift-protection': row('MEDIATOR', 'GUIDING_JUDGE'),
  'change-phone': row(...hosts),
  'approve-phone': row(...staffOfCase, 'GUIDING_JUDGE'),
  terminate: row('PARTY', ['AGENT', 'agentVerified'], ...hosts),
  suspend: row(...hosts, ...judges),
  'resume-case': row(
    ['DIRECTOR', 'suspendedByDirector'],
    ['MEDIATOR', 'suspendedByMediator'],
    'GUIDING_JUDGE',
    ['CONFIRMING_JUDGE', 'courtAccess'],
  ),
  transfer: row(...hosts, 'GUIDING_JUDGE'),
  complain: row(...sides),
  'read-timeline': row(...staffOfCase, 'GUIDING_JUDGE'),
  'read-session': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    inquirer,
    ['POLICE_LIAISON', 'invitedAgreed'],
    ['INVITED', 'invitedAgreed'],
  ),
  'enter-lobby': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    inquirer,
    ['POLICE_LIAISON', 'invitedAgreed'],
    ['INVITED', 'invitedAgreed'],
  ),
  'join-room': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    inquirer,
    ['POLICE_LIAISON', 'invitedAgreed'],
    ['INVITED', 'invitedAgreed'],
  ),
  admit: row(...hosts, inquirer),
  'lock-session': row(...hosts, inquirer),
  'tell-lobby': row(...hosts, inquirer),
  'start-checking': row(...hosts, inquirer),
  'complete-check': row(...hosts, inquirer),
  'choose-checked-seat': row(...hosts, inquirer),
  'open-session': row(...hosts, inquirer),
  pause: row(...hosts, inquirer),
  resume: row(...hosts, inquirer),
  'switch-onsite': row(...hosts),
  'go-online': row(...hosts),
  end: row(...hosts, inquirer),
  'seat-attendees': row('DIRECTOR', 'MEDIATOR', 'RECORDER'),
  mute: row(...hosts, inquirer),
  spotlight: row(...hosts, inquirer),
  'dial-person': row(...hosts),
  'move-between-rooms': row(
    ...staffOfCase,
    'GUIDING_JUDGE',
    inquirer,
    ['POLICE_LIAISON', 'invitedAgreed'],
    ['INVITED', 'invitedAgreed'],
  ),
  'remove-participant': row(...hosts, inquirer),
  'lift-removal': row(...hosts, inquirer),
  'raise-hand': row(...sides, ...staffOfCase, 'GUIDING_JUDGE', inquirer, ['INVITED', 'invitedAgreed']),
  'choose-voice': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    inquirer,
    ['POLICE_LIAISON', 'invitedAgreed'],
    ['INVITED', 'invitedAgreed'],
  ),
  'lower-hand': row(...hosts, inquirer),
  'call-judge': row(...hosts),
  'cancel-call': row(...hosts),
  'take-call': row('GUIDING_JUDGE'),
  'hand-call': row('GUIDING_JUDGE'),
  'set-do-not-disturb': row('GUIDING_JUDGE'),
  'receive-push': row('GUIDING_JUDGE'),
  'leave-guidance': row('GUIDING_JUDGE'),
  'waive-presence': row('MEDIATOR'),
  'read-record': row(...sides, ...staffOfCase, 'GUIDING_JUDGE', ['INVITED', 'invitedAgreed']),
  'write-record': row('MEDIATOR', 'RECORDER'),
  'read-out-record': row('MEDIATOR', 'RECORDER'),
  'confirm-record': row('PARTY', ['AGENT', 'agentVerified'], 'MEDIATOR', 'RECORDER'),
  'object-to-record': row('PARTY', ['AGENT', 'agentVerified'], 'MEDIATOR', 'RECORDER'),
  'note-confirmation': row('MEDIATOR', 'RECORDER'),
  'reopen-record': row('MEDIATOR', 'RECORDER'),
  'mark-fact': row('MEDIATOR', 'RECORDER'),
  'confirm-facts': row(['PARTY', 'actsItself'], ['AGENT', 'agentMayAdmit'], 'MEDIATOR'),
  'download-record': row(...sides, ...staffOfCase, 'GUIDING_JUDGE'),
  'open-caucus': row('MEDIATOR'),
  'end-caucus': row('MEDIATOR'),
  'keep-caucus-note': row('MEDIATOR'),
  'send-message': row(...sides, ...staffOfCase, 'GUIDING_JUDGE', inquirer, ['INVITED', 'invitedAgreed']),
  'show-exhibit': row(...hosts),
  'start-recording': row(...hosts),
  'stop-recording': row(...hosts),
  'play-recording': row(...staffOfCase, 'GUIDING_JUDGE', ['CONFIRMING_JUDGE', 'courtAccess']),
  'download-recording': row(...hosts, ['CONFIRMING_JUDGE', 'courtAccess']),
  transcribe: row('MEDIATOR', 'RECORDER'),
  'read-draft': row(...sides, ...staffOfCase, 'GUIDING_JUDGE'),
  'edit-draft': row('MEDIATOR'),
  'agree-to-text': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySettle']),
  'read-offers': row(...sides, 'MEDIATOR'),
  'make-offer': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySettle'], 'MEDIATOR'),
  'answer-offer': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySettle']),
  'withdraw-offer': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySettle'], 'MEDIATOR'),
  recommend: row('MEDIATOR'),
  freeze: row('MEDIATOR'),
  void: row('MEDIATOR'),
  'read-agreement': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    ['CONFIRMING_JUDGE', 'courtAccess'],
    'SEAL_HOLDER',
  ),
  'download-agreement': row(
    ...sides,
    ...staffOfCase,
    'GUIDING_JUDGE',
    ['CONFIRMING_JUDGE', 'courtAccess'],
    'SEAL_HOLDER',
  ),
  'sign-as-party': row(['PARTY', 'actsItself']),
  'sign-as-agent': row(['AGENT', 'agentMaySign']),
  'sign-as-mediator': row('MEDIATOR'),
  'sign-as-recorder': row('RECORDER'),
  seal: row('SEAL_HOLDER'),
  'decline-to-sign': row('PARTY', ['AGENT', 'agentMaySign'], 'MEDIATOR', 'RECORDER'),
  'name-witness': row(...hosts),
  'ask-questions': row('MEDIATOR'),
  'check-signer': row('MEDIATOR', 'GUIDING_JUDGE'),
  'compare-seal': row(...hosts),
  'see-signer-photo': row('MEDIATOR', 'GUIDING_JUDGE', ['CONFIRMING_JUDGE', 'courtAccess']),
  'choose-paper': row(...hosts),
  'upload-paper-scan': row(...hosts),
  'check-paper': row(...hosts, 'RECORDER', 'SEAL_HOLDER'),
  print: row(...staffOfCase),
  'record-receipt': row(...hosts),
  'record-performance': row(...hosts),
  'remind-performance': row(...hosts),
  'follow-up': row(...hosts),
  'agree-orally': row('MEDIATOR'),
  'confirm-service-address': row('PARTY', ['AGENT', 'agentVerified'], ...hosts),
  'apply-confirmation': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySign']),
  'read-application': row(...sides, 'DIRECTOR', ['CONFIRMING_JUDGE', 'courtAccess']),
  'hand-in-application': row(...hosts),
  'plan-inquiry': row(['CONFIRMING_JUDGE', 'courtAccess']),
  'rule-confirmation': row(['CONFIRMING_JUDGE', 'courtAccess']),
  'choose-after-rejection': row('DIRECTOR'),
  'read-served': row(...sides),
  'propose-correction': row('MEDIATOR'),
  'answer-correction': row(['PARTY', 'actsItself'], ['AGENT', 'agentMaySign']),
  'download-dossier': row(...hosts, ['CONFIRMING_JUDGE', 'courtAccess']),
  'export-draft': row(...staffOfCase),
  archive: row('DIRECTOR'),
};

const byAnalogy = '民事诉讼法第62条、民诉法解释第89条（参照）';
/** Why an act is refused whose condition is not met. */
const refusals: Record<Condition, { code: ErrorCode; basis?: string }> = {
  agentVerified: { code: 'AUTHORITY_UNVERIFIED', basis: '民事诉讼法第62条（参照）' },
  agentMaySettle: { code: 'SPECIAL_AUTHORITY_REQUIRED', basis: byAnalogy },
  agentMaySign: { code: 'SPECIAL_AUTHORITY_REQUIRED', basis: byAnalogy },
  agentMayAdmit: { code: 'SPECIAL_AUTHORITY_REQUIRED', basis: byAnalogy },
  actsItself: { code: 'GUARDIAN_REQUIRED', basis: '民法典第19、20条' },
  courtAccess: { code: 'FORBIDDEN' },
  inquiry: { code: 'DUTY_MISSING' },
  invitedAgreed: { code: 'FORBIDDEN' },
  suspendedByDirector: { code: 'DUTY_MISSING' },
  suspendedByMediator: { code: 'DUTY_MISSING' },
};

/**
 * The duty under which the act is done, the first that allows it. DUTY_MISSING when no duty of the actor ever may; the
 * code of the missing condition when only that is missing.
 */
export function requireCan(held: readonly Duty[], action: Action, facts: PermissionFacts): Duty {
  const allowing = held.find((duty) => allows(matrix[action][duty], facts));
  if (allowing) return allowing;
  const [missing] = held.map((duty) => matrix[action][duty]).filter((cell) => typeof cell === 'string');
  if (missing) {
    const { code, basis } = refusals[missing];
    throw new DomainError(code, basis ? { action, basis } : { action, missing });
  }
  throw new DomainError('DUTY_MISSING', { action });
}

/** `kind`: of a session these acts would be on; null for the case itself. */
export function allowedActions(
  held: readonly Duty[],
  facts: PermissionFacts,
  kind: SessionKind | null = null,
): Action[] {
  return (Object.keys(matrix) as Action[]).filter((action) =>
    dutiesInSession(held, action, kind).some((duty) => allows(matrix[action][duty], facts)),
  );
}

/** What the station does for people at its screen in a session that is not its own. */
const helping: readonly Action[] = [
  'read-session',
  'enter-lobby',
  'join-room',
  'admit',
  'seat-attendees',
  'complete-check',
  'raise-hand',
  'choose-voice',
  'send-message',
  'move-between-rooms',
];

/**
 * The duties that count on a session. In a 司法确认询问 the court asks (民诉法解释 356): its judge hosts, the parties answer,
 * the station helps people in at its screen, and nobody else has a part.
 */
export function dutiesInSession(
  held: readonly Duty[],
  action: Action,
  kind: SessionKind | null,
): readonly Duty[] {
  if (kind !== 'CONFIRMATION_INQUIRY') return held;
  return held.filter(
    (duty) =>
      duty === 'CONFIRMING_JUDGE' ||
      sides.includes(duty) ||
      (duty === 'DIRECTOR' && helping.includes(action)),
  );
}

const allows = (cell: Cell, facts: PermissionFacts): boolean =>
  typeof cell === 'string' ? facts[cell] : cell;

const ofCases: Duty[] = [
  ...sides,
  'DIRECTOR',
  'MEDIATOR',
  'RECORDER',
  ...judges,
  'SEAL_HOLDER',
  'POLICE_LIAISON',
  'INVITED',
];

/** Administrator and auditor are two people, and neither has a part in any case (domain.md section 1). */
export function barredAnywhere(held: readonly Duty[]): [Duty, Duty] | null {
  for (const [strict, others] of [
    ['ADMINISTRATOR', ['AUDITOR', ...ofCases]],
    ['AUDITOR', ofCases],
  ] as [Duty, Duty[]][]) {
    const other = held.includes(strict) ? others.find((duty) => held.includes(duty)) : undefined;
    if (other) return [strict, other];
  }
  return null;
}

/** Duties that one person may not hold together: in one case, or anywhere (administrator with auditor). */
export function barredTogether(held: readonly Duty[]): { pair: [Duty, Duty]; warnOnly: boolean } | null {
  const has = (duty: Duty) => held.includes(duty);
  const neutral: Duty[] = ['MEDIATOR', 'RECORDER', 'SEAL_HOLDER', 'GUIDING_JUDGE', 'CONFIRMING_JUDGE'];
  for (const side of sides) {
    const other = has(side) ? neutral.find(has) : undefined;
    if (other) return { pair: [side, other], warnOnly: false };
  }
  if (has('GUIDING_JUDGE') && has('MEDIATOR'))
    return { pair: ['GUIDING_JUDGE', 'MEDIATOR'], warnOnly: false };
  if (has('ADMINISTRATOR') && has('AUDITOR')) return { pair: ['ADMINISTRATOR', 'AUDITOR'], warnOnly: false };
  if (has('GUIDING_JUDGE') && has('CONFIRMING_JUDGE'))
    return { pair: ['GUIDING_JUDGE', 'CONFIRMING_JUDGE'], warnOnly: true };
  return null;
}
