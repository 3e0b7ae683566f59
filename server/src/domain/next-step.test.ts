import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AgreementStatus, CaseStatus, ConfirmationStatus, Duty, SessionStatus } from '../contract/enums.ts';
import { NextStep } from '../contract/next-step.ts';
import { type NextStepFacts, nextStep } from './next-step.ts';

const prepared: NextStepFacts = {
  caseStatus: 'ACCEPTED',
  mediatorAccepted: true,
  offeredToMe: false,
  disclosed: true,
  consentsMissing: false,
  identityMissing: false,
  identityUnattested: false,
  session: null,
  agreement: null,
  paper: false,
  mySignature: false,
  allSigned: false,
  receiptMissing: false,
  performanceOpen: false,
  confirmation: null,
};
const signing: Partial<NextStepFacts> = { caseStatus: 'AGREED', agreement: 'SIGNING', session: 'OPEN' };
const paper: Partial<NextStepFacts> = { caseStatus: 'AGREED', agreement: 'FROZEN', paper: true };
const done: Partial<NextStepFacts> = { caseStatus: 'PERFORMING', agreement: 'EFFECTIVE' };
const scheduled: Partial<NextStepFacts> = { session: 'SCHEDULED' };

describe('the one next step', () => {
  it.each<[string, Duty[], Partial<NextStepFacts>, NextStep]>([
    ['a fresh application', ['DIRECTOR'], { caseStatus: 'APPLIED' }, 'SCREEN'],
    ['who mediates', ['DIRECTOR'], { caseStatus: 'SCREENED', mediatorAccepted: false }, 'CHOOSE_MEDIATOR'],
    ['the offer was declined', ['DIRECTOR'], { caseStatus: 'CONSENT' }, 'CHOOSE_MEDIATOR'],
    ['an offer waits for me', ['MEDIATOR'], { caseStatus: 'ASSIGNED', offeredToMe: true }, 'ANSWER_OFFER'],
    ['an offer waits for somebody else', ['DIRECTOR'], { caseStatus: 'ASSIGNED' }, 'WAIT'],
    ['a walk-in without mediator', ['DIRECTOR'], { mediatorAccepted: false }, 'CHOOSE_MEDIATOR'],
    ['ties not disclosed', ['DIRECTOR', 'MEDIATOR'], { disclosed: false }, 'DISCLOSE'],
    ['nothing planned', ['DIRECTOR'], {}, 'SCHEDULE'],
    ['talks to be continued', ['MEDIATOR'], {}, 'SCHEDULE'],
    ['the sheet is not answered', ['DIRECTOR'], { ...scheduled, consentsMissing: true }, 'RECORD_CONSENT'],
    ['nobody was checked', ['DIRECTOR'], { ...scheduled, identityMissing: true }, 'CHECK_IDENTITY'],
    ['all is ready', ['MEDIATOR'], scheduled, 'START_CHECKING'],
    ['all is ready: the judge', ['GUIDING_JUDGE'], scheduled, 'ENTER_ROOM'],
    ['a second person attests', ['GUIDING_JUDGE'], { identityUnattested: true }, 'ATTEST_IDENTITY'],
    ['the room is open', ['RECORDER'], { caseStatus: 'MEDIATING', session: 'OPEN' }, 'ENTER_ROOM'],
    ['on site: who runs it', ['MEDIATOR'], { caseStatus: 'MEDIATING', session: 'ONSITE' }, 'ENTER_ROOM'],
    ['on site: the judge', ['GUIDING_JUDGE'], { caseStatus: 'MEDIATING', session: 'ONSITE' }, 'WAIT'],
    ['my place is open', ['MEDIATOR'], { ...signing, mySignature: true }, 'SIGN'],
    ['others sign', ['GUIDING_JUDGE'], signing, 'ENTER_ROOM'],
    ['others sign: no seat in the room', ['SEAL_HOLDER'], signing, 'WAIT'],
    ['all have signed', ['SEAL_HOLDER'], { ...signing, allSigned: true }, 'SEAL'],
    [
      'director and seal-holder in one: sign before sealing',
      ['DIRECTOR', 'SEAL_HOLDER'],
      signing,
      'ENTER_ROOM',
    ],
    ['the seal is being set', ['DIRECTOR'], { ...signing, agreement: 'SEALING', session: null }, 'WAIT'],
    ['paper: the first checker', ['DIRECTOR'], paper, 'CHECK_PAPER'],
    ['paper: the second checker', ['RECORDER'], paper, 'CHECK_PAPER'],
    ['paper: the judge checks nothing', ['GUIDING_JUDGE'], paper, 'WAIT'],
    ['in effect, not received', ['DIRECTOR'], { ...done, receiptMissing: true }, 'RECORD_RECEIPT'],
    [
      'an application came',
      ['CONFIRMING_JUDGE'],
      { ...done, confirmation: 'APPLIED' },
      'DOCKET_CONFIRMATION',
    ],
    ['docketed', ['CONFIRMING_JUDGE'], { ...done, confirmation: 'ACCEPTED' }, 'DECIDE_CONFIRMATION'],
    [
      'rejected, and nobody has chosen a way',
      ['DIRECTOR'],
      { ...done, confirmation: 'REJECTED', receiptMissing: true },
      'AFTER_REJECTION',
    ],
    ['rejected: the mediator goes on', ['MEDIATOR'], { ...done, confirmation: 'REJECTED' }, 'NONE'],
    ['ruled', ['CONFIRMING_JUDGE'], { ...done, confirmation: 'CONFIRMED' }, 'NONE'],
    ['in effect, not performed', ['MEDIATOR'], { ...done, performanceOpen: true }, 'RECORD_PERFORMANCE'],
    ['in effect, nothing left', ['DIRECTOR'], done, 'NONE'],
    ['in effect: the judge', ['GUIDING_JUDGE'], { ...done, performanceOpen: true }, 'NONE'],
    ['one side said no', ['DIRECTOR'], { caseStatus: 'REFUSED' }, 'NONE'],
    ['suspended', ['MEDIATOR'], { caseStatus: 'SUSPENDED' }, 'NONE'],
  ])('%s', (_name, duties, change, step) => {
    expect(nextStep({ ...prepared, ...change }, duties)).toBe(step);
  });

  const flag = fc.boolean();
  const anything: fc.Arbitrary<NextStepFacts> = fc.record({
    caseStatus: fc.constantFrom(...CaseStatus.options),
    mediatorAccepted: flag,
    offeredToMe: flag,
    disclosed: flag,
    consentsMissing: flag,
    identityMissing: flag,
    identityUnattested: flag,
    session: fc.constantFrom(null, ...SessionStatus.options),
    agreement: fc.constantFrom(null, ...AgreementStatus.options),
    paper: flag,
    mySignature: flag,
    allSigned: flag,
    receiptMissing: flag,
    performanceOpen: flag,
    confirmation: fc.constantFrom(null, ...ConfirmationStatus.options),
  });

  test('nobody without a seat is sent to the room, and only the seal-holder is asked to seal', () => {
    const duties = fc.uniqueArray(fc.constantFrom(...Duty.options));
    const reached = new Set<NextStep>();
    fc.assert(
      fc.property(anything, duties, (facts, held) => {
        const step = nextStep(facts, held);
        reached.add(step);
        if (step === 'ENTER_ROOM')
          expect(held.some((d) => /^(DIRECTOR|MEDIATOR|RECORDER|GUIDING_JUDGE)$/.test(d))).toBe(true);
        if (step === 'SEAL') expect([held.includes('SEAL_HOLDER'), facts.allSigned]).toEqual([true, true]);
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect([...reached].sort()).toEqual([...NextStep.options].sort());
  });
});
