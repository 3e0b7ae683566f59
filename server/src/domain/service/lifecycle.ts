import type { ServiceStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const serviceEvents = [
  'send', // 发出
  'arrive', // 到达受送达人系统
  'read', // 受送达人阅知
  'sign-for', // 签收（纸质或当面）
] as const;
export type ServiceEvent = (typeof serviceEvents)[number];

/**
 * 送达 of one document to one party. Reports of a provider come late and out of order: what is known better stays
 * (a message that arrives after it was read changes nothing), and paper may be signed for at any time.
 */
export const serviceTransitions: Record<ServiceStatus, Record<ServiceEvent, ServiceStatus | null>> = {
  PENDING: { send: 'SENT', arrive: 'ARRIVED', read: 'READ', 'sign-for': 'SIGNED_FOR' },
  SENT: { send: null, arrive: 'ARRIVED', read: 'READ', 'sign-for': 'SIGNED_FOR' },
  ARRIVED: { send: null, arrive: null, read: 'READ', 'sign-for': 'SIGNED_FOR' },
  READ: { send: null, arrive: null, read: null, 'sign-for': 'SIGNED_FOR' },
  SIGNED_FOR: { send: null, arrive: null, read: null, 'sign-for': null },
};

/** The state after an event; ILLEGAL_TRANSITION when the table has none. */
export function nextServiceStatus(status: ServiceStatus, event: ServiceEvent): ServiceStatus {
  const to = serviceTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}

/** States from which an event leads on: the `where` of its conditional update. */
export function serviceStatesBefore(event: ServiceEvent): ServiceStatus[] {
  return (Object.keys(serviceTransitions) as ServiceStatus[]).filter(
    (status) => serviceTransitions[status][event] !== null,
  );
}
