/** Every legal clock with its source. Track A takes 10, 12 and 15 as its own procedure (参照), hence configurable. */
export const legalClocks = {
  CHOOSE_MEDIATOR: { amount: 2, unit: 'working-days', basis: '《人民法院在线调解规则》第10条' },
  APPOINT_MEDIATOR: { amount: 3, unit: 'working-days', basis: '《人民法院在线调解规则》第10条' },
  ACCEPT_APPOINTMENT: { amount: 3, unit: 'working-days', basis: '《人民法院在线调解规则》第12条' },
  CONTACT_OTHER_SIDE: { amount: 3, unit: 'working-days', basis: '《人民法院在线调解规则》第15条' },
  OTHER_SIDE_ANSWER: { amount: 3, unit: 'days', basis: '本平台规程（可配置）' },
  MEDIATION_TRACK_A: { amount: 1, unit: 'months', basis: '《宁波市人民调解条例》第27条' },
  MEDIATION_TRACK_B: { amount: 30, unit: 'days', basis: '《人民法院在线调解规则》第24条' },
  MEDIATION_TRACK_C: { amount: 15, unit: 'days', basis: '《人民法院在线调解规则》第24条' },
  MEDIATION_TRACK_C_SUMMARY: { amount: 7, unit: 'days', basis: '《人民法院在线调解规则》第24条' },
  APPLY_CONFIRMATION: { amount: 30, unit: 'days', basis: '人民调解法第33条、民事诉讼法第205条' },
  DECIDE_CONFIRMATION: { amount: 30, unit: 'days', basis: '民事诉讼法第187条' },
  OBJECT_PARTY: { amount: 15, unit: 'days', basis: '民诉法解释第372条' },
  OBJECT_THIRD_PERSON: { amount: 6, unit: 'months', basis: '民诉法解释第372条' },
  ENFORCE: { amount: 24, unit: 'months', basis: '民事诉讼法第250条' },
} as const satisfies Record<
  string,
  { amount: number; unit: 'days' | 'working-days' | 'months'; basis: string }
>;

export type LegalClock = keyof typeof legalClocks;
