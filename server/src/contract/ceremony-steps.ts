import * as z from 'zod';
import { CeremonyStepKind, Duty, FlagResult } from './enums.ts';
import { FlagCode } from './flags.ts';

/**
 * What every persisted step of a ceremony says (`CeremonyStep.data`), by kind: the evidence report is drawn from these
 * rows and the audit chain (`stepSha256` of each ceremony event is the SHA-256 of the row's RFC 8785 form), never from
 * memory. Times are the row's `at`; identity checks, consents and hand-overs have rows and audit events of their own.
 */

/** LOOPBACK and PRIVATE: this machine, the court's own network. */
export const NetworkClass = z.enum(['LOOPBACK', 'PRIVATE', 'PUBLIC', 'UNKNOWN']);
export type NetworkClass = z.infer<typeof NetworkClass>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A member of staff by id and by the name of that moment. */
const Person = z.object({ id: z.uuid(), name: z.string() });

/** On which device and network a step was taken; part of every step. */
export const StepTrace = z.object({
  /** LINK: on the signer's own phone. HAND_OVER: at the station's screen. STAFF: a signed-in member of staff. */
  via: z.enum(['LINK', 'HAND_OVER', 'STAFF', 'SYSTEM']),
  /** The party or staff session under which it was taken. */
  session: z.uuid().nullable(),
  /** The enrolled station device, if it was one. */
  device: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The browser as it calls itself. */
  userAgent: z.string().max(300),
  network: NetworkClass,
  /** First 24 (IPv4) or 48 (IPv6) bits; '' where there is none. */
  networkPrefix: z.string(),
  requestId: z.string(),
});
export type StepTrace = z.infer<typeof StepTrace>;

/** The three voluntariness questions; `unpressed: false` says that somebody pressed. */
export const VoluntaryAnswers = z.object({
  understood: z.boolean(),
  free: z.boolean(),
  unpressed: z.boolean(),
});
/** How a mediator or judge reached somebody whom nobody else could hear. */
export const AloneWay = z.enum(['IN_PERSON', 'VIDEO', 'TELEPHONE']);
export type AloneWay = z.infer<typeof AloneWay>;

/** How the full text was taken in. */
export const ReadingWay = z.enum(['SCROLLED', 'READ_ALOUD_BY_BROWSER', 'READ_ALOUD_BY_PERSON']);

export const Screen = z.object({
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
  /** Language of the pages, e.g. zh-CN. */
  language: z.string().max(20),
});

export const stepData = {
  /** The signer, called by name, has the agreement before them. */
  OPENED: z.object({ screen: Screen.nullable(), baseSha256: Sha256.nullable() }),
  /** The whole text: hash of what the browser showed, how, in which language, who (or which voice) read it aloud. */
  READ: z.object({
    textSha256: Sha256,
    how: ReadingWay,
    language: z.string().nullable(),
    reader: z.string().nullable(),
    voice: z.string().nullable(),
    /** Seconds for which the text was before the signer, by the browser. */
    seconds: z.int().nullable(),
  }),
  /** Answers on the own screen, or asked aloud by the mediator while the others were away. */
  QUESTIONS: VoluntaryAnswers.extend({
    passed: z.boolean(),
    by: z.enum(['SELF', 'MEDIATOR']),
    askedBy: Person.nullable(),
    way: z.enum(['SCREEN', ...AloneWay.options]),
    othersAway: z.boolean().nullable(),
    language: z.string().nullable(),
  }),
  /** Mediator or judge talked with this signer alone, because of these flags. The note is in the audit row alone. */
  PRIVATE_CHECK: z.object({
    flags: z.array(z.union([FlagCode, z.literal('ANSWERED_NO')])),
    result: FlagResult,
    by: Person,
    duty: Duty,
    way: AloneWay,
  }),
  /** Fresh handwriting, shown back and found legible by the signer. */
  INK: z.object({ inkSha256: Sha256, points: z.int(), strokes: z.int() }),
  /** Instead of handwriting: the photographed thumbprint (re-encoded, stored encrypted) and the strokes made of it. */
  THUMBPRINT: z.object({ imageSha256: Sha256, storageKey: z.string(), inkSha256: Sha256, strokes: z.int() }),
  /** The independent witness signed for it: name as on the document that was compared, own handwriting. */
  WITNESS: z.object({
    aidId: z.uuid(),
    name: z.string(),
    idNumberMasked: z.string(),
    identityCheckedBy: Person,
    inkSha256: Sha256,
    inkStorageKey: z.string(),
    thumbprintSha256: Sha256,
    baseSha256: Sha256.nullable(),
  }),
  /** An organisation's seal, compared with its registered image by name. */
  ORG_SEAL: z.object({
    registeredId: z.uuid(),
    registeredSha256: Sha256,
    shownId: z.uuid(),
    shownSha256: Sha256,
    comparedBy: Person,
    duty: Duty,
  }),
  /** The code of that moment, bound to the base's hash; at the station the handed-over screen stands for it. */
  CODE: z.object({
    by: z.enum(['SMS', 'STATION']),
    boundTo: Sha256.nullable(),
    maskedPhone: z.string().nullable(),
    handedOverBy: Person.nullable(),
  }),
  /** Asked with a consent of its own; `taken: false` records the no. */
  PHOTO: z.object({
    taken: z.boolean(),
    imageSha256: Sha256.nullable(),
    storageKey: z.string().nullable(),
    /** SHA-256 of the consent's wording, and its version. */
    consentSha256: Sha256,
    consentVersion: z.int(),
  }),
  CERTIFICATE: z.object({ serial: z.string(), verification: z.string(), level: z.literal('BROWSER_KEY') }),
  SIGNED: z.object({ documentSha256: Sha256, serial: z.string(), tokenTime: z.iso.datetime() }),
  /** The reason is on the signature row; `stage` says which step was open. */
  DECLINED: z.object({ stage: CeremonyStepKind }),
} as const satisfies Record<CeremonyStepKind, z.ZodType>;

export type StepData<K extends CeremonyStepKind> = z.infer<(typeof stepData)[K]>;
/** A row as it is stored: the step's own facts and its trace. */
export type StoredStep<K extends CeremonyStepKind> = StepData<K> & { trace: StepTrace };
