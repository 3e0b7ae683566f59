import type { AgreementStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const agreementEvents = [
  'freeze', // 定稿
  'change-text', // 改动文本，已签的作废
  'sign', // 有人签名
  'complete-paper', // 纸质签署经两人核对
  'seal', // 印章保管人决定盖章
  'complete-seal', // 印章已盖，生效
  'agree-orally', // 口头协议
  'refuse', // 一方拒签
  'abandon', // 不再签署
] as const;
export type AgreementEvent = (typeof agreementEvents)[number];

type Row = Record<AgreementEvent, AgreementStatus | null>;
const refuseAll = Object.fromEntries(agreementEvents.map((event) => [event, null])) as Row;
const row = (moves: Partial<Row>): Row => ({ ...refuseAll, ...moves });

export const agreementTransitions: Record<AgreementStatus, Row> = {
  DRAFTING: row({ freeze: 'FROZEN', 'agree-orally': 'EFFECTIVE', abandon: 'VOID' }),
  FROZEN: row({
    'change-text': 'DRAFTING',
    sign: 'SIGNING',
    'complete-paper': 'EFFECTIVE',
    refuse: 'REFUSED',
    abandon: 'VOID',
  }),
  SIGNING: row({
    'change-text': 'DRAFTING',
    sign: 'SIGNING',
    seal: 'SEALING',
    refuse: 'REFUSED',
    abandon: 'VOID',
  }),
  SEALING: row({ 'complete-seal': 'EFFECTIVE' }),
  EFFECTIVE: row({}),
  VOID: row({}),
  REFUSED: row({}),
};

export function nextAgreementStatus(status: AgreementStatus, event: AgreementEvent): AgreementStatus {
  const to = agreementTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
