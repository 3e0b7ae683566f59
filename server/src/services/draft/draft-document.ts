import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as Y from 'yjs';
import { type DraftContent, draftLimits, readDraft } from '../../contract/draft.ts';
import { DraftTermShape } from '../../contract/terms.ts';
import { DomainError } from '../../domain/errors.ts';

/** Opens a merged state; an empty one is an empty draft. */
export function openDraft(state: Uint8Array | null): Y.Doc {
  const doc = new Y.Doc({ gc: true });
  if (state) Y.applyUpdate(doc, state);
  return doc;
}

/**
 * Applies one update to a merged state and returns the new state and content. DRAFT_INVALID when the bytes are no
 * update, or when what they make has a wrong type, an unknown kind, a value out of range or too much of anything.
 */
export function mergeUpdate(
  state: Uint8Array | null,
  update: Uint8Array,
): { state: Uint8Array; content: DraftContent } {
  if (update.length > draftLimits.updateBytes) throw new DomainError('DRAFT_INVALID', { reason: 'size' });
  const doc = openDraft(state);
  try {
    Y.applyUpdate(doc, update);
  } catch {
    throw new DomainError('DRAFT_INVALID', { reason: 'update' });
  }
  const content = validContent(doc);
  const merged = Y.encodeStateAsUpdate(doc);
  if (merged.length > draftLimits.stateBytes) throw new DomainError('DRAFT_INVALID', { reason: 'size' });
  return { state: merged, content };
}

/** Yjs client numbers that this update adds something of to the state. */
export function writersOf(state: Uint8Array | null, update: Uint8Array): number[] {
  const known = state ? Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state)) : new Map<number, number>();
  const fresh = Y.decodeUpdate(update).structs.filter(
    (struct) =>
      !(struct instanceof Y.Skip) && struct.id.clock + struct.length > (known.get(struct.id.client) ?? 0),
  );
  return [...new Set(fresh.map((struct) => struct.id.client))];
}

/** Content of a document whose every value has the right type. An unfinished draft is fine, a wrong one is not. */
export function validContent(doc: Y.Doc): DraftContent {
  let content: DraftContent;
  try {
    for (const key of doc.share.keys()) {
      if (!['facts', 'disputed', 'performance', 'terms'].includes(key)) throw new Error('unknown part');
    }
    // Own values alone: what an update hides behind `__proto__` is neither shown nor hashed, so it is not there.
    content = JSON.parse(JSON.stringify(readDraft(doc))) as DraftContent;
  } catch {
    throw new DomainError('DRAFT_INVALID', { reason: 'shape' });
  }
  const { facts, disputed, performance, terms } = content;
  if ([facts, disputed, performance].some((text) => text.length > draftLimits.prose))
    throw new DomainError('DRAFT_INVALID', { reason: 'length' });
  if (terms.length > draftLimits.terms) throw new DomainError('DRAFT_INVALID', { reason: 'terms' });
  if (new Set(terms.map((t) => t.id)).size !== terms.length)
    throw new DomainError('DRAFT_INVALID', { reason: 'ids' });
  const read = terms.map((term) => {
    const parsed = DraftTermShape.safeParse(term);
    if (!parsed.success)
      throw new DomainError('DRAFT_INVALID', {
        reason: 'term',
        field: parsed.error.issues[0]?.path.join('.') ?? '',
      });
    return parsed.data;
  });
  return { facts, disputed, performance, terms: read };
}

/** What an approval binds: SHA-256 (hex) over the RFC 8785 form of the content. */
export function contentSha256(content: DraftContent): string {
  return createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');
}
