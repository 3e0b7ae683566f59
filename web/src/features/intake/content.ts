import type { IntakeContent, IntakeParty } from '@tongxi/server/contract/intake.ts';
import { filledAgent } from '../representation/index.ts';

export type Side = IntakeParty['side'];

export const emptyParty = (side: Side): IntakeParty => ({
  side,
  kind: 'PERSON',
  name: '',
  phone: '',
  idNumber: '',
  ethnicity: '汉族',
  occupation: '',
  address: '',
  creditCode: '',
  representative: '',
  guardianName: '',
  usesStation: false,
  agents: [],
});

export const emptyContent: IntakeContent = {
  disputeType: 'NEIGHBOURS',
  facts: '',
  requests: '',
  walkIn: false,
  parties: [emptyParty('APPLICANT'), emptyParty('RESPONDENT')],
};

/** Only what was filled in; the server checks every value again. */
export function filled(party: IntakeParty) {
  const { side, kind, name, usesStation, agents, ...rest } = party;
  const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''));
  return { side, kind, name, usesStation, agents: agents.map(filledAgent), ...values };
}
