import type { ErrorCode } from '../../contract/errors.ts';

/** What must be known of one party (or agent) before an electronic signature may be given. */
export type SigningFacts = {
  role: 'party' | 'agent';
  /** Whether this person acts over a link (remotely) or at the station's screen. */
  remote: boolean;
  identityChecked: boolean;
  /** 人证一致 attested by a second person, who is not at the station and sees face and document by video. */
  identityAttested: boolean;
  /** Compared in person, and named among those at the station's screen in a session of this day. */
  satAtStation: boolean;
  eSignatureConsent: boolean;
  /** For agents: verified, itemised SETTLE and SIGN, inside its period. */
  specialAuthority: boolean;
  /** Somebody else of the case gave the same number: the other side, another signer, a member of staff. */
  sharesPhone: boolean;
  /** A second person knows the number to be this person's, and no change of it waits. */
  phoneApproved: boolean;
  /** The number was entered or changed today (Shanghai). */
  phoneNew: boolean;
  /** The party binds itself: of full capacity, or 8 to 17 with its guardian's consent. */
  actsItself: boolean;
  /** A natural person, or an organisation whose representative is named. */
  represented: boolean;
};

export type Hurdle = { code: ErrorCode; basis: string };

const ownControl = '电子签名法第13条（专有、专控）';

/**
 * Why this person may not sign electronically now; empty when nothing stands in the way. Each hurdle names its
 * basis. Under 8 the guardian acts; from 8 to 17 it acts or consents (民法典 19–20). What concerns the telephone does
 * not concern the station's screen: there the director calls by name and sends no code.
 */
export function signingHurdles(facts: SigningFacts): Hurdle[] {
  const hurdles: Hurdle[] = [];
  const add = (stands: boolean, code: ErrorCode, basis: string) => {
    if (stands) hurdles.push({ code, basis });
  };
  add(
    !facts.identityChecked || !facts.identityAttested,
    'IDENTITY_MISSING',
    '参照《人民法院在线调解规则》第17条',
  );
  add(!facts.remote && !facts.satAtStation, 'NOT_AT_STATION', ownControl);
  add(!facts.eSignatureConsent, 'CONSENT_MISSING', '电子签名法第3条');
  add(
    facts.role === 'agent' && !facts.specialAuthority,
    'SPECIAL_AUTHORITY_REQUIRED',
    '民事诉讼法第62条、民诉法解释第89条（参照）',
  );
  add(facts.role === 'party' && !facts.actsItself, 'GUARDIAN_REQUIRED', '民法典第19、20条');
  add(facts.role === 'party' && !facts.represented, 'REPRESENTATIVE_MISSING', '民法典第61条');
  add(facts.remote && facts.sharesPhone, 'PHONE_SHARED', ownControl);
  add(facts.remote && !facts.phoneApproved, 'PHONE_UNAPPROVED', ownControl);
  add(facts.remote && facts.phoneNew, 'PHONE_TOO_NEW', ownControl);
  return hurdles;
}
