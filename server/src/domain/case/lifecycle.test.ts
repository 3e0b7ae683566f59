import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CaseStatus } from '../../contract/enums.ts';
import { type CaseEvent, caseEvents, caseTransitions, nextCaseStatus, talksAreOver } from './lifecycle.ts';

/** Everything that may happen, written out; whatever is not here is refused. */
const expected: Record<CaseStatus, string> = {
  LEAD: 'register>APPLIED return>RETURNED transfer>TRANSFERRED suspend>SUSPENDED',
  APPLIED: 'screen>SCREENED return>RETURNED walk-in>ACCEPTED withdraw>CLOSED suspend>SUSPENDED',
  SCREENED:
    'return>RETURNED ask-consent>CONSENT refuse>REFUSED lose-contact>UNREACHABLE assign>ASSIGNED accept>ACCEPTED walk-in>ACCEPTED withdraw>CLOSED fail>NO_AGREEMENT expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT suspend>SUSPENDED',
  RETURNED: 'transfer>TRANSFERRED close>CLOSED suspend>SUSPENDED',
  CONSENT:
    'refuse>REFUSED lose-contact>UNREACHABLE assign>ASSIGNED accept>ACCEPTED walk-in>ACCEPTED withdraw>CLOSED fail>NO_AGREEMENT expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT suspend>SUSPENDED',
  REFUSED: 'transfer>TRANSFERRED close>CLOSED suspend>SUSPENDED',
  UNREACHABLE: 'ask-consent>CONSENT transfer>TRANSFERRED close>CLOSED suspend>SUSPENDED',
  ASSIGNED:
    'refuse>REFUSED lose-contact>UNREACHABLE assign>ASSIGNED decline-assignment>CONSENT accept>ACCEPTED walk-in>ACCEPTED withdraw>CLOSED fail>NO_AGREEMENT expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT suspend>SUSPENDED',
  ACCEPTED:
    'refuse>REFUSED lose-contact>UNREACHABLE assign>ASSIGNED start-session>MEDIATING change-mediator>CONSENT fail>NO_AGREEMENT withdraw>CLOSED expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT agree-orally>PERFORMING suspend>SUSPENDED',
  MEDIATING:
    'refuse>REFUSED lose-contact>UNREACHABLE start-session>MEDIATING continue-later>ACCEPTED change-mediator>CONSENT agree>AGREED fail>NO_AGREEMENT withdraw>CLOSED expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT agree-orally>PERFORMING suspend>SUSPENDED',
  AGREED:
    'refuse>REFUSED lose-contact>UNREACHABLE start-session>AGREED reopen-talks>MEDIATING fail>NO_AGREEMENT withdraw>CLOSED expire>NO_AGREEMENT no-show-ends>NO_AGREEMENT take-effect>PERFORMING suspend>SUSPENDED',
  NO_AGREEMENT: 'transfer>TRANSFERRED close>CLOSED archive>ARCHIVED suspend>SUSPENDED',
  TRANSFERRED: 'close>CLOSED archive>ARCHIVED suspend>SUSPENDED',
  PERFORMING: 'start-inquiry>PERFORMING breach>BREACHED perform>CLOSED suspend>SUSPENDED',
  BREACHED: 'start-inquiry>BREACHED remind>PERFORMING perform>CLOSED transfer>TRANSFERRED suspend>SUSPENDED',
  CLOSED: 'archive>ARCHIVED suspend>SUSPENDED',
  ARCHIVED: '',
  SUSPENDED: 'transfer>TRANSFERRED resume>RESUME',
};

const pairs = CaseStatus.options.flatMap((status) => caseEvents.map((event) => ({ status, event })));

