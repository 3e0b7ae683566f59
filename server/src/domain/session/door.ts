import type { SessionStatus } from '../../contract/enums.ts';
import { DomainError } from '../errors.ts';

/** A room with media stands in these. */
export const running: readonly SessionStatus[] = ['CHECKING', 'OPEN', 'PAUSED'];

/** What is known of a seat that wants into the room. */
export type AtTheDoor = {
  status: SessionStatus;
  /** An agent whose authority nobody has verified yet. */
  unverifiedAgent: boolean;
  /** Removed by the host. */
  denied: boolean;
  /** Of a party: to mediation and to going online. */
  consents: boolean;
  admitted: boolean;
  /** Nobody new is let in. */
  locked: boolean;
};

/**
 * Who comes into a room, by whatever way. `called`: by the host, who lets in by the same act; everybody else was
 * admitted before. While people are checked an agent may be seen; nobody speaks for a party before the authority is
 * verified (民事诉讼法 62, by analogy). AUTHORITY_UNVERIFIED, REMOVED_FROM_SESSION, SESSION_NOT_OPEN, CONSENT_MISSING,
 * NOT_ADMITTED, SESSION_LOCKED.
 */
export function requireDoor(at: AtTheDoor, called: boolean): void {
  if (at.unverifiedAgent && at.status !== 'CHECKING')
    throw new DomainError('AUTHORITY_UNVERIFIED', { basis: '民事诉讼法第62条（参照）' });
  if (at.denied) throw new DomainError('REMOVED_FROM_SESSION');
  if (!running.includes(at.status)) throw new DomainError('SESSION_NOT_OPEN', { status: at.status });
  if (!at.consents) throw new DomainError('CONSENT_MISSING');
  if (at.admitted) return;
  if (!called) throw new DomainError('NOT_ADMITTED');
  if (at.locked) throw new DomainError('SESSION_LOCKED');
}
