import * as z from 'zod';
import {
  ConfirmationChoice,
  ConfirmationStatus,
  Medium,
  PartyKind,
  RejectionWay,
  SessionStatus,
} from './enums.ts';

/** One applicant as the application prints it: with the full identity number, by recorded separate consent. */
export const Applicant = z.object({
  id: z.uuid(),
  kind: PartyKind,
  name: z.string(),
  sex: z.string().nullable(),
  /** Calendar day. */
  birthDate: z.string().nullable(),
  ethnicity: z.string().nullable(),
  address: z.string().nullable(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  creditCode: z.string().nullable(),
  representative: z.string().nullable(),
  representativeTitle: z.string().nullable(),
  agents: z.array(z.object({ name: z.string(), capacity: z.string() })),
});
export type Applicant = z.infer<typeof Applicant>;

/** The canonical content of one 司法确认申请书: what the applicants read, hash and sign. */
export const ApplicationDocument = z.object({
  format: z.literal(1),
  title: z.literal('司法确认申请书'),
  demo: z.boolean(),
  courtName: z.string(),
  committeeName: z.string(),
  caseNumber: z.string(),
  versionId: z.uuid(),
  versionNumber: z.int(),
  /** Both sides are applicants; there is no respondent. */
  parties: z.array(Applicant),
  /** The moment of effect as a Shanghai calendar day, and the agreement's hash. */
  agreedOn: z.string(),
  agreementSha256: z.string(),
  request: z.string(),
  facts: z.string(),
  /** The agreement's clauses, word by word. */
  clauses: z.array(z.string()),
  performance: z.string(),
  pledge: z.string(),
  attachments: z.array(z.string()),
  date: z.string(),
  basis: z.string(),
  medium: z.enum(['ELECTRONIC', 'PAPER']),
  signers: z.array(
    z.object({
      role: z.enum(['party', 'agent']),
      name: z.string(),
      personId: z.uuid(),
      partyId: z.uuid(),
      capacity: z.literal('GUARDIAN').exactOptional(),
    }),
  ),
});
export type ApplicationDocument = z.infer<typeof ApplicationDocument>;

/** Fields of an application's certified base start with this: no agreement has such a name. */
export const APPLICATION_FIELD = 'applicant-';

export const ConfirmationView = z.object({
  /** Why this agreement is not confirmed by a court, with the article; null when it may be. */
  stops: z.array(z.object({ basis: z.string(), term: z.int().nullable(), words: z.string() })),
  /** Last day for the joint application; null while nothing is in effect. */
  dueOn: z.string().nullable(),
  late: z.boolean(),
  answers: z.array(
    z.object({
      partyId: z.uuid(),
      name: z.string(),
      choice: ConfirmationChoice.nullable(),
      mine: z.boolean(),
    }),
  ),
  /** What the asking party must still agree to before it can say yes. */
  courtAccessMissing: z.boolean(),
  /** The wording of the separate consent to show one's identity number; null for organisations. */
  disclosure: z.object({ zh: z.string(), en: z.string() }).nullable(),
  confirmation: z
    .object({
      id: z.uuid(),
      status: ConfirmationStatus,
      medium: Medium,
      number: z.string().nullable(),
      appliedAt: z.iso.datetime().nullable(),
      dueOn: z.string().nullable(),
      decidedAt: z.iso.datetime().nullable(),
      judge: z.string().nullable(),
      reason: z.string().nullable(),
      /** Whether the ruling's text is kept, and what was chosen after a rejection. */
      ruling: z.boolean(),
      nextWay: RejectionWay.nullable(),
      pages: z.int(),
      signers: z.array(
        z.object({
          name: z.string(),
          partyId: z.uuid().nullable(),
          agentId: z.uuid().nullable(),
          signedAt: z.iso.datetime().nullable(),
          mine: z.boolean(),
        }),
      ),
      inquiry: z.object({ id: z.uuid(), status: SessionStatus, plannedStart: z.iso.datetime() }).nullable(),
    })
    .nullable(),
});
export type ConfirmationView = z.infer<typeof ConfirmationView>;

export const AnswerConfirmationInput = z.object({
  choice: ConfirmationChoice,
  /** The separate consent to show the full identity number; needed for YES from people. */
  discloseId: z.boolean().default(false),
});
export const WithdrawConfirmationInput = z.object({ reason: z.string().trim().min(1).max(300) });
export const AcceptConfirmationInput = z.object({
  /** （2025）浙0299民特31号 */
  number: z.string().trim().min(3).max(60),
});
/** The court's own session with both parties (民诉法解释 356). */
export const PlanInquiryInput = z.object({
  plannedStart: z.iso.datetime(),
  minutes: z.int().min(10).max(240).default(30),
});
export const RuleConfirmationInput = z.discriminatedUnion('ruling', [
  z.object({ ruling: z.literal('CONFIRM') }),
  z.object({ ruling: z.literal('REJECT'), reason: z.string().trim().min(1).max(500) }),
]);
/** What the parties chose after a rejection. */
export const AfterRejectionInput = z.object({ way: RejectionWay });
export const PaperApplicationInput = z.object({
  attachmentIds: z.array(z.uuid()).min(1).max(20),
  signedOn: z.iso.date(),
});
