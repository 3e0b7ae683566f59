import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type SigningFacts, signingHurdles } from './signing-hurdles.ts';

const ready: SigningFacts = {
  role: 'party',
  remote: true,
  identityChecked: true,
  identityAttested: true,
  satAtStation: false,
  eSignatureConsent: true,
  specialAuthority: false,
  sharesPhone: false,
  phoneApproved: true,
  phoneNew: false,
  actsItself: true,
  represented: true,
};

describe('what stands against an electronic signature', () => {
  it.each<[string, Partial<SigningFacts>, string, RegExp]>([
    ['identity not compared', { identityChecked: false }, 'IDENTITY_MISSING', /在线调解规则》第17条/],
    ['identity not attested by a second person', { identityAttested: false }, 'IDENTITY_MISSING', /第17条/],
    ['somebody at home, at the station’s screen', { remote: false }, 'NOT_AT_STATION', /电子签名法第13条/],
    ['no consent to sign electronically', { eSignatureConsent: false }, 'CONSENT_MISSING', /电子签名法第3条/],
    [
      'an agent with general authority',
      { role: 'agent' },
      'SPECIAL_AUTHORITY_REQUIRED',
      /民事诉讼法第62条.*第89条/,
    ],
    ['one number for two people, remotely', { sharesPhone: true }, 'PHONE_SHARED', /电子签名法第13条/],
    ['a number that nobody approved', { phoneApproved: false }, 'PHONE_UNAPPROVED', /电子签名法第13条/],
    ['a number entered today', { phoneNew: true }, 'PHONE_TOO_NEW', /电子签名法第13条/],
    [
      'an organisation that names no representative',
      { represented: false },
      'REPRESENTATIVE_MISSING',
      /第61条/,
    ],
    ['a minor who may not bind itself', { actsItself: false }, 'GUARDIAN_REQUIRED', /民法典第19、20条/],
  ])('%s', (_name, change, code, basis) => {
    expect(signingHurdles({ ...ready, ...change })).toEqual([{ code, basis: expect.stringMatching(basis) }]);
  });

  it.each<[string, Partial<SigningFacts>]>([
    ['a grown-up party with everything done', {}],
    [
      'whatever the phone, at the station’s own screen',
      { remote: false, satAtStation: true, sharesPhone: true, phoneApproved: false, phoneNew: true },
    ],
    ['an agent with special authority', { role: 'agent', specialAuthority: true }],
    ['the guardian of a minor', { role: 'agent', specialAuthority: true, actsItself: false }],
  ])('nothing stands in the way: %s', (_name, change) => {
    expect(signingHurdles({ ...ready, ...change })).toEqual([]);
  });

  test('every hurdle cites its article, whatever the facts', () => {
    const facts = fc.record<SigningFacts>({
      role: fc.constantFrom('party', 'agent'),
      remote: fc.boolean(),
      identityChecked: fc.boolean(),
      satAtStation: fc.boolean(),
      identityAttested: fc.boolean(),
      eSignatureConsent: fc.boolean(),
      specialAuthority: fc.boolean(),
      sharesPhone: fc.boolean(),
      phoneApproved: fc.boolean(),
      phoneNew: fc.boolean(),
      actsItself: fc.boolean(),
      represented: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (f) => {
        const hurdles = signingHurdles(f);
        for (const { basis } of hurdles) expect(basis).toMatch(/第\d+.*条/);
        if (!f.identityChecked || !f.eSignatureConsent) expect(hurdles).not.toEqual([]);
        expect(new Set(hurdles.map((h) => h.code)).size).toBe(hurdles.length);
      }),
    );
  });
});
