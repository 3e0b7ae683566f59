import * as z from 'zod';
import { Duty } from './enums.ts';
import { type StandingDutyName, standingDuties } from './standing-duties.ts';

const Instant = z.iso.datetime();
const Phone = z.string().regex(/^1[3-9]\d{9}$/);

export const DutyView = z.object({
  id: z.uuid(),
  duty: Duty,
  stationName: z.string().nullable(),
  committeeName: z.string().nullable(),
  since: Instant,
});
export const StaffView = z.object({
  id: z.uuid(),
  name: z.string(),
  loginName: z.string(),
  maskedPhone: z.string().nullable(),
  locked: z.boolean(),
  disabled: z.boolean(),
  hasPin: z.boolean(),
  passkeys: z.int(),
  duties: z.array(Duty),
  assignments: z.array(DutyView),
});
export type StaffView = z.infer<typeof StaffView>;

export const DeviceView = z.object({
  id: z.uuid(),
  name: z.string(),
  stationId: z.uuid(),
  station: z.string(),
  enrolled: z.boolean(),
  enrolledAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const StaffList = z.object({
  staff: z.array(StaffView),
  stations: z.array(z.object({ id: z.uuid(), name: z.string() })),
  committees: z.array(z.object({ id: z.uuid(), name: z.string() })),
  devices: z.array(DeviceView),
});
export type StaffList = z.infer<typeof StaffList>;

export const AssignDutyInput = z.object({
  duty: z.enum(Object.keys(standingDuties) as [StandingDutyName, ...StandingDutyName[]]),
  stationId: z.uuid().optional(),
  committeeId: z.uuid().optional(),
});
export type AssignDutyInput = z.infer<typeof AssignDutyInput>;

export const CreateStaffInput = z.object({
  name: z.string().trim().min(1).max(60),
  loginName: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/),
  phone: Phone.optional(),
});
export type CreateStaffInput = z.infer<typeof CreateStaffInput>;

/** Shown once, to be handed over on paper: nothing of it can be read again. */
export const Credentials = z.object({
  staffUserId: z.uuid(),
  password: z.string(),
  /** For the authenticator app. */
  totpUri: z.string(),
  totpSecret: z.string(),
  totpQr: z.string(),
  backupCodes: z.array(z.string()),
});
export type Credentials = z.infer<typeof Credentials>;

/** Nothing: a code goes to the person's own phone. `code`: what they read there. `byAdministrators`: a second one asks too. */
export const ResetInput = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/)
    .optional(),
  byAdministrators: z.boolean().optional(),
});
export type ResetInput = z.infer<typeof ResetInput>;
export const ResetAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('CODE_SENT'), maskedPhone: z.string() }),
  z.object({ state: z.literal('ASKED') }),
  z.object({ state: z.literal('DONE'), credentials: Credentials }),
]);
export type ResetAnswer = z.infer<typeof ResetAnswer>;

export const EnrolmentInput = z.object({ stationId: z.uuid(), name: z.string().trim().min(1).max(60) });
export const EnrolmentAnswer = z.object({ deviceId: z.uuid(), code: z.string(), expiresAt: Instant });
export const RenameInput = z.object({ name: z.string().trim().min(1).max(60) });
/** `publicKey`: the public half (JWK) of the key pair that the browser keeps. */
export const EnrolInput = z.object({
  code: z.string().trim().min(6).max(20),
  publicKey: z
    .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().max(60), y: z.string().max(60) })
    .optional(),
});

export const ChangePasswordInput = z.object({
  current: z.string().min(1).max(200),
  next: z.string().min(10).max(200),
});
export const SessionView = z.object({
  id: z.uuid(),
  method: z.enum(['DEVICE_SMS', 'PASSWORD', 'PASSKEY', 'OIDC']),
  device: z.string().nullable(),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
});
export const PasskeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export const Account = z.object({
  name: z.string(),
  loginName: z.string(),
  hasPassword: z.boolean(),
  hasPin: z.boolean(),
  backupCodesLeft: z.int(),
  passkeys: z.array(PasskeyView),
  sessions: z.array(SessionView),
});
export type Account = z.infer<typeof Account>;

export const AuditQuery = z.object({
  /** Rows before this number, newest first. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  action: z.string().max(60).optional(),
  caseId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditRow = z.object({
  seq: z.string(),
  at: Instant,
  action: z.string(),
  actorKind: z.string(),
  /** Name of a staff member; parties stay numbers. */
  actorName: z.string().nullable(),
  duty: Duty.nullable(),
  caseId: z.uuid().nullable(),
  caseNumber: z.string().nullable(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  /** Name of the staff member it was done to. */
  subjectName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export const AuditPage = z.object({ rows: z.array(AuditRow), next: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
export const ChainState = z.object({
  ok: z.boolean(),
  events: z.int(),
  head: z.string(),
  erased: z.int(),
  faults: z.array(z.object({ seq: z.string(), fault: z.string() })),
});
export type ChainState = z.infer<typeof ChainState>;
