import * as z from 'zod';
import { Action } from './actions.ts';
import { ProtectionView } from './apart.ts';
import {
  AgentKind,
  AgentPower,
  AgreementStatus,
  AppointmentStatus,
  CaseRequestKind,
  CaseStatus,
  ConsentItem,
  DisputeType,
  Duty,
  EndCode,
  IdentityMethod,
  InviteAs,
  Medium,
  PartyKind,
  PartySide,
  SessionKind,
  SessionStatus,
  Track,
} from './enums.ts';
import { FlagView } from './flags.ts';
import { NextStep } from './next-step.ts';
import { AgentInput } from './representation.ts';
import { SelfTestView } from './self-test.ts';

const optional = (max: number) => z.string().trim().max(max).exactOptional();
const Instant = z.iso.datetime();

export const PartyInput = z.object({
  side: PartySide,
  kind: PartyKind,
  name: z.string().trim().min(1).max(60),
  phone: optional(20),
  idNumber: optional(18),
  sex: optional(4),
  ethnicity: optional(20),
  birthDate: z.iso.date().exactOptional(),
  occupation: optional(60),
  address: optional(200),
  creditCode: optional(18),
  representative: optional(60),
  guardianName: optional(60),
  guardianRelation: optional(20),
  usesStation: z.boolean().default(false),
  /** One or two agents (民诉法 61, by analogy); the guardians of a minor come on top. */
  agents: z
    .array(AgentInput)
    .max(4)
    .refine((all) => all.filter((a) => a.kind === 'AUTHORISED').length <= 2)
    .default([]),
});
export type PartyInput = z.output<typeof PartyInput>;

export const RegisterInput = z.object({
  stationId: z.uuid(),
  disputeType: DisputeType,
  facts: z.string().trim().min(1).max(5000),
  requests: z.string().trim().max(3000).default(''),
  source: z.string().trim().max(60).default('当事人申请'),
  amountFen: z.int().min(0).nullable().default(null),
  walkIn: z.boolean().default(false),
  parties: z.array(PartyInput).min(2).max(20),
  /** The draft that this registration ends: of two registrations of one draft the second is refused. */
  draftId: z.uuid().exactOptional(),
});
export type RegisterInput = z.infer<typeof RegisterInput>;

