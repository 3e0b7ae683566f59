import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Action, actions } from '../contract/actions.ts';
import { Duty } from '../contract/enums.ts';
import { allowedActions, barredTogether, matrix, noFacts, requireCan } from './permissions.ts';

const hosting =
  'start-recording stop-recording download-recording change-phone name-witness compare-seal show-exhibit schedule reschedule record-no-show invite-party revoke-invitation verify-identity add-agent verify-agent guardian-consent doubt-capacity ask-procedure invite-observer dial-person protect-person transfer admit lock-session tell-lobby start-checking complete-check choose-checked-seat open-session pause resume switch-onsite go-online end mute spotlight remove-participant lift-removal lower-hand call-judge cancel-call choose-paper upload-paper-scan record-receipt record-performance remind-performance follow-up confirm-service-address hand-in-application download-dossier record-consent withdraw-consent terminate suspend edit';
const inRoom = 'read-session enter-lobby join-room raise-hand choose-voice send-message';
const ofCase = `list-cases play-recording read upload read-timeline ${inRoom} seat-attendees move-between-rooms read-draft read-agreement download-agreement check-paper print approve-phone`;
const inquiring =
  'read-session enter-lobby join-room raise-hand choose-voice send-message admit lock-session tell-lobby start-checking complete-check choose-checked-seat open-session pause resume end mute spotlight move-between-rooms remove-participant lift-removal lower-hand'
    .split(' ')
    .map((action) => `${action}?inquiry`)
    .join(' ');
const drafts = 'export-draft';
const ownWord = 'read-record download-record confirm-record object-to-record';
const recording = 'transcribe write-record read-out-record note-confirmation reopen-record mark-fact';

/** What each duty may, by domain.md section 1; `?fact` is its condition. Everything else is refused. */
const expected: Record<Duty, string> = {
  PARTY: `read upload record-consent withdraw-consent terminate complain ${inRoom} ${ownWord} confirm-facts?actsItself read-draft agree-to-text?actsItself read-offers make-offer?actsItself answer-offer?actsItself withdraw-offer?actsItself read-agreement download-agreement sign-as-party?actsItself decline-to-sign apply-confirmation?actsItself read-application confirm-service-address ask-procedure read-served answer-correction?actsItself`,
  AGENT: `read upload terminate?agentVerified record-consent?agentMaySettle guardian-consent?agentVerified ask-procedure?agentVerified complain ${inRoom} read-record download-record confirm-record?agentVerified object-to-record?agentVerified confirm-facts?agentMayAdmit read-draft agree-to-text?agentMaySettle read-offers make-offer?agentMaySettle answer-offer?agentMaySettle withdraw-offer?agentMaySettle read-agreement download-agreement sign-as-agent?agentMaySign decline-to-sign?agentMaySign apply-confirmation?agentMaySign read-application confirm-service-address?agentVerified read-served answer-correction?agentMaySign`,
  DIRECTOR: `${hosting} ${ofCase} report-lead register read-full-id-number screen return offer-mediator take-mediation change-mediator assign-judge hand-over-screen take-screen-back resume-case?suspendedByDirector archive choose-after-rejection read-record download-record read-application ${drafts}`,
  MEDIATOR: `${hosting} ${ofCase} resume-case?suspendedByMediator look-at-flag lift-protection ask-questions check-signer see-signer-photo respond-offer disclose attest-identity edit-draft read-offers make-offer withdraw-offer recommend freeze void propose-correction sign-as-mediator decline-to-sign ${ownWord} ${recording} waive-presence confirm-facts open-caucus end-caucus keep-caucus-note agree-orally ${drafts}`,
  RECORDER: `${ofCase} verify-agent sign-as-recorder decline-to-sign ${ownWord} ${recording} ${drafts}`,
  GUIDING_JUDGE: `list-cases play-recording read transfer verify-agent doubt-capacity look-at-flag protect-person lift-protection move-between-rooms check-signer see-signer-photo approve-phone attest-identity suspend resume-case read-timeline ${inRoom} take-call hand-call set-do-not-disturb receive-push leave-guidance read-draft read-agreement download-agreement read-record download-record`,
  CONFIRMING_JUDGE: `list-cases play-recording?courtAccess download-recording?courtAccess resume-case?courtAccess read?courtAccess read-full-id-number?courtAccess attest-identity suspend see-signer-photo?courtAccess read-agreement?courtAccess download-agreement?courtAccess verify-identity?courtAccess ${inquiring} rule-confirmation?courtAccess read-application?courtAccess plan-inquiry?courtAccess download-dossier?courtAccess`,
  SEAL_HOLDER: 'list-cases read read-agreement download-agreement seal check-paper manage-seals',
  GRID_WORKER: 'report-lead',
  CENTRE: 'read-dashboards list-cases',
  POLICE_LIAISON:
    'read-session?invitedAgreed enter-lobby?invitedAgreed join-room?invitedAgreed move-between-rooms?invitedAgreed choose-voice?invitedAgreed',
  INVITED:
    'read-record?invitedAgreed read?invitedAgreed read-session?invitedAgreed enter-lobby?invitedAgreed join-room?invitedAgreed move-between-rooms?invitedAgreed choose-voice?invitedAgreed raise-hand?invitedAgreed send-message?invitedAgreed',
  SUPERVISOR: '',
  ADMINISTRATOR:
    'enrol-device revoke-device manage-staff assign-duty release-lockout read-dashboards manage-wordings manage-seals manage-duty-list',
  AUDITOR: 'read-audit',
};

