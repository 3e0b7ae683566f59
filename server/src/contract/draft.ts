import * as Y from 'yjs';
import * as z from 'zod';
import type { TermKind } from './terms.ts';

/**
 * The draft's Yjs document, the same for browser and server. Prose is `Y.Text`, so that two people write in one
 * paragraph; amounts (分), dates, people and choices are whole values, so that they never merge into nonsense.
 * Terms and instalments are never moved, they carry a number to be sorted by: whoever writes in one that somebody
 * else moves at that moment loses no word.
 *
 * facts, disputed, performance: Y.Text
 * terms: Y.Array of Y.Map { id, kind, order?, … } whose prose fields are Y.Text; `instalments` is a Y.Map by id
 */
export const proseFields = ['facts', 'disputed', 'performance'] as const;
export type ProseField = (typeof proseFields)[number];

/** Fields of a term that are prose; everything else is a whole value. */
export const termProse: Record<string, readonly string[]> = {
  payment: ['purpose'],
  split: ['purpose'],
  act: ['what', 'standard', 'acceptedBy', 'costBorneBy', 'remedy'],
  apology: ['form'],
  waiver: ['text'],
  default: ['text'],
  costs: ['what'],
  other: ['text'],
} satisfies Record<TermKind, readonly string[]>;

const draftLimits = {
  prose: 8000,
  terms: 40,
  termProse: 3000,
  updateBytes: 64 * 1024,
  stateBytes: 512 * 1024,
} as const;

export { draftLimits };

export type DraftTerm = { id: string; kind: string } & Record<string, unknown>;
export type DraftContent = { facts: string; disputed: string; performance: string; terms: DraftTerm[] };

export function draftProse(doc: Y.Doc, field: ProseField): Y.Text {
  return doc.getText(field);
}

export function draftTerms(doc: Y.Doc): Y.Array<Y.Map<unknown>> {
  return doc.getArray('terms');
}

/** Plain content in its order; prose as strings. Two Y documents with the same state give the same content. */
export function readDraft(doc: Y.Doc): DraftContent {
  return {
    facts: draftProse(doc, 'facts').toString(),
    disputed: draftProse(doc, 'disputed').toString(),
    performance: draftProse(doc, 'performance').toString(),
    terms: sortedMaps(doc).map(plainTerm),
  };
}

/** Where a map or an instalment stands: its own number, or its place where it was written before there were numbers. */
const orderOf = (value: unknown, place: number): number => {
  if (value === undefined) return place;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('an order is a number');
  return value;
};

function sortedMaps(doc: Y.Doc): Y.Map<unknown>[] {
  return draftTerms(doc)
    .map((map, place) => ({ map, place, order: orderOf(map.get('order'), place) }))
    .sort((a, b) => a.order - b.order || a.place - b.place)
    .map(({ map }) => map);
}

function plainTerm(map: Y.Map<unknown>): DraftTerm {
  const { order: _, ...plain } = map.toJSON() as DraftTerm;
  const parts = plain.instalments;
  if (map.get('instalments') instanceof Y.Map)
    plain.instalments = Object.entries(parts as Record<string, Record<string, unknown>>)
      .map(([id, { order, ...part }], place) => ({ order: orderOf(order, place), part: { ...part, id } }))
      .sort((a, b) => a.order - b.order || (a.part.id < b.part.id ? -1 : 1))
      .map(({ part }) => part);
  return plain;
}

/** Builds a term's map; prose fields become texts of their own, instalments values of their own. */
export function newTermMap(term: DraftTerm, order?: number): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  const prose = termProse[term.kind] ?? [];
  for (const [key, value] of Object.entries(term)) {
    if (prose.includes(key)) map.set(key, new Y.Text(typeof value === 'string' ? value : ''));
    else if (key === 'instalments' && Array.isArray(value)) map.set(key, partsMap(value));
    else map.set(key, value);
  }
  for (const key of prose) if (!(key in term)) map.set(key, new Y.Text(''));
  if (order !== undefined) map.set('order', order);
  return map;
}

function partsMap(parts: { id: string }[]): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  for (const [order, { id, ...part }] of parts.entries()) map.set(id, { ...part, order });
  return map;
}

/** The map of one term, or undefined when somebody removed it meanwhile. */
export function termMap(doc: Y.Doc, termId: string): Y.Map<unknown> | undefined {
  return draftTerms(doc)
    .toArray()
    .find((map) => map.get('id') === termId);
}

/** Adds a term at the end. */
export function addTerm(doc: Y.Doc, term: DraftTerm): void {
  const last = sortedMaps(doc).length;
  const orders = draftTerms(doc).map((map, place) => orderOf(map.get('order'), place));
  doc.transact(() => draftTerms(doc).push([newTermMap(term, Math.max(last - 1, ...orders) + 1)]));
}

export function removeTerm(doc: Y.Doc, termId: string): void {
  const place = draftTerms(doc)
    .toArray()
    .findIndex((map) => map.get('id') === termId);
  if (place >= 0) draftTerms(doc).delete(place, 1);
}

