import type { DraftTermShape } from '../../contract/terms.ts';
import { peopleOf } from './check-draft.ts';

/**
 * Whose yes an offered term needs besides the side that offers it: everybody whom it names; all when it names nobody,
 * or nobody but that side.
 */
export function concernedBy(
  term: DraftTermShape,
  parties: readonly { id: string }[],
  offeredBy: string | null,
): string[] {
  const others = parties.map((p) => p.id).filter((id) => id !== offeredBy);
  const named = new Set(peopleOf(term).filter((id) => id !== null));
  const concerned = others.filter((id) => named.has(id));
  return concerned.length > 0 && (offeredBy !== null || concerned.length > 1) ? concerned : others;
}
