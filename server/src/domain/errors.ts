import type { ErrorCode } from '../contract/errors.ts';

/**
 * The one error that rules and services throw on purpose. `code` is what the client gets and translates;
 * `details` are small, non-personal values that help the sentence (a field name, a clashing time).
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  constructor(code: ErrorCode, details: Record<string, unknown> = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}
