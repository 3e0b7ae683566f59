import type { ConfirmationStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const confirmationEvents = [
  'apply', // 各申请人签名完毕，交人民法院
  'accept', // 受理
  'confirm', // 裁定确认有效
  'reject', // 驳回申请：变更协议、重新调解或起诉 (民事诉讼法 206)
  'withdraw', // 裁定前撤回 (民诉法解释 357)
] as const;
export type ConfirmationEvent = (typeof confirmationEvents)[number];

/** 司法确认, a record of its own: it runs beside performance. A rejected or withdrawn one is followed by a new row. */
export const confirmationTransitions: Record<
  ConfirmationStatus,
  Record<ConfirmationEvent, ConfirmationStatus | null>
> = {
  SIGNING: { apply: 'APPLIED', accept: null, confirm: null, reject: null, withdraw: 'WITHDRAWN' },
  APPLIED: { apply: null, accept: 'ACCEPTED', confirm: null, reject: 'REJECTED', withdraw: 'WITHDRAWN' },
  ACCEPTED: { apply: null, accept: null, confirm: 'CONFIRMED', reject: 'REJECTED', withdraw: 'WITHDRAWN' },
  CONFIRMED: { apply: null, accept: null, confirm: null, reject: null, withdraw: null },
  REJECTED: { apply: null, accept: null, confirm: null, reject: null, withdraw: null },
  WITHDRAWN: { apply: null, accept: null, confirm: null, reject: null, withdraw: null },
};

/** The state after an event; ILLEGAL_TRANSITION when the table has none. */
export function nextConfirmationStatus(
  status: ConfirmationStatus,
  event: ConfirmationEvent,
): ConfirmationStatus {
  const to = confirmationTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
