import * as z from 'zod';
import { AloneWay, ReadingWay, Screen, VoluntaryAnswers } from './ceremony-steps.ts';
import { AgreementStatus, CeremonyStepKind, FlagResult, Medium } from './enums.ts';
import { ErrorCode } from './errors.ts';

const SlotPlan = z.array(z.object({ kind: CeremonyStepKind, required: z.boolean(), done: z.boolean() }));

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
  /** This signer's steps in order, for the signer and for mediator and judge; empty for everybody else. */
  plan: SlotPlan,
  /** The step that waits, null when only the signature is left; where `plan` is empty always null. */
  next: CeremonyStepKind.nullable(),
  /** Thumbprint instead of handwriting: the witness by name. */
  witness: z.string().nullable(),
  /** The representative who signs for an organisation. */
  representative: z.string().nullable(),
  /** Why this person cannot sign electronically now (the signer and staff see it). */
  hurdle: z.object({ code: ErrorCode, basis: z.string() }).nullable(),
});
export type SigningSlot = z.infer<typeof SigningSlot>;

/** A version that was voided after somebody had signed it. */
export const FallenVersion = z.object({
  versionNumber: z.int(),
  voidedAt: z.iso.datetime(),
  reason: z.string(),
  /** Whose signatures fell with it. */
  names: z.array(z.string()),
});
export type FallenVersion = z.infer<typeof FallenVersion>;

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
  /** Who asks the three questions: at the station the mediator, aloud. */
  questionsBy: z.enum(['SELF', 'MEDIATOR']),
  /** Who talks with a signer alone, by name. */
  mediators: z.array(z.string()),
  /** The wording to which somebody says yes who has a photo taken. */
  photoConsent: z.object({ version: z.int(), zh: z.string(), en: z.string() }),
  /** Earlier versions whose signatures fell, and whose. */
  fallen: z.array(FallenVersion),
});
export type CeremonyState = z.infer<typeof CeremonyState>;

export const OpenInput = z.object({ screen: Screen.exactOptional() });

const language = z.string().trim().min(1).max(20);
export const ReadInput = z
  .object({
    /** What the browser computed over the text that it showed. */
    textSha256: z.string().regex(/^[0-9a-f]{64}$/),
    how: ReadingWay,
    language: language.exactOptional(),
    /** Who read it aloud, by name. */
    reader: z.string().trim().min(1).max(60).exactOptional(),
    /** The browser's voice, as it calls itself. */
    voice: z.string().trim().max(120).exactOptional(),
    seconds: z.int().min(0).max(86_400).exactOptional(),
  })
  .refine(({ how, reader }) => how !== 'READ_ALOUD_BY_PERSON' || reader !== undefined, {
    message: 'who read it aloud',
    path: ['reader'],
  })
  .refine((input) => input.how === 'SCROLLED' || input.language !== undefined, {
    message: 'in which language',
    path: ['language'],
  });

/** The three voluntariness questions; any no stops the ceremony and calls the mediator. */
export const QuestionsInput = VoluntaryAnswers;
/** The same, asked aloud by the mediator, who says that nobody else was by. */
export const AloudInput = VoluntaryAnswers.extend({ othersAway: z.literal(true), way: AloneWay, language });

/** A talk with one signer alone: the result, and a note that stays with the mediator's audit row. */
export const PrivateCheckInput = z.object({
  result: FlagResult,
  way: AloneWay,
  alone: z.literal(true),
  note: z.string().trim().min(1).max(500),
});

/** The yes to the photo names the wording that was shown; a no needs none. */
export const PhotoRefusal = z.object({ taken: z.literal(false) });
export const PhotoFields = z.object({ consentVersion: z.coerce.number().int() });

export const OrgSealInput = z.object({ registeredId: z.uuid(), shownId: z.uuid(), same: z.literal(true) });

/** Somebody who cannot write, and the independent person who will be present (签名 by thumbprint and witness). */
export const SigningAidInput = z.object({
  agentId: z.uuid().exactOptional(),
  reason: z.string().trim().min(1).max(200),
  witness: z.object({
    name: z.string().trim().min(1).max(60),
    idNumber: z.string().trim().min(15).max(18),
    relation: z.string().trim().min(1).max(60),
  }),
  /** Document and person of the witness were compared, the original seen. */
  documentSeen: z.literal(true),
  /** Neither related to a side nor interested in the outcome, as the witness says. */
  independent: z.literal(true),
});

export const CodeInput = z.object({ code: z.string().regex(/^\d{6}$/) });

const Coordinate = z.number().min(0).max(1);
/** Handwriting as the pad sends it. */
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

/** The witness of a thumbprint signs by hand and says that it was given before their eyes. */
export const WitnessInput = z.object({ ink: InkInput, saw: z.literal(true) });

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