describe('lifecycle of a case', () => {
  test('every state and every event is decided', () => {
    expect(Object.keys(caseTransitions).sort()).toEqual([...CaseStatus.options].sort());
    for (const row of Object.values(caseTransitions)) expect(Object.keys(row)).toEqual([...caseEvents]);
  });

  it.each(CaseStatus.options)('%s moves as written and no other way', (status) => {
    const moves = new Map(expected[status].split(' ').map((move) => move.split('>') as [string, string]));
    for (const event of caseEvents)
      expect([event, caseTransitions[status][event]]).toEqual([event, moves.get(event) ?? null]);
  });

  test('what the table refuses is ILLEGAL_TRANSITION and names both', () => {
    for (const { status, event } of pairs.filter((p) => caseTransitions[p.status][p.event] === null)) {
      expect(() => nextCaseStatus(status, event, 'MEDIATING')).toThrow(
        expect.objectContaining({ code: 'ILLEGAL_TRANSITION', details: { status, event } }),
      );
    }
  });

  it.each<[string, CaseStatus, string]>([
    [
      'the usual way',
      'LEAD',
      'register screen ask-consent assign accept start-session agree take-effect perform archive',
    ],
    ['walk-in: both sides are there', 'APPLIED', 'walk-in start-session agree take-effect perform archive'],
    ['the offered mediator says no', 'SCREENED', 'assign decline-assignment assign accept'],
    ['another mediator', 'MEDIATING', 'change-mediator assign accept start-session'],
    ['to be continued', 'MEDIATING', 'continue-later start-session agree'],
    ['an oral agreement', 'MEDIATING', 'agree-orally perform'],
    ['changed after freezing', 'MEDIATING', 'agree reopen-talks agree take-effect'],
    ['no agreement, on to the court', 'MEDIATING', 'fail transfer close archive'],
    ['a second no-show', 'ACCEPTED', 'no-show-ends close'],
    ['continued, and still no agreement', 'MEDIATING', 'continue-later fail archive'],
    ['the time ran out with nobody extending it', 'ACCEPTED', 'expire transfer archive'],
    ['a side changes its mind before signing', 'AGREED', 'refuse close archive'],
    ['the signing day, and a second no-show', 'AGREED', 'no-show-ends archive'],
    ['confirmation asked about before the judge', 'PERFORMING', 'start-inquiry perform archive'],
    ['not performed, then reminded', 'PERFORMING', 'breach remind perform archive'],
    ['not performed, then sued', 'PERFORMING', 'breach transfer close'],
    ['one side says no', 'CONSENT', 'refuse close archive'],
    ['found again', 'CONSENT', 'lose-contact ask-consent assign'],
    ['a lead that is none', 'LEAD', 'return close archive'],
  ])('%s', (_name, from, events) => {
    let status = from;
    for (const event of events.split(' ') as CaseEvent[]) status = nextCaseStatus(status, event);
    expect(CaseStatus.options).toContain(status);
    const [end = ''] = events.split(' ').slice(-1);
    if (end === 'archive') expect(status).toBe('ARCHIVED');
  });

  test('until the agreement takes effect either side may always end the talks (人民调解法 17)', () => {
    const talking: CaseStatus[] = ['SCREENED', 'CONSENT', 'ASSIGNED', 'ACCEPTED', 'MEDIATING', 'AGREED'];
    for (const status of talking)
      for (const event of ['refuse', 'fail', 'withdraw', 'expire'] as const)
        expect(talksAreOver(nextCaseStatus(status, event))).toBe(true);
  });

  test('what is over never takes effect without new talks', () => {
    for (const status of CaseStatus.options.filter(talksAreOver)) {
      expect(caseTransitions[status]['take-effect']).toBeNull();
      expect(caseTransitions[status]['agree-orally']).toBeNull();
    }
  });

  test('a suspended case goes back to where it came from, and nowhere without knowing it', () => {
    for (const from of CaseStatus.options) {
      if (caseTransitions[from].suspend === null) continue;
      expect(nextCaseStatus(nextCaseStatus(from, 'suspend'), 'resume', from)).toBe(from);
    }
    expect(() => nextCaseStatus('SUSPENDED', 'resume', null)).toThrow(/ILLEGAL_TRANSITION/);
  });

  test('no order of events takes effect twice, or leaves the archive', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...caseEvents), { maxLength: 60 }), (events) => {
        let status: CaseStatus = 'LEAD';
        let resumeTo: CaseStatus | null = null;
        let inEffect = false;
        for (const event of events) {
          if (caseTransitions[status][event] === null) continue;
          expect(status).not.toBe('ARCHIVED');
          const next = nextCaseStatus(status, event, resumeTo ?? 'LEAD');
          if (event === 'take-effect') {
            expect(inEffect).toBe(false);
            inEffect = true;
          }
          resumeTo = event === 'suspend' ? status : event === 'resume' ? null : resumeTo;
          status = next;
        }
      }),
    );
  });
});
