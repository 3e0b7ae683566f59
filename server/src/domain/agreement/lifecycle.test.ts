import { describe, expect, it, test } from 'vitest';
import { AgreementStatus } from '../../contract/enums.ts';
import {
  type AgreementEvent,
  agreementEvents,
  agreementTransitions,
  nextAgreementStatus,
} from './lifecycle.ts';

const expected: Record<AgreementStatus, string> = {
  DRAFTING: 'freeze>FROZEN agree-orally>EFFECTIVE abandon>VOID',
  FROZEN: 'change-text>DRAFTING sign>SIGNING complete-paper>EFFECTIVE refuse>REFUSED abandon>VOID',
  SIGNING: 'change-text>DRAFTING sign>SIGNING seal>SEALING refuse>REFUSED abandon>VOID',
  SEALING: 'complete-seal>EFFECTIVE',
  EFFECTIVE: '',
  VOID: '',
  REFUSED: '',
};

describe('lifecycle of an agreement', () => {
  test('every state and every event is decided', () => {
    expect(Object.keys(agreementTransitions).sort()).toEqual([...AgreementStatus.options].sort());
    for (const row of Object.values(agreementTransitions))
      expect(Object.keys(row)).toEqual([...agreementEvents]);
  });

  it.each(AgreementStatus.options)('%s moves as written and no other way', (status) => {
    const moves = new Map(expected[status].split(' ').map((move) => move.split('>') as [string, string]));
    for (const event of agreementEvents) {
      const to = moves.get(event);
      if (to) expect(nextAgreementStatus(status, event)).toBe(to);
      else
        expect(() => nextAgreementStatus(status, event)).toThrow(
          expect.objectContaining({ code: 'ILLEGAL_TRANSITION', details: { status, event } }),
        );
    }
  });

  it.each<[string, string, AgreementStatus]>([
    ['five signatures and the seal', 'freeze sign sign sign sign seal complete-seal', 'EFFECTIVE'],
    ['on paper', 'freeze complete-paper', 'EFFECTIVE'],
    ['by word of mouth', 'agree-orally', 'EFFECTIVE'],
    [
      'changed after a signature: all sign again',
      'freeze sign change-text freeze sign seal complete-seal',
      'EFFECTIVE',
    ],
    ['one will not sign', 'freeze sign refuse', 'REFUSED'],
  ])('%s', (_name, events, end) => {
    const status = (events.split(' ') as AgreementEvent[]).reduce<AgreementStatus>(
      nextAgreementStatus,
      'DRAFTING',
    );
    expect(status).toBe(end);
  });

  test('media are never mixed: after the first electronic signature paper is closed', () => {
    expect(() => nextAgreementStatus('SIGNING', 'complete-paper')).toThrow(/ILLEGAL_TRANSITION/);
  });

  test('no seal before anybody has signed, and nothing touches what is being sealed or in effect', () => {
    expect(() => nextAgreementStatus('FROZEN', 'seal')).toThrow(/ILLEGAL_TRANSITION/);
    for (const event of agreementEvents.filter((e) => e !== 'complete-seal'))
      expect(agreementTransitions.SEALING[event]).toBeNull();
    expect(Object.values(agreementTransitions.EFFECTIVE).every((to) => to === null)).toBe(true);
  });
});
