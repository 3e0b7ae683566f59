import * as z from 'zod';
import { Vouching } from './vouching.ts';

/** What the public page says of a file: one verdict, then signatures, then details. Nothing the file does not show. */
export const VerifyAnswer = z.object({
  verdict: z.enum(['genuine', 'incomplete', 'superseded', 'voided', 'changed', 'unknown', 'unreadable']),
  demo: z.boolean(),
  sha256: z.string(),
  /** Time of effect by the last required token; null unless genuine. */
  effectiveAt: z.iso.datetime().nullable(),
  caseNumber: z.string().nullable(),
  courtName: z.string().nullable(),
  problems: z.array(z.object({ code: z.string(), field: z.string().nullable() })),
  /** Who vouches for identity and time, by the weakest signature and token; null unless the file is ours. */
  vouching: Vouching.nullable(),
  /** Who has not signed yet, as the certified base names them. */
  missing: z.array(z.object({ role: z.string(), name: z.string() })),
  /** Document time stamps, oldest first; none means that the file holds only as long as its authorities (B-T). */
  stamps: z.array(
    z.object({
      field: z.string(),
      time: z.iso.datetime().nullable(),
      authority: z.string(),
      ok: z.boolean(),
      checks: z.array(z.object({ code: z.string(), ok: z.boolean() })),
    }),
  ),
  signatures: z.array(
    z.object({
      field: z.string(),
      role: z.string(),
      name: z.string(),
      time: z.iso.datetime().nullable(),
      certificate: z.string(),
      verification: z.string(),
      ok: z.boolean(),
      checks: z.array(z.object({ code: z.string(), ok: z.boolean() })),
    }),
  ),
});
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;

/** Pages as they were when somebody signed and as they are now, and where they differ (fractions from the upper left). */
export const VerifyPictures = z.object({
  pages: z.array(
    z.object({
      page: z.int(),
      /** A WebP picture as data address; null where there was, or is, no such page. */
      signed: z.string().nullable(),
      now: z.string().nullable(),
      areas: z.array(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })),
    }),
  ),
  /** Pages beyond the limit, not drawn. */
  leftOut: z.int(),
});
export type VerifyPictures = z.infer<typeof VerifyPictures>;
