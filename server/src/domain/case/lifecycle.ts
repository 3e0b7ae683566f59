import type { CaseStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

/** What happens to a case. 司法确认, service and performance are records of their own beside it. */
export const caseEvents = [
  'register', // 登记 (a lead becomes an application)
  'screen', // 适格审查通过
  'return', // 退回
  'ask-consent', // 征询
  'refuse', // 一方不同意
  'lose-contact', // 联系不上
  'assign', // 选定调解员
  'decline-assignment', // 调解员不接受或逾期
  'accept', // 接受并披露
  'walk-in', // 双方到场，直接开始
  'start-session', // 开始核对
  'start-inquiry', // 司法确认询问开始核对 (民诉法解释 356)
  'continue-later', // 有待继续调解
  'change-mediator', // 更换调解员
  'agree', // 达成一致（冻结文本）
  'reopen-talks', // 协议作废，继续调解
  'fail', // 未达成
  'withdraw', // 自行和解撤回
  'expire', // 期限届满未延长
  'no-show-ends', // 一方未参加调解
  'take-effect', // 生效
  'agree-orally', // 口头协议
  'breach', // 未履行
  'remind', // 督促履行
  'perform', // 履行完毕
  'transfer', // 移交
  'close', // 结案
  'archive', // 归档
  'suspend', // 疑似虚假调解
  'resume', // 恢复
] as const;
export type CaseEvent = (typeof caseEvents)[number];

/** `null` refuses; RESUME goes back to where SUSPENDED came from. */
type Target = CaseStatus | 'RESUME' | null;
type Row = Record<CaseEvent, Target>;

const refuseAll = Object.fromEntries(caseEvents.map((event) => [event, null])) as Row;
const row = (moves: Partial<Row>): Row => ({ ...refuseAll, ...moves });

/** Signs of false mediation may come up at any time before the file is archived (在线调解规则 23). */
const suspect: Partial<Row> = { suspend: 'SUSPENDED' };

/** Ends that are open to a case until its agreement takes effect (在线调解规则 25, 人民调解法 17). */
const ends: Partial<Row> = {
  refuse: 'REFUSED',
  'lose-contact': 'UNREACHABLE',
  fail: 'NO_AGREEMENT',
  withdraw: 'CLOSED',
  expire: 'NO_AGREEMENT',
  'no-show-ends': 'NO_AGREEMENT',
  ...suspect,
};

/** domain.md section 3, every state and every event decided. */
export const caseTransitions: Record<CaseStatus, Row> = {
  LEAD: row({ ...suspect, register: 'APPLIED', return: 'RETURNED', transfer: 'TRANSFERRED' }),
  APPLIED: row({
    screen: 'SCREENED',
    return: 'RETURNED',
    'walk-in': 'ACCEPTED',
    withdraw: 'CLOSED',
    ...suspect,
  }),
  SCREENED: row({
    ...ends,
    'ask-consent': 'CONSENT',
    assign: 'ASSIGNED',
    accept: 'ACCEPTED',
    'walk-in': 'ACCEPTED',
    return: 'RETURNED',
  }),
  RETURNED: row({ ...suspect, transfer: 'TRANSFERRED', close: 'CLOSED' }),
  CONSENT: row({ ...ends, assign: 'ASSIGNED', accept: 'ACCEPTED', 'walk-in': 'ACCEPTED' }),
  REFUSED: row({ ...suspect, transfer: 'TRANSFERRED', close: 'CLOSED' }),
  UNREACHABLE: row({ ...suspect, transfer: 'TRANSFERRED', close: 'CLOSED', 'ask-consent': 'CONSENT' }),
  ASSIGNED: row({
    ...ends,
    'decline-assignment': 'CONSENT',
    accept: 'ACCEPTED',
    assign: 'ASSIGNED',
    'walk-in': 'ACCEPTED',
  }),
  ACCEPTED: row({
    ...ends,
    'start-session': 'MEDIATING',
    'change-mediator': 'CONSENT',
    assign: 'ASSIGNED',
    'agree-orally': 'PERFORMING',
  }),
  MEDIATING: row({
    ...ends,
    'start-session': 'MEDIATING',
    'continue-later': 'ACCEPTED',
    'change-mediator': 'CONSENT',
    agree: 'AGREED',
    'agree-orally': 'PERFORMING',
  }),
  AGREED: row({
    ...ends,
    'reopen-talks': 'MEDIATING',
    'start-session': 'AGREED',
    'take-effect': 'PERFORMING',
  }),
  NO_AGREEMENT: row({ ...suspect, transfer: 'TRANSFERRED', close: 'CLOSED', archive: 'ARCHIVED' }),
  TRANSFERRED: row({ ...suspect, close: 'CLOSED', archive: 'ARCHIVED' }),
  PERFORMING: row({
    'start-inquiry': 'PERFORMING',
    breach: 'BREACHED',
    perform: 'CLOSED',
    ...suspect,
  }),
  BREACHED: row({
    'start-inquiry': 'BREACHED',
    remind: 'PERFORMING',
    perform: 'CLOSED',
    transfer: 'TRANSFERRED',
    ...suspect,
  }),
  CLOSED: row({ ...suspect, archive: 'ARCHIVED' }),
  ARCHIVED: row({}),
  SUSPENDED: row({ resume: 'RESUME', transfer: 'TRANSFERRED' }),
};

const over: readonly CaseStatus[] = [
  'RETURNED',
  'REFUSED',
  'UNREACHABLE',
  'NO_AGREEMENT',
  'TRANSFERRED',
  'CLOSED',
  'ARCHIVED',
];

/** Whether talks are over in this state: an agreement that is not in effect by then never will be. */
export function talksAreOver(status: CaseStatus): boolean {
  return over.includes(status);
}

/**
 * The state after an event; ILLEGAL_TRANSITION when the table has none. `resumeTo` is what SUSPENDED returns to.
 */
export function nextCaseStatus(
  status: CaseStatus,
  event: CaseEvent,
  resumeTo: CaseStatus | null = null,
): CaseStatus {
  const target = caseTransitions[status][event];
  if (target === null || (target === 'RESUME' && resumeTo === null))
    throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return target === 'RESUME' ? (resumeTo as CaseStatus) : target;
}