const allFacts = {
  agentVerified: true,
  actsItself: true,
  agentMaySettle: true,
  agentMaySign: true,
  agentMayAdmit: true,
  courtAccess: true,
  inquiry: true,
  invitedAgreed: true,
  suspendedByDirector: true,
  suspendedByMediator: true,
};
const may = (duty: Duty, facts = allFacts): string[] =>
  allowedActions([duty], facts).filter((action) => action !== 'read-demo');

describe('permission matrix', () => {
  test('every action and every duty is decided', () => {
    expect(Object.keys(matrix).sort()).toEqual([...actions].sort());
    for (const row of Object.values(matrix))
      expect(Object.keys(row).sort()).toEqual([...Duty.options].sort());
  });

  it.each(Duty.options)('%s may what is written and nothing else', (duty) => {
    const cells = new Map(
      `${expected[duty]} read-demo`
        .trim()
        .split(' ')
        .map((cell) => {
          const [action = '', condition] = cell.split('?');
          return [action, condition ?? true];
        }),
    );
    for (const action of actions)
      expect([action, matrix[action][duty]]).toEqual([action, cells.get(action) ?? false]);
  });

  test('unknown facts allow nothing that has a condition', () => {
    for (const duty of Duty.options)
      for (const action of allowedActions([duty], noFacts)) expect(matrix[action][duty]).toBe(true);
  });
});

describe('a 司法确认询问 (民诉法解释 356)', () => {
  const inInquiry = (duty: Duty) => allowedActions([duty], allFacts, 'CONFIRMATION_INQUIRY');
  test('its judge opens and ends it; the station helps people in; mediator, recorder and guiding judge have no part', () => {
    expect(inInquiry('CONFIRMING_JUDGE')).toEqual(expect.arrayContaining(['open-session', 'admit', 'end']));
    expect(inInquiry('DIRECTOR').filter((action) => /^(open|end|pause|start|call)/.test(action))).toEqual([]);
    expect(inInquiry('DIRECTOR')).toEqual(expect.arrayContaining(['join-room', 'seat-attendees']));
    for (const duty of ['MEDIATOR', 'RECORDER', 'GUIDING_JUDGE', 'SEAL_HOLDER', 'INVITED'] as const)
      expect(inInquiry(duty)).toEqual([]);
  });

  test('in a mediation the confirming judge has no seat', () => {
    const facts = { ...allFacts, inquiry: false };
    expect(allowedActions(['CONFIRMING_JUDGE'], facts, 'MEDIATION')).not.toContain('read-session');
  });
});

