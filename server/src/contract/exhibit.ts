import * as z from 'zod';

export const ShowInput = z.object({
  attachmentId: z.uuid(),
  /** Seats that may see it; whoever shows it always does. */
  seatIds: z.array(z.uuid()).min(1).max(12),
});
const Share = z.number().min(0).max(1);
export const MoveInput = z.object({
  page: z.int().min(1).max(500),
  /** Where the pointer is, in shares of the page; null takes it away. */
  pointer: z.object({ x: Share, y: Share }).nullable(),
});
export type MoveInput = z.infer<typeof MoveInput>;
export const ExhibitView = z.object({
  shown: z
    .object({
      id: z.uuid(),
      name: z.string(),
      pages: z.int(),
      page: z.int(),
      pointer: z.object({ x: Share, y: Share }).nullable(),
      by: z.string(),
      /** This seat moves page and pointer. */
      mine: z.boolean(),
      /** Who has seen it so far, for staff. */
      seenBy: z.array(z.string()),
    })
    .nullable(),
});
export type ExhibitView = z.infer<typeof ExhibitView>;
