import { DomainError } from '../../domain/errors.ts';
import type { Deps } from '../context.ts';

/** Only a demo database answers, and only to this machine itself, not through a proxy. NOT_FOUND otherwise. */
export function requireDemo(deps: Deps, asker: { loopback: boolean; proxied: boolean }): void {
  if (!deps.settings.demo || !asker.loopback || asker.proxied) throw new DomainError('NOT_FOUND');
}
