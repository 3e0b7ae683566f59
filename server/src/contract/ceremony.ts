import * as z from 'zod';
import { AgreementStatus, CeremonyStepKind, Medium } from './enums.ts';

/** One signer's place on the agreement as everybody in the case may see it. */
export const SigningSlot = z.object({
  fieldName: z.string(),
  role: z.enum(['party', 'agent', 'mediator', 'recorder', 'committee']),
  signerName: z.string(),
  /** The party it stands for, when a party or agent signs. */
  partyId: z.uuid().nullable(),
  agentId: z.uuid().nullable(),
  signedAt: z.iso.datetime().nullable(),
  declinedAt: z.iso.datetime().nullable(),
  /** Whether this signer may go on now (turn). */
  open: z.boolean(),
  /** Whether the asking person is this signer. */
  mine: z.boolean(),
  steps: z.array(z.object({ kind: CeremonyStepKind, at: z.iso.datetime() })),
});
export type SigningSlot = z.infer<typeof SigningSlot>;

export const CeremonyState = z.object({
  agreementId: z.uuid(),
  status: AgreementStatus,
  medium: Medium,
  versionId: z.uuid(),
  versionNumber: z.int(),
  caseNumber: z.string(),
  /** SHA-256 of the certified base PDF: the version's hash, bound by every certificate and code. */
  baseSha256: z.string().nullable(),
  /** SHA-256 of the canonical text that the signer's own browser hashes again. */
  canonicalSha256: z.string(),
  /** The canonical text (RFC 8785 JSON), byte for byte what is hashed. */
  canonicalText: z.string(),
  pages: z.int(),
  slots: z.array(SigningSlot),
  /** Whether my code comes by SMS or is the director's presence at the station. */
  codeBy: z.enum(['SMS', 'STATION', 'NONE']),
  maskedPhone: z.string().nullable(),
});
export type CeremonyState = z.infer<typeof CeremonyState>;

export const ReadInput = z.object({
  /** What the browser computed over the text that it showed. */
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  how: z.enum(['SCROLLED', 'READ_ALOUD_BY_BROWSER', 'READ_ALOUD_BY_PERSON']),
  language: z.string().max(20).optional(),
});

/** The three voluntariness questions; any no stops the ceremony and calls the mediator. */
export const QuestionsInput = z.object({
  understood: z.boolean(),
  free: z.boolean(),
  unpressed: z.boolean(),
});

export const CodeInput = z.object({ code: z.string().regex(/^\d{6}$/) });

const Coordinate = z.number().min(0).max(1);
export const InkInput = z.object({
  width: z.number().min(50).max(4000),
  height: z.number().min(50).max(4000),
  strokes: z
    .array(
      z
        .array(z.tuple([Coordinate, Coordinate]))
        .min(1)
        .max(2000),
    )
    .min(1)
    .max(200),
});

const Base64 = (max: number) => z.base64().max(max);
export const CertificateInput = z.object({ csr: Base64(8000) });
export const CertificateAnswer = z.object({
  certificate: z.string(),
  chain: z.array(z.string()),
  serial: z.string(),
});
export const PrepareAnswer = z.object({ digest: z.string(), headSha256: z.string() });
export const CompleteInput = z.object({ signedAttributes: Base64(8000), signature: Base64(400) });
export const CompleteAnswer = z.object({ signedAt: z.iso.datetime() });
export const DeclineInput = z.object({ reason: z.string().trim().min(1).max(500) });
export const FieldParam = z.object({ caseId: z.uuid(), fieldName: z.string().min(1).max(60) });
