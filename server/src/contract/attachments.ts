import * as z from 'zod';
import { AttachmentKind } from './enums.ts';

/** Bytes of one uploaded file. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

/** The text fields of an upload; `partyId` and `originalSeen` are the staff's to give. */
export const UploadFields = z.object({
  kind: AttachmentKind,
  /** Whose paper it is, when staff add it for a party. */
  partyId: z.uuid().exactOptional(),
  /** 已核对原件 */
  originalSeen: z.enum(['true', 'false']).exactOptional(),
});
export type UploadFields = z.infer<typeof UploadFields>;

export const AttachmentView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: AttachmentKind,
  mime: z.string(),
  size: z.int(),
  sha256: z.string(),
  pages: z.int(),
});
export type AttachmentView = z.infer<typeof AttachmentView>;
