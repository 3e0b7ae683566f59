import { describe, expect, it } from 'vitest';
import { type PartyStepFacts, partyStep } from './party-step.ts';

const facts = (change: Partial<PartyStepFacts> = {}): PartyStepFacts => ({
  caseStatus: 'MEDIATING',
  via: 'LINK',
  agent: false,
  consentsAnswered: true,
  session: 'OPEN',
  inquiry: false,
  seat: { tested: true, admitted: true, removed: false },
  agreement: null,
  medium: 'ELECTRONIC',
  recordWaits: false,
  place: 'NONE',
  ...change,
});
const untested = { tested: false, admitted: false, removed: false };
const waiting = { tested: true, admitted: false, removed: false };

describe('where a party stands', () => {
  it.each([
    ['first the sheet', { consentsAnswered: false, session: 'SCHEDULED', seat: untested }, 'CONSENT'],
    ['agents answer no sheet', { agent: true, consentsAnswered: false, seat: untested }, 'DEVICE_CHECK'],
    ['the device before the lobby', { session: 'SCHEDULED', seat: untested }, 'DEVICE_CHECK'],
    ['the lobby until admitted', { session: 'CHECKING', seat: waiting }, 'LOBBY'],
    ['admitted too early, the lobby', { session: 'SCHEDULED' }, 'LOBBY'],
    ['the room', {}, 'ROOM'],
    ['a pause stays in the room', { session: 'PAUSED' }, 'ROOM'],
    ['removed from the session', { seat: { tested: true, admitted: true, removed: true } }, 'WAIT'],
    ['signing even while the session runs', { agreement: 'FROZEN', place: 'OPEN' }, 'SIGN'],
    ['signed, back in the room', { agreement: 'SIGNING', place: 'SIGNED' }, 'ROOM'],
    ['signed, session over', { agreement: 'SIGNING', place: 'SIGNED', session: 'ENDED' }, 'WAIT'],
    [
      'paper is signed by hand',
      { agreement: 'FROZEN', place: 'OPEN', medium: 'PAPER', session: null },
      'WAIT',
    ],
    ['a draft between two sessions', { agreement: 'DRAFTING', session: null, seat: null }, 'READ_DRAFT'],
    ['a record that waits, outside the room', { recordWaits: true, session: 'ENDED' }, 'CONFIRM_RECORD'],
    [
      'a record that waits, the agreement in effect',
      { recordWaits: true, agreement: 'EFFECTIVE' },
      'CONFIRM_RECORD',
    ],
    ['a record that waits while signing', { recordWaits: true, agreement: 'FROZEN', place: 'OPEN' }, 'SIGN'],
    ['a record that waits, in the room beside the picture', { recordWaits: true }, 'ROOM'],
    [
      'a record that waits, at the station’s screen',
      { recordWaits: true, via: 'HAND_OVER' },
      'CONFIRM_RECORD',
    ],
    ['in effect', { agreement: 'EFFECTIVE', caseStatus: 'PERFORMING' }, 'DONE'],
    ['in effect, the court asks', { agreement: 'EFFECTIVE', inquiry: true }, 'ROOM'],
    ['the court will ask', { agreement: 'EFFECTIVE', inquiry: true, session: 'SCHEDULED' }, 'DONE'],
    [
      'the court asks, one’s device first',
      { agreement: 'EFFECTIVE', inquiry: true, session: 'CHECKING', seat: untested },
      'DEVICE_CHECK',
    ],
    [
      'the court asks those at the station’s screen aloud',
      { agreement: 'EFFECTIVE', inquiry: true, via: 'HAND_OVER' },
      'DONE',
    ],
    ['in effect and closed', { agreement: 'EFFECTIVE', caseStatus: 'CLOSED' }, 'DONE'],
    ['no agreement', { caseStatus: 'NO_AGREEMENT', session: null }, 'ENDED'],
    ['somebody said no', { caseStatus: 'REFUSED', consentsAnswered: false }, 'ENDED'],
    ['nothing planned', { session: null, seat: null }, 'WAIT'],
  ] as [string, Partial<PartyStepFacts>, string][])('%s', (_name, change, step) => {
    expect(partyStep(facts(change))).toBe(step);
  });

  it.each([
    ['the sheet', { consentsAnswered: false }, 'CONSENT'],
    ['the live text', { agreement: 'DRAFTING' }, 'READ_DRAFT'],
    ['the signature', { agreement: 'SIGNING', place: 'OPEN' }, 'SIGN'],
    ['then hands back', { agreement: 'SIGNING', place: 'SIGNED' }, 'WAIT'],
    ['never the room', {}, 'WAIT'],
  ] as [string, Partial<PartyStepFacts>, string][])('at the station’s screen: %s', (_name, change, step) => {
    expect(partyStep(facts({ via: 'HAND_OVER', seat: null, ...change }))).toBe(step);
  });
});
