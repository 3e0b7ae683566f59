import * as z from 'zod';
import { FollowUpWay, PerformanceStatus, ServiceStatus } from './enums.ts';

const Instant = z.iso.datetime();

/** What follows an agreement (or the end of talks): service, performance, visits, addresses. */
export const AfterEffectView = z.object({
  services: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      partyId: z.uuid(),
      name: z.string(),
      channel: z.string(),
      status: ServiceStatus,
      at: Instant.nullable(),
      receivedBy: z.string().nullable(),
    }),
  ),
  performances: z.array(
    z.object({
      id: z.uuid(),
      label: z.string(),
      dueOn: z.string().nullable(),
      amountFen: z.int().nullable(),
      status: PerformanceStatus,
      performedAt: Instant.nullable(),
      overdue: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  followUps: z.array(
    z.object({
      id: z.uuid(),
      at: Instant,
      by: z.string(),
      way: FollowUpWay,
      performed: z.boolean(),
      text: z.string(),
    }),
  ),
  addresses: z.array(
    z.object({
      partyId: z.uuid(),
      name: z.string(),
      electronic: z.boolean().nullable(),
      at: Instant.nullable(),
    }),
  ),
  /** Ways that are open when something is not performed, with their article. */
  remedies: z.array(z.enum(['REMIND', 'ENFORCE', 'SUE', 'MEDIATE_AGAIN'])),
  /** Whether a termination notice was drawn and is being served. */
  terminationNotice: z.boolean(),
  oral: z.object({ content: z.string(), performed: z.string(), agreedAt: Instant }).nullable(),
  /** What the archive still lacks. */
  missing: z.array(z.string()),
});
export type AfterEffectView = z.infer<typeof AfterEffectView>;

/** One document that was served on the asking side. */
export const ServedDocument = z.object({
  documentId: z.uuid(),
  title: z.string(),
  at: Instant,
  readAt: Instant.nullable(),
  signedAt: Instant.nullable(),
});
export type ServedDocument = z.infer<typeof ServedDocument>;

export const PerformanceInput = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('perform'),
    on: z.iso.date(),
    note: z.string().trim().max(300).default(''),
    proofId: z.uuid().exactOptional(),
  }),
  z.object({ event: z.literal('breach'), note: z.string().trim().max(300).default('') }),
  z.object({ event: z.literal('remind'), note: z.string().trim().min(1).max(300) }),
]);
export const SignForInput = z.object({
  /** Somebody else took it (代收人，与受送达人的关系), or a witness saw the refusal. */
  receivedBy: z.string().trim().max(60).exactOptional(),
  note: z.string().trim().max(300).exactOptional(),
});
export const FollowUpInput = z.object({
  way: FollowUpWay,
  performed: z.boolean(),
  text: z.string().trim().min(1).max(2000),
});
export const OralAgreementInput = z.object({
  content: z.string().trim().min(1).max(3000),
  performed: z.string().trim().min(1).max(1000),
  /** Every party said yes to exactly this. */
  agreedBy: z.array(z.uuid()).min(2).max(20),
  /** Nobody asks for it in writing, it was performed at once, and it is no major, complex or difficult dispute. */
  noWritingAsked: z.boolean(),
  performedAtOnce: z.boolean(),
  notMajor: z.boolean(),
});
export const ServiceAddressInput = z.object({
  electronic: z.boolean(),
  receiver: z.string().trim().min(1).max(60),
  address: z.string().trim().min(1).max(200),
  phone: z.string().trim().max(20).exactOptional(),
  email: z.email().max(100).exactOptional(),
});
/** Forms that are drawn from the case's own data whenever they are printed. */
export const formKinds = [
  'acceptance',
  'oral',
  'address',
  'termination',
  'proof',
  'follow-up',
  'performance',
] as const;
export type FormKind = (typeof formKinds)[number];
