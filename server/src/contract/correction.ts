import * as z from 'zod';
import { CorrectionStatus } from './enums.ts';

const words = z.string().trim().min(1).max(300);

/** A slip of the pen: what stands there, word for word, and what was meant. */
export const ProposeCorrectionInput = z.object({
  documentId: z.uuid(),
  was: words,
  corrected: words,
  reason: words,
});
export type ProposeCorrectionInput = z.infer<typeof ProposeCorrectionInput>;
export const AnswerCorrectionInput = z.object({ agreed: z.boolean() });

export const CorrectionsView = z.object({
  /** Sealed agreements and confirmed records that a slip may be corrected in. */
  correctable: z.array(z.object({ documentId: z.uuid(), title: z.string(), at: z.iso.datetime() })),
  corrections: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      status: CorrectionStatus,
      was: z.string(),
      corrected: z.string(),
      reason: z.string(),
      by: z.string(),
      at: z.iso.datetime(),
      /** Each party's word; null while it has given none. */
      answers: z.array(
        z.object({ partyId: z.uuid(), name: z.string(), agreed: z.boolean().nullable(), mine: z.boolean() }),
      ),
    }),
  ),
});
export type CorrectionsView = z.infer<typeof CorrectionsView>;