/** Replaces a term's content: of the same kind word by word in its own map, else by a new one at its place. */
export function replaceTerm(doc: Y.Doc, term: DraftTerm): void {
  const map = termMap(doc, term.id);
  if (!map) {
    addTerm(doc, term);
    return;
  }
  doc.transact(() => {
    if (map.get('kind') !== term.kind) {
      const place = draftTerms(doc).toArray().indexOf(map);
      const order = orderOf(map.get('order'), place);
      draftTerms(doc).delete(place, 1);
      draftTerms(doc).insert(place, [newTermMap(term, order)]);
      return;
    }
    for (const [key, value] of Object.entries(term)) {
      const now = map.get(key);
      if (now instanceof Y.Text) editText(now, String(value ?? ''));
      else if (key === 'instalments' && Array.isArray(value)) map.set(key, partsMap(value));
      else map.set(key, value);
    }
  });
}

/** Moves a term one place up or down; only its number changes. */
export function moveTerm(doc: Y.Doc, termId: string, by: -1 | 1): void {
  const maps = sortedMaps(doc);
  const at = maps.findIndex((map) => map.get('id') === termId);
  const map = maps[at];
  if (!map || !maps[at + by]) return;
  const place = new Map(draftTerms(doc).map((each, i) => [each, i]));
  const order = (each: Y.Map<unknown> | undefined) =>
    each && orderOf(each.get('order'), place.get(each) ?? 0);
  const [near, far] = [order(maps[at + by]) ?? 0, order(maps[at + 2 * by])];
  map.set('order', far === undefined ? near + by : (near + far) / 2);
}

/** Writes one instalment; the others stay as whoever writes them has them. */
export function setPart(map: Y.Map<unknown>, part: { id: string } & Record<string, unknown>): void {
  const { id, ...rest } = part;
  const parts = partsOf(map);
  const before = parts.get(id) as { order?: number } | undefined;
  const last = Math.max(
    -1,
    ...[...parts.values()].map((p, i) => orderOf((p as { order?: number }).order, i)),
  );
  parts.set(id, { ...rest, order: before?.order ?? last + 1 });
}

export function removePart(map: Y.Map<unknown>, partId: string): void {
  partsOf(map).delete(partId);
}

/** The term's instalments as a map; a list of an earlier day becomes one. */
function partsOf(map: Y.Map<unknown>): Y.Map<unknown> {
  const found = map.get('instalments');
  if (found instanceof Y.Map) return found;
  map.set('instalments', partsMap(Array.isArray(found) ? found : []));
  return map.get('instalments') as Y.Map<unknown>;
}

/** Changes a Y.Text to `next` with the smallest edit, so that two writers keep both their words. */
export function editText(text: Y.Text, next: string): void {
  const before = text.toString();
  if (before === next) return;
  let start = 0;
  while (start < before.length && start < next.length && before[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < next.length - start &&
    before[before.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  // Never between the two halves of a rare character (𠮷).
  if (/[\uD800-\uDBFF]/.test(before[start - 1] ?? '')) start -= 1;
  if (end > 0 && /[\uDC00-\uDFFF]/.test(before[before.length - end] ?? '')) end -= 1;
  text.doc?.transact(() => {
    text.delete(start, before.length - start - end);
    text.insert(start, next.slice(start, next.length - end));
  });
}

export const DraftUpdateInput = z.object({ update: z.base64().max(90_000) });

/** What was noticed in the text: `stop` stands against freezing, `warn` deserves a look. */
export const Finding = z.object({
  level: z.enum(['stop', 'warn']),
  code: z.string(),
  termId: z.string().nullable(),
  basis: z.string(),
  /** What exactly, in figures or words of the text. */
  detail: z.string().nullable(),
});

export const DraftState = z.object({
  agreementId: z.uuid(),
  status: z.string(),
  seq: z.int(),
  /** The whole merged document, base64. */
  state: z.string(),
  /** SHA-256 of the canonical content: what an approval binds. */
  contentSha256: z.string(),
  approvals: z.array(
    z.object({
      partyId: z.uuid(),
      name: z.string(),
      at: z.iso.datetime(),
      current: z.boolean(),
      /** The asking party's own, or that of whom the asking agent acts for. */
      mine: z.boolean(),
      /** Sequence number of the text that was agreed to, to compare with; null from before it was kept. */
      seq: z.int().nullable(),
    }),
  ),
  findings: z.array(Finding),
  /** The wording of each term as it would be signed; what is missing yet stands as ＿＿. */
  wording: z.array(z.object({ termId: z.string(), text: z.string() })),
  /** Which version of which template the text started from; 0 came with the program. */
  template: z.object({ key: z.string(), number: z.int() }).nullable(),
  canEdit: z.boolean(),
  /** Names whose signatures fall if the text changes now. */
  signaturesAtStake: z.array(z.string()),
});
export type DraftState = z.infer<typeof DraftState>;