describe('what nobody may (domain.md section 1)', () => {
  const signing: Action[] = ['sign-as-party', 'sign-as-agent', 'agree-to-text', 'apply-confirmation'];
  test('the director never signs for a party, and signs as mediator only with that duty', () => {
    for (const action of [...signing, 'sign-as-mediator'] as const)
      expect(may('DIRECTOR')).not.toContain(action);
    expect(requireCan(['DIRECTOR', 'MEDIATOR'], 'sign-as-mediator', noFacts)).toBe('MEDIATOR');
  });

  test('nobody but the party (or its agent) agrees, signs for it or applies', () => {
    for (const action of signing)
      for (const duty of Duty.options.filter((d) => d !== 'PARTY' && d !== 'AGENT'))
        expect(matrix[action][duty]).toBe(false);
  });

  test('only the seal-holder seals, and the seal-holder acts in no other way on the text', () => {
    expect(Duty.options.filter((duty) => matrix.seal[duty])).toEqual(['SEAL_HOLDER']);
    const acts = may('SEAL_HOLDER').filter((action) => !/^(read|list|download)/.test(action));
    expect(acts).toEqual(['manage-seals', 'seal', 'check-paper']);
  });

  test('the administrator sees no case content, the auditor writes nothing', () => {
    const ofCases = /^(read$|read-(?!dashboards)|list-cases|download|enter|join|print|upload|edit)/;
    expect(may('ADMINISTRATOR').filter((action) => ofCases.test(action))).toEqual([]);
    expect(may('AUDITOR').every((action) => action.startsWith('read'))).toBe(true);
  });

  test('an agent with general authority speaks, and neither settles nor signs', () => {
    const general = may('AGENT', noFacts);
    expect(general).toEqual(
      expect.arrayContaining(['read', 'upload', 'join-room', 'raise-hand', 'read-draft']),
    );
    for (const action of ['agree-to-text', 'sign-as-agent', 'apply-confirmation'] as const) {
      expect(general).not.toContain(action);
      expect(() => requireCan(['AGENT'], action, noFacts)).toThrow(
        expect.objectContaining({ code: 'SPECIAL_AUTHORITY_REQUIRED' }),
      );
    }
  });

  test('judges neither write nor sign the agreement; the guiding one imposes no terms', () => {
    for (const duty of ['GUIDING_JUDGE', 'CONFIRMING_JUDGE'] as const)
      for (const action of [
        'edit',
        'edit-draft',
        'freeze',
        'void',
        'sign-as-mediator',
        'seal',
        'agree-to-text',
      ] as const)
        expect(matrix[action][duty]).toBe(false);
  });

  test('invited people and supervisors download nothing; grid workers open no file', () => {
    for (const duty of ['INVITED', 'POLICE_LIAISON', 'SUPERVISOR', 'GRID_WORKER'] as const)
      expect(matrix['download-agreement'][duty]).toBe(false);
    expect(matrix.read.GRID_WORKER).toBe(false);
    expect(may('SUPERVISOR')).not.toContain('join-room');
  });
});

describe('requireCan', () => {
  test('names the first duty that allows; tells a missing duty from a missing condition', () => {
    expect(requireCan(['RECORDER', 'DIRECTOR'], 'read', noFacts)).toBe('RECORDER');
    expect(() => requireCan(['RECORDER'], 'seal', noFacts)).toThrow(
      expect.objectContaining({ code: 'DUTY_MISSING', details: { action: 'seal' } }),
    );
    expect(() => requireCan(['CONFIRMING_JUDGE'], 'read', noFacts)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', details: { action: 'read', missing: 'courtAccess' } }),
    );
    expect(() => requireCan([], 'read', allFacts)).toThrow(expect.objectContaining({ code: 'DUTY_MISSING' }));
  });

  test('agrees with allowedActions for any duties and facts', () => {
    const facts = fc.record({
      agentVerified: fc.boolean(),
      actsItself: fc.boolean(),
      agentMaySettle: fc.boolean(),
      agentMaySign: fc.boolean(),
      agentMayAdmit: fc.boolean(),
      courtAccess: fc.boolean(),
      inquiry: fc.boolean(),
      invitedAgreed: fc.boolean(),
      suspendedByDirector: fc.boolean(),
      suspendedByMediator: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...Duty.options)),
        facts,
        fc.constantFrom(...actions),
        (held, f, action) => {
          let allowed = true;
          try {
            const duty = requireCan(held, action, f);
            expect(held).toContain(duty);
          } catch {
            allowed = false;
          }
          expect(allowedActions(held, f).includes(action)).toBe(allowed);
        },
      ),
    );
  });
});

describe('duties that one person may not hold together', () => {
  it.each<[Duty[], boolean | null]>([
    [['PARTY', 'MEDIATOR'], false],
    [['PARTY', 'RECORDER'], false],
    [['AGENT', 'SEAL_HOLDER'], false],
    [['AGENT', 'GUIDING_JUDGE'], false],
    [['PARTY', 'CONFIRMING_JUDGE'], false],
    [['GUIDING_JUDGE', 'MEDIATOR'], false],
    [['ADMINISTRATOR', 'AUDITOR'], false],
    [['GUIDING_JUDGE', 'CONFIRMING_JUDGE'], true],
    [['DIRECTOR', 'MEDIATOR', 'RECORDER', 'SEAL_HOLDER'], null],
    [['DIRECTOR'], null],
    [[], null],
  ])('%j', (held, warnOnly) => {
    expect(barredTogether(held)?.warnOnly ?? null).toBe(warnOnly);
    expect(barredTogether([...held].reverse())?.warnOnly ?? null).toBe(warnOnly);
  });
});
