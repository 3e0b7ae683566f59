import type { CorrectionStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

export const correctionEvents = [
  'make', // 各方同意，补正书制成
  'refuse', // 一方不同意
  'withdraw', // 提出的人撤回
] as const;
export type CorrectionEvent = (typeof correctionEvents)[number];

const ended = { make: null, refuse: null, withdraw: null };
/** 补正 of one slip. It ends once; a refused one may be proposed anew. */
export const correctionTransitions: Record<
  CorrectionStatus,
  Record<CorrectionEvent, CorrectionStatus | null>
> = {
  PROPOSED: { make: 'MADE', refuse: 'REFUSED', withdraw: 'WITHDRAWN' },
  MADE: ended,
  REFUSED: ended,
  WITHDRAWN: ended,
};

/** The state after an event; ILLEGAL_TRANSITION when the table has none. */
export function nextCorrectionStatus(status: CorrectionStatus, event: CorrectionEvent): CorrectionStatus {
  const to = correctionTransitions[status][event];
  if (to === null) throw new DomainError('ILLEGAL_TRANSITION', { status, event });
  return to;
}
