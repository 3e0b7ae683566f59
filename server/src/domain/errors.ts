import type { ErrorCode } from '../contract/errors.ts';

/** Refusals that are written into the audit log: somebody tried what is not theirs, or no longer. */
const auditedCodes: readonly ErrorCode[] = [
  'FORBIDDEN',
  'DUTY_MISSING',
  'NOT_ADMITTED',
  'REMOVED_FROM_SESSION',
  'SPECIAL_AUTHORITY_REQUIRED',
  'LINK_EXPIRED',
  'LINK_REVOKED',
  'CODE_WRONG',
  'CODE_EXPIRED',
  'CODE_USED',
  'CODE_TRIES_EXCEEDED',
  'PIN_WRONG',
];

/**
 * The one error that rules and services throw on purpose. `code` is what the client gets and translates;
 * `details` are small, non-personal values that help the sentence (a field name, a clashing time).
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  /** Whether the refusal itself is written into the audit log; by its code unless told. */
  readonly audited: boolean;
  constructor(code: ErrorCode, details: Record<string, unknown> = {}, audited = auditedCodes.includes(code)) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
    this.audited = audited;
  }
}
