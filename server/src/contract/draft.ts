import * as Y from 'yjs';
import * as z from 'zod';

/**
 * The draft's Yjs document, the same for browser and server. Prose is `Y.Text`, so that two people write in one
 * paragraph; amounts (分), dates, people and choices are whole values, so that they never merge into nonsense.
 *
 * meta: Y.Map { facts: Y.Text, disputed: Y.Text, performance: Y.Text }
 * terms: Y.Array of Y.Map { id, kind, … } whose prose fields are Y.Text
 */
export const proseFields = ['facts', 'disputed', 'performance'] as const;
export type ProseField = (typeof proseFields)[number];

/** Fields of a term that are prose; everything else is a whole value. */
export const termProse: Record<string, readonly string[]> = {
  payment: ['purpose'],
  act: ['what', 'standard', 'remedy'],
  apology: ['form'],
  waiver: ['text'],
  default: ['text'],
  other: ['text'],
};

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

/** Plain content; prose as strings. Two Y documents with the same state give the same content. */
export function readDraft(doc: Y.Doc): DraftContent {
  return {
    facts: draftProse(doc, 'facts').toString(),
    disputed: draftProse(doc, 'disputed').toString(),
    performance: draftProse(doc, 'performance').toString(),
    terms: draftTerms(doc).map((term) => term.toJSON() as DraftTerm),
  };
}

/** Builds a term's map; prose fields become texts of their own. */
export function newTermMap(term: DraftTerm): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  const prose = termProse[term.kind] ?? [];
  for (const [key, value] of Object.entries(term)) {
    map.set(key, prose.includes(key) ? new Y.Text(typeof value === 'string' ? value : '') : value);
  }
  for (const key of prose) if (!(key in term)) map.set(key, new Y.Text(''));
  return map;
}

export const DraftUpdateInput = z.object({ update: z.base64().max(90_000) });
export const DraftState = z.object({
  agreementId: z.uuid(),
  status: z.string(),
  seq: z.int(),
  /** The whole merged document, base64. */
  state: z.string(),
  /** SHA-256 of the canonical content: what an approval binds. */
  contentSha256: z.string(),
  approvals: z.array(
    z.object({ partyId: z.uuid(), name: z.string(), at: z.iso.datetime(), current: z.boolean() }),
  ),
  findings: z.array(
    z.object({
      level: z.enum(['stop', 'warn']),
      code: z.string(),
      termId: z.string().nullable(),
      basis: z.string(),
    }),
  ),
  canEdit: z.boolean(),
  /** Names whose signatures fall if the text changes now. */
  signaturesAtStake: z.array(z.string()),
});
export type DraftState = z.infer<typeof DraftState>;
