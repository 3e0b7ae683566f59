import type { CheckKind, Track } from '../../contract/enums.ts';

export type OpenFacts = {
  track: Track;
  /** The court's own inquiry: no mediator discloses, and its articles are others. */
  inquiry?: boolean;
  parties: { name: string; identityChecked: boolean; detail: string | null }[];
  mediators: { name: string; disclosed: boolean }[];
  warningGiven: string | null;
  rightsRead: string | null;
};
export type OpenGuard = {
  kind: CheckKind;
  name: string | null;
  done: boolean;
  basis: string;
  detail: string | null;
};

/** The basis that the screen shows: B and C run under the Rules, A follows them as its own procedure. */
function basisOf(track: Track, article: string): string {
  return track === 'A'
    ? `本平台规程（参照《人民法院在线调解规则》第${article}条）`
    : `《人民法院在线调解规则》第${article}条`;
}

/** The court asks both parties together and checks what they agreed. */
const inquiryBasis = '民诉法解释第356条';

/** What must be done by name before a session opens; it opens when every line is done. */
export function openGuards(facts: OpenFacts): OpenGuard[] {
  const identity = facts.inquiry ? inquiryBasis : basisOf(facts.track, '17');
  // Without a mediator there is nobody who has disclosed.
  const named = facts.mediators.length > 0 ? facts.mediators : [{ name: null, disclosed: false }];
  const mediators = facts.inquiry ? [] : named;
  return [
    ...facts.parties.map(
      (p): OpenGuard => ({
        kind: 'IDENTITY',
        name: p.name,
        done: p.identityChecked,
        basis: identity,
        detail: p.detail,
      }),
    ),
    {
      kind: 'FALSE_MEDIATION_WARNING',
      name: null,
      done: facts.warningGiven !== null,
      basis: identity,
      detail: facts.warningGiven,
    },
    ...mediators.map(
      (m): OpenGuard => ({
        kind: 'DISCLOSURE',
        name: m.name,
        done: m.disclosed,
        basis: basisOf(facts.track, '13'),
        detail: null,
      }),
    ),
    {
      kind: 'RIGHTS_NOTICE',
      name: null,
      done: facts.rightsRead !== null,
      basis: facts.inquiry ? inquiryBasis : '人民调解法第23、24条',
      detail: facts.rightsRead,
    },
  ];
}
