import type { PerformanceStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const performanceEvents = [
  'perform', // 已履行
  'breach', // 逾期未履行
  'remind', // 督促 (人民调解法 31)
] as const;
export type PerformanceEvent = (typeof performanceEvents)[number];

/** 履行 of one instalment or act. A reminder that goes unheeded is a breach again; what was performed stays so. */
export const performanceTransitions: Record<
  PerformanceStatus,
  Record<PerformanceEvent, PerformanceStatus | null>
> = {
  PENDING: { perform: 'PERFORMED', breach: 'BREACHED', remind: null },
  BREACHED: { perform: 'PERFORMED', breach: null, remind: 'REMINDED' },
  REMINDED: { perform: 'PERFORMED', breach: 'BREACHED', remind: null },
  PERFORMED: { perform: null, breach: null, remind: null },
};

/** The state after an event; ILLEGAL_TRANSITION when the table has none. */
export function nextPerformanceStatus(status: PerformanceStatus, event: PerformanceEvent): PerformanceStatus {
  const to = performanceTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
