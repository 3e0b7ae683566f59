import * as z from 'zod';
import { DraftSource } from './enums.ts';

/** A point of the draft's history: `s12` after the twelfth change, `v1` the first frozen version. */
export const VersionRef = z.string().regex(/^(s(0|[1-9]\d{0,8})|v[1-9]\d{0,5})$/);

const Author = z.object({ name: z.string(), source: DraftSource });
export const DraftHistory = z.object({
  /** Oldest first. Changes of one author close together are one point. */
  points: z.array(z.object({ ref: VersionRef, at: z.iso.datetime(), changes: z.int(), author: Author })),
  versions: z.array(
    z.object({
      ref: VersionRef,
      number: z.int(),
      frozenAt: z.iso.datetime(),
      by: z.string(),
      voidedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type DraftHistory = z.infer<typeof DraftHistory>;

export const Piece = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
  /** Of an addition or removal: whose; null where nobody kept it (texts from before authors were kept). */
  author: Author.nullable(),
});
export type Piece = z.infer<typeof Piece>;
export const Comparison = z.object({
  from: VersionRef,
  to: VersionRef,
  sections: z.array(
    z.object({
      /** facts, disputed, performance, or the id of a term. */
      key: z.string(),
      kind: z.enum(['prose', 'term']),
      /** Number of the term before and after; null where it is not there. */
      before: z.int().nullable(),
      after: z.int().nullable(),
      pieces: z.array(Piece),
    }),
  ),
});
export type Comparison = z.infer<typeof Comparison>;
