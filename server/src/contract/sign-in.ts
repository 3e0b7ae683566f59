import * as z from 'zod';
import { CaseStatus, Duty, Medium, RecordKind, SessionStatus } from './enums.ts';

const Instant = z.iso.datetime();

export const PasswordInput = z.object({
  login: z.string().trim().min(1).max(80),
  password: z.string().min(1).max(200),
});
/** Six digits of the authenticator, or a backup code. */
export const TotpInput = z.object({ code: z.string().trim().min(6).max(40) });

/** What the sign-in page offers here. */
export const SignInOptions = z.object({
  demo: z.boolean(),
  /** Name of the government identity service, when one is configured. */
  identityProvider: z.string().nullable(),
  /** The enrolled device's station. */
  stationName: z.string().nullable(),
});
export const DeviceSignIn = z.object({
  station: z.object({ id: z.uuid(), name: z.string(), phone: z.string() }),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
  /** What the device signs with its own key, within two minutes; null for a device without one. */
  challenge: z.string().nullable(),
});
/** The device's signature (ECDSA P-256 with SHA-256, raw, base64) over the challenge's text. */
const DeviceProof = z.object({ challenge: z.string().max(300), signature: z.string().max(200) });
export const StaffChoice = z.object({ staffUserId: z.uuid(), proof: DeviceProof.optional() });
export const SixDigits = z.string().regex(/^\d{6}$/);
export const DeviceCodeInput = z.object({
  staffUserId: z.uuid(),
  code: SixDigits,
  proof: DeviceProof.optional(),
});
export const MaskedPhone = z.object({ maskedPhone: z.string() });

export const Me = z.object({
  kind: z.enum(['staff', 'party', 'device', 'none']),
  name: z.string(),
  staffUserId: z.uuid().nullable(),
  duties: z.array(Duty),
  stationId: z.uuid().nullable(),
  stationName: z.string().nullable(),
  courtName: z.string().nullable(),
  /** Whether the staff session sits at an enrolled station device. */
  atStation: z.boolean(),
  /** A staff session that still owes its second factor. */
  secondFactorMissing: z.boolean(),
  /** Whether one has a PIN that takes a handed-over screen back. */
  hasPin: z.boolean(),
  sessionExpiresAt: Instant.nullable(),
  /** Whom this station's screen is handed to, if anybody, and in which case. */
  handedOverTo: z.string().nullable(),
  handedOverCaseId: z.uuid().nullable(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

const secret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .optional();
const spokenCode = z
  .string()
  .regex(/^\d{8}$/)
  .optional();
/** What a party has in hand: the link's secret or the eight digits they were told. */
export const LinkInput = z.object({ secret, spokenCode });
export const InvitationView = z.object({
  committee: z.string(),
  station: z.string(),
  stationPhone: z.string(),
  startsAt: Instant.nullable(),
  /** Surname only. */
  addressee: z.string(),
  maskedPhone: z.string().nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;
/** 本人 / 家属代收. */
export const AnsweredAs = z.enum(['SELF', 'FAMILY']);
export const LinkCodeInput = LinkInput.extend({ code: SixDigits, answeredAs: AnsweredAs });

export const InvitationAnswer = z.object({
  id: z.uuid(),
  link: z.string(),
  spokenCode: z.string(),
  expiresAt: Instant,
  sent: z.boolean(),
});
export const InvitedPerson = z.object({
  partyId: z.uuid(),
  agentId: z.uuid().nullable(),
  name: z.string(),
  maskedPhone: z.string().nullable(),
  invitation: z
    .object({
      id: z.uuid(),
      state: z.enum(['SENT', 'USED', 'EXPIRED', 'REVOKED']),
      expiresAt: Instant,
      link: z.string().nullable(),
      spokenCode: z.string().nullable(),
    })
    .nullable(),
});
export type InvitedPerson = z.infer<typeof InvitedPerson>;

/** What the person is asked to do at the handed-over screen. */
export const HandOverPurpose = z.enum(['CONSENT', 'READ', 'SIGN', 'RECORD']);
export type HandOverPurpose = z.infer<typeof HandOverPurpose>;
export const HandOverInput = z.object({
  caseId: z.uuid(),
  partyId: z.uuid(),
  agentId: z.uuid().optional(),
  purpose: HandOverPurpose.optional(),
});
export const Pin = z.string().regex(/^\d{4,8}$/);
export const PinInput = z.object({ pin: Pin });

/** Where a party stands; the server decides, the page shows. */
export const PartyStep = z.enum([
  'FAMILY', // 家属代收：只看时间
  'CONSENT',
  'DEVICE_CHECK',
  'LOBBY',
  'ROOM',
  'READ_DRAFT',
  'CONFIRM_RECORD',
  'SIGN',
  'WAIT',
  'DONE',
  'ENDED',
]);
export type PartyStep = z.infer<typeof PartyStep>;
export const PartyHome = z.object({
  name: z.string(),
  partyId: z.uuid(),
  agent: z.boolean(),
  via: z.enum(['LINK', 'HAND_OVER']),
  answeredAs: AnsweredAs,
  caseId: z.uuid(),
  caseTitle: z.string(),
  caseNumber: z.string().nullable(),
  caseStatus: CaseStatus,
  committeeName: z.string(),
  stationName: z.string(),
  stationPhone: z.string(),
  sessionId: z.uuid().nullable(),
  sessionStatus: SessionStatus.nullable(),
  /** That session is the court's own: 司法确认询问. */
  inquiry: z.boolean(),
  startsAt: Instant.nullable(),
  agreementId: z.uuid().nullable(),
  medium: Medium,
  /** The person's own place on the frozen version. */
  place: z.enum(['NONE', 'OPEN', 'SIGNED', 'DECLINED']),
  /** A record or sheet of facts that was read out and waits for this person's word. */
  recordWaits: z.object({ sessionId: z.uuid(), kind: RecordKind }).nullable(),
  step: PartyStep,
  demo: z.boolean(),
});
export type PartyHome = z.infer<typeof PartyHome>;

export const DemoPeople = z.array(
  z.object({
    name: z.string(),
    login: z.string(),
    /** Empty when the person chose another. */
    password: z.string(),
    /** A code that was not used yet; empty for people without an authenticator. */
    totp: z.string(),
    duties: z.array(Duty),
  }),
);
export type DemoPeople = z.infer<typeof DemoPeople>;
export const DemoOutbox = z.array(
  z.object({
    id: z.uuid(),
    to: z.string(),
    template: z.string(),
    values: z.record(z.string(), z.string()),
    at: Instant,
    sent: z.boolean(),
  }),
);
export type DemoOutbox = z.infer<typeof DemoOutbox>;
