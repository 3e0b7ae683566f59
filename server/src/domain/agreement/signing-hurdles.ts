import type { ErrorCode } from '../../contract/errors.ts';

/** What must be known of one party (or agent) before an electronic signature may be given. */
export type SigningFacts = {
  role: 'party' | 'agent';
  /** Whether this person acts over a link (remotely) or at the station's screen. */
  remote: boolean;
  identityChecked: boolean;
  /** Attested by a second person by video, or an independent witness is named. */
  identityAttested: boolean;
  eSignatureConsent: boolean;
  /** For agents: verified, itemised SETTLE and SIGN, inside its period. */
  specialAuthority: boolean;
  /** Two opposing parties gave one number. */
  sharesPhoneWithOpponent: boolean;
  /** The party binds itself: of full capacity, or 8 to 17 with its guardian's consent. */
  actsItself: boolean;
};

export type Hurdle = { code: ErrorCode; basis: string };

/**
 * Why this person may not sign electronically now; empty when nothing stands in the way. Each hurdle names its
 * basis. Under 8 the guardian acts; from 8 to 17 it acts or consents (民法典 19–20).
 */
export function signingHurdles(facts: SigningFacts): Hurdle[] {
  const hurdles: Hurdle[] = [];
  if (!facts.identityChecked || !facts.identityAttested) {
    hurdles.push({ code: 'IDENTITY_MISSING', basis: '参照《人民法院在线调解规则》第17条' });
  }
  if (!facts.eSignatureConsent) hurdles.push({ code: 'CONSENT_MISSING', basis: '电子签名法第3条' });
  if (facts.role === 'agent' && !facts.specialAuthority) {
    hurdles.push({ code: 'SPECIAL_AUTHORITY_REQUIRED', basis: '民事诉讼法第62条、民诉法解释第89条（参照）' });
  }
  if (facts.remote && facts.sharesPhoneWithOpponent) {
    hurdles.push({ code: 'FORBIDDEN', basis: '电子签名法第13条（专有、专控）' });
  }
  if (facts.role === 'party' && !facts.actsItself) {
    hurdles.push({ code: 'GUARDIAN_REQUIRED', basis: '民法典第19、20条' });
  }
  return hurdles;
}
