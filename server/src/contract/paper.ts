import * as z from 'zod';

const Check = z.object({ name: z.string(), at: z.iso.datetime() });

/** How far signing by hand has come. */
export const PaperState = z.object({
  versionId: z.uuid(),
  /** Photographs of the signed and sealed pages, in order. */
  scans: z.array(z.object({ id: z.uuid(), name: z.string(), sha256: z.string() })),
  signedOn: z.iso.date().nullable(),
  /** Who compared them with the frozen text: two different people. */
  checks: z.array(Check).max(2),
  /** Whether the asking person is one of them already. */
  checkedByMe: z.boolean(),
});
export type PaperState = z.infer<typeof PaperState>;

export const ChoosePaperInput = z.object({ reason: z.string().trim().min(1).max(300) });
export const PaperScansInput = z.object({
  attachmentIds: z.array(z.uuid()).min(1).max(20),
  signedOn: z.iso.date(),
});
/** What the checker looked at: CONFLICT when the photographs were replaced meanwhile. */
export const CheckPaperInput = z.object({
  scans: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(20),
});
