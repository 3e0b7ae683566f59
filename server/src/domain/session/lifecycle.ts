import type { SessionStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const sessionEvents = [
  'start-checking', // 开始核对
  'open', // 宣布开始
  'pause', // 暂停、中断
  'resume', // 继续
  'go-onsite', // 转线下
  'go-online', // 转回线上
  'reschedule', // 改期
  'no-show', // 一方未到
  'cancel', // 调解已经终结，不再举行
  'end', // 结束
] as const;
export type SessionEvent = (typeof sessionEvents)[number];

type Row = Record<SessionEvent, SessionStatus | null>;
const refuseAll = Object.fromEntries(sessionEvents.map((event) => [event, null])) as Row;
const row = (moves: Partial<Row>): Row => ({ ...refuseAll, ...moves });

/** A caucus is a child of a session, not a state. A session that ended stays ended; the next one is a new row. */
export const sessionTransitions: Record<SessionStatus, Row> = {
  SCHEDULED: row({
    'start-checking': 'CHECKING',
    reschedule: 'CANCELLED',
    'no-show': 'CANCELLED',
    cancel: 'CANCELLED',
  }),
  CHECKING: row({
    open: 'OPEN',
    'go-onsite': 'ONSITE',
    reschedule: 'CANCELLED',
    'no-show': 'CANCELLED',
    end: 'ENDED',
  }),
  OPEN: row({ pause: 'PAUSED', 'go-onsite': 'ONSITE', end: 'ENDED' }),
  PAUSED: row({ resume: 'OPEN', 'go-onsite': 'ONSITE', end: 'ENDED' }),
  ONSITE: row({ 'go-online': 'OPEN', end: 'ENDED' }),
  ENDED: row({}),
  CANCELLED: row({}),
};

export function nextSessionStatus(status: SessionStatus, event: SessionEvent): SessionStatus {
  const to = sessionTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
