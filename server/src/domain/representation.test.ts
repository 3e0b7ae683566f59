import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AgentPower } from '../contract/enums.ts';
import { actsItself, isAuthorised, mayFor, type Representative, signerOf } from './representation.ts';

const now = new Date('2025-03-15T02:00:00Z');
const day = (value: string) => new Date(`${value}T00:00:00Z`);
const agent: Representative = {
  kind: 'AUTHORISED',
  special: true,
  powers: ['SETTLE', 'SIGN'],
  verifiedAt: now,
  validFrom: null,
  validTo: null,
  consentedAt: null,
};
const guardian: Representative = { ...agent, kind: 'GUARDIAN', special: false, powers: [] };

describe('authority of an agent (民事诉讼法 62, 民诉法解释 89)', () => {
  it.each<[string, Partial<Representative>, boolean]>([
    ['verified, without a period', {}, true],
    ['not verified yet', { verifiedAt: null }, false],
    ['begins tomorrow', { validFrom: day('2025-03-16') }, false],
    ['begins today', { validFrom: day('2025-03-15') }, true],
    ['its last day is today', { validTo: day('2025-03-15') }, true],
    ['its last day was yesterday', { validTo: day('2025-03-14') }, false],
  ])('%s', (_name, change, authorised) => {
    expect(isAuthorised({ ...agent, ...change }, now)).toBe(authorised);
    expect(mayFor({ ...agent, ...change }, 'SETTLE', now)).toBe(authorised);
  });

  test('the last day lasts until midnight in Shanghai', () => {
    const last = { ...agent, validTo: day('2025-03-15') };
    expect(isAuthorised(last, new Date('2025-03-15T15:59:59Z'))).toBe(true);
    expect(isAuthorised(last, new Date('2025-03-15T16:00:00Z'))).toBe(false);
  });

  test('general authority gives no power at all; special authority those that it names', () => {
    for (const power of AgentPower.options) {
      expect(mayFor({ ...agent, special: false, powers: [...AgentPower.options] }, power, now)).toBe(false);
      expect(mayFor(agent, power, now)).toBe(power === 'SETTLE' || power === 'SIGN');
    }
  });
});

describe('who acts (民法典 17–20)', () => {
  it.each<[number | null, Representative[], boolean]>([
    [null, [], true],
    [18, [], true],
    [17, [], false],
    [17, [guardian], false],
    [17, [{ ...guardian, consentedAt: now }], true],
    [17, [{ ...guardian, consentedAt: now, verifiedAt: null }], false],
    [8, [{ ...guardian, consentedAt: now }], true],
    [7, [{ ...guardian, consentedAt: now }], false],
    [17, [{ ...agent, consentedAt: now }], false],
  ])('%s years, %j: itself %s', (age, who, itself) => {
    expect(actsItself(age, who, now)).toBe(itself);
  });

  it.each<[string, number | null, Representative[], string | null]>([
    ['a grown-up signs', 40, [], 'party'],
    ['a grown-up’s agent who may settle and sign', 40, [agent], 'AUTHORISED'],
    ['a grown-up’s agent who may not sign', 40, [{ ...agent, powers: ['SETTLE'] }], 'party'],
    ['a grown-up’s agent with general authority', 40, [{ ...agent, special: false, powers: [] }], 'party'],
    ['7: the guardian', 7, [guardian], 'GUARDIAN'],
    ['7: nobody without a guardian, an agent is none', 7, [agent], null],
    ['12: the guardian', 12, [guardian], 'GUARDIAN'],
    ['12 with consent: itself', 12, [{ ...guardian, consentedAt: now }], 'party'],
    ['12: nobody while the guardian is not verified', 12, [{ ...guardian, verifiedAt: null }], null],
    ['an organisation’s agent', null, [agent], 'AUTHORISED'],
  ])('%s', (_name, age, who, by) => {
    const signer = signerOf(age, who, now);
    expect(signer?.by === 'agent' ? signer.agent.kind : (signer?.by ?? null)).toBe(by);
  });

  test('under 8 never itself, whoever represents it', () => {
    const anybody = fc.record<Representative>({
      kind: fc.constantFrom('AUTHORISED', 'GUARDIAN'),
      special: fc.boolean(),
      powers: fc.subarray([...AgentPower.options]),
      verifiedAt: fc.constantFrom(null, now),
      validFrom: fc.constantFrom(null, day('2025-01-01'), day('2026-01-01')),
      validTo: fc.constantFrom(null, day('2025-01-01'), day('2026-01-01')),
      consentedAt: fc.constantFrom(null, now),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.array(anybody, { maxLength: 4 }), (age, who) => {
        expect(signerOf(age, who, now)?.by).not.toBe('party');
      }),
    );
  });
});
