import * as z from 'zod';

/** Another number for a party or agent, entered by staff after registration. */
export const PhoneChangeInput = z.object({
  agentId: z.uuid().exactOptional(),
  phone: z.string().trim().min(5).max(20),
  reason: z.string().trim().min(1).max(200),
});
export type PhoneChangeInput = z.infer<typeof PhoneChangeInput>;
/** A second person's word on it: they reached the person some other way. */
export const PhoneDecision = z.object({ approve: z.boolean() });

export const PhoneChangeView = z.object({
  id: z.uuid(),
  partyId: z.uuid(),
  agentId: z.uuid().nullable(),
  name: z.string(),
  maskedPhone: z.string(),
  reason: z.string(),
  enteredBy: z.string(),
  enteredAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  approved: z.boolean().nullable(),
  /** The asking person entered it: somebody else decides. */
  mine: z.boolean(),
});
export type PhoneChangeView = z.infer<typeof PhoneChangeView>;