export const CaseRow = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  status: CaseStatus,
  disputeType: DisputeType,
  stationName: z.string(),
  mediator: z.string().nullable(),
  judge: z.string().nullable(),
  nextStep: NextStep,
  session: z
    .object({ id: z.uuid(), status: SessionStatus, plannedStart: Instant, plannedEnd: Instant })
    .nullable(),
  readiness: z.object({
    consents: z.boolean(),
    identities: z.array(z.object({ name: z.string(), done: z.boolean() })),
    /** What the parties' own devices showed when they were tested before the session. */
    devices: z.array(z.object({ name: z.string(), test: SelfTestView.nullable() })),
  }),
  dueOn: z.string().nullable(),
  agreement: AgreementStatus.nullable(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const PartyView = z.object({
  id: z.uuid(),
  side: PartySide,
  kind: PartyKind,
  name: z.string(),
  sex: z.string().nullable(),
  ethnicity: z.string().nullable(),
  age: z.int().nullable(),
  occupation: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  address: z.string().nullable(),
  idNumberMasked: z.string().nullable(),
  creditCode: z.string().nullable(),
  representative: z.string().nullable(),
  guardianName: z.string().nullable(),
  usesStation: z.boolean(),
  /** Cannot write: the witness of the thumbprint, by name. */
  witness: z.string().nullable(),
  /** NONE and LIMITED need a guardian (民法典 19, 20); FULL also where the age is unknown. */
  capacity: z.enum(['NONE', 'LIMITED', 'FULL']),
  capacityDoubt: z.string().nullable(),
  invited: z.boolean(),
  signedIn: z.boolean(),
  consents: z.array(
    z.object({
      item: ConsentItem,
      agreed: z.boolean(),
      at: Instant,
      withdrawnAt: Instant.nullable(),
      recordedBy: z.string().nullable(),
      version: z.int(),
    }),
  ),
  identity: z
    .object({
      method: IdentityMethod,
      checkedBy: z.string(),
      checkedAt: Instant,
      attestedBy: z.string().nullable(),
      witness: z.string().nullable(),
    })
    .nullable(),
  agents: z.array(
    z.object({
      id: z.uuid(),
      kind: AgentKind,
      name: z.string(),
      relation: z.string().nullable(),
      maskedPhone: z.string().nullable(),
      idNumberMasked: z.string().nullable(),
      special: z.boolean(),
      powers: z.array(AgentPower),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
      /** Verified by whom, and whether it runs today. */
      verifiedBy: z.string().nullable(),
      verified: z.boolean(),
      /** The asking person entered it: somebody else verifies. */
      mine: z.boolean(),
      /** The guardian consents to what a person of 8 to 17 does itself. */
      consented: z.boolean(),
      identity: z.object({ checkedBy: z.string(), attestedBy: z.string().nullable() }).nullable(),
      proofId: z.uuid().nullable(),
    }),
  ),
});
export type PartyView = z.infer<typeof PartyView>;

export const CaseView = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  track: Track,
  status: CaseStatus,
  disputeType: DisputeType,
  facts: z.string(),
  requests: z.string(),
  source: z.string(),
  walkIn: z.boolean(),
  medium: Medium,
  endCode: EndCode.nullable(),
  /** Staff only, like the reasons below. */
  endReason: z.string().nullable(),
  suspended: z.object({ at: Instant, reason: z.string() }).nullable(),
  /** What sides asked of the procedure and is not settled yet; a party sees its own. */
  asked: z.array(
    z.object({ kind: CaseRequestKind, partyId: z.uuid(), name: z.string(), reason: z.string(), at: Instant }),
  ),
  /** Invited people, and who agreed to them by name. */
  observers: z.array(
    z.object({
      staffUserId: z.uuid(),
      name: z.string(),
      duty: Duty,
      /** As what; null for a police liaison. */
      as: InviteAs.nullable(),
      language: z.string().nullable(),
      agreed: z.array(z.uuid()),
      admissible: z.boolean(),
    }),
  ),
  /** The sides must not meet and talk in two rooms. */
  keptApart: z.boolean(),
  /** Why, and for whom; staff only. */
  protections: z.array(ProtectionView),
  /** For the mediator and the judge alone. */
  flags: z.array(FlagView),
  registeredAt: Instant,
  effectiveAt: Instant.nullable(),
  courtName: z.string(),
  committeeName: z.string(),
  station: z.object({ id: z.uuid(), name: z.string(), phone: z.string() }),
  parties: z.array(PartyView),
  appointments: z.array(
    z.object({
      id: z.uuid(),
      staffUserId: z.uuid(),
      name: z.string(),
      duty: Duty,
      status: AppointmentStatus,
      disclosed: z.boolean(),
      statement: z.string().nullable(),
    }),
  ),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      kind: SessionKind,
      status: SessionStatus,
      plannedStart: Instant,
      plannedEnd: Instant,
      result: z.string().nullable(),
    }),
  ),
  deadlines: z.array(z.object({ kind: z.string(), dueOn: z.string(), basis: z.string(), met: z.boolean() })),
  attachments: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      kind: z.string(),
      mime: z.string(),
      size: z.int(),
      sha256: z.string(),
      partyId: z.uuid().nullable(),
      originalSeen: z.boolean(),
    }),
  ),
  agreement: z
    .object({ id: z.uuid(), status: AgreementStatus, medium: Medium, effectiveAt: Instant.nullable() })
    .nullable(),
  paperOnly: z.object({ code: z.string(), basis: z.string() }).nullable(),
  duties: z.array(Duty),
  can: z.array(Action),
  nextStep: NextStep,
});
export type CaseView = z.infer<typeof CaseView>;

export const TimelineEntry = z.object({
  seq: z.string(),
  at: Instant,
  action: z.string(),
  duty: Duty.nullable(),
  actor: z.string().nullable(),
});
export const ConsentSheetView = z.array(
  z.object({
    item: ConsentItem,
    required: z.boolean(),
    zh: z.string(),
    en: z.string(),
    version: z.int(),
    agreed: z.boolean().nullable(),
  }),
);
export const ConsentInput = z.object({
  answers: z
    .array(z.object({ item: ConsentItem, agreed: z.boolean() }))
    .min(1)
    .max(10),
});
export const IdentityInput = z.object({
  method: IdentityMethod,
  samePerson: z.literal(true),
  reason: z.string().trim().max(300).exactOptional(),
  frontId: z.uuid().exactOptional(),
  backId: z.uuid().exactOptional(),
});
export const OfferInput = z.object({ staffUserId: z.uuid() });
export const RespondInput = z.discriminatedUnion('accept', [
  z.object({
    accept: z.literal(true),
    ties: z.array(z.string().max(100)).max(10),
    statement: z.string().trim().min(1).max(500),
  }),
  z.object({ accept: z.literal(false), reason: z.string().trim().min(1).max(300) }),
]);
export const ScheduleInput = z.object({ plannedStart: Instant, minutes: z.int().min(15).max(480) });
export const RescheduleInput = z.object({
  plannedStart: Instant,
  minutes: z.int().min(15).max(480),
  askedBy: z.string().trim().min(1).max(60),
  reason: z.string().trim().min(1).max(300),
});
export const NoShowInput = z.object({ partyId: z.uuid(), reason: z.string().trim().min(1).max(300) });
/** An agreement ends the case by taking effect and being performed, never by somebody's word. */
export const EndInput = z.object({
  code: EndCode.exclude(['AGREEMENT']),
  reason: z.string().trim().min(1).max(500),
});
export const OfferView = z.object({
  appointmentId: z.uuid(),
  caseId: z.uuid(),
  title: z.string(),
  disputeType: DisputeType,
  parties: z.array(z.string()),
  dueAt: Instant.nullable(),
});
