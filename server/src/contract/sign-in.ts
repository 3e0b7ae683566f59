import * as z from 'zod';
import { Duty } from './enums.ts';

export const PasswordInput = z.object({ login: z.string().trim().min(1).max(80), password: z.string().min(1).max(200) });
export const TotpInput = z.object({ code: z.string().trim().min(6).max(40) });
export const DeviceSignIn = z.object({
  station: z.object({ id: z.uuid(), name: z.string(), phone: z.string() }),
  people: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export const StaffChoice = z.object({ staffUserId: z.uuid() });
export const SixDigits = z.string().regex(/^\d{6}$/);
export const DeviceCodeInput = z.object({ staffUserId: z.uuid(), code: SixDigits });
export const MaskedPhone = z.object({ maskedPhone: z.string() });

export const Me = z.object({
  kind: z.enum(['staff', 'party', 'device', 'none']),
  name: z.string(),
  staffUserId: z.uuid().nullable(),
  duties: z.array(Duty),
  stationId: z.uuid().nullable(),
  stationName: z.string().nullable(),
  courtName: z.string().nullable(),
  /** A staff session that still owes its second factor. */
  secondFactorMissing: z.boolean(),
  /** Whom this station's screen is handed to, if anybody. */
  handedOverTo: z.string().nullable(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof Me>;

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/).optional();
const spokenCode = z.string().regex(/^\d{8}$/).optional();
export const LinkInput = z.object({ secret, spokenCode });
export const InvitationView = z.object({
  committee: z.string(),
  station: z.string(),
  stationPhone: z.string(),
  startsAt: z.iso.datetime().nullable(),
  addressee: z.string(),
  maskedPhone: z.string().nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;
export const LinkCodeInput = LinkInput.extend({ code: SixDigits, answeredAs: z.enum(['SELF', 'FAMILY']) });

export const HandOverInput = z.object({ caseId: z.uuid(), partyId: z.uuid(), agentId: z.uuid().exactOptional() });
export const PinInput = z.object({ pin: z.string().regex(/^\d{4,8}$/) });

/** Where a party stands; the server decides, the page shows. */
export const PartyStep = z.enum(['CONSENT', 'DEVICE_CHECK', 'LOBBY', 'ROOM', 'READ_DRAFT', 'SIGN', 'WAIT', 'DONE', 'ENDED']);
export const PartyHome = z.object({
  name: z.string(),
  partyId: z.uuid(),
  agent: z.boolean(),
  via: z.enum(['LINK', 'HAND_OVER']),
  caseId: z.uuid(),
  caseTitle: z.string(),
  caseNumber: z.string().nullable(),
  stationName: z.string(),
  stationPhone: z.string(),
  sessionId: z.uuid().nullable(),
  startsAt: z.iso.datetime().nullable(),
  step: PartyStep,
  demo: z.boolean(),
});
export type PartyHome = z.infer<typeof PartyHome>;

export const DemoPeople = z.array(
  z.object({ name: z.string(), login: z.string(), password: z.string(), totp: z.string(), duties: z.array(Duty) }),
);
export const DemoOutbox = z.array(
  z.object({ id: z.uuid(), to: z.string(), template: z.string(), values: z.record(z.string(), z.string()), at: z.iso.datetime() }),
);

export const EnrolmentInput = z.object({ stationId: z.uuid(), name: z.string().trim().min(1).max(60) });
export const EnrolmentAnswer = z.object({ deviceId: z.uuid(), code: z.string() });
export const EnrolInput = z.object({ code: z.string().trim().min(6).max(20) });
export const StaffList = z.object({
  staff: z.array(
    z.object({ id: z.uuid(), name: z.string(), loginName: z.string(), locked: z.boolean(), disabled: z.boolean(), duties: z.array(Duty) }),
  ),
  stations: z.array(z.object({ id: z.uuid(), name: z.string() })),
  devices: z.array(z.object({ id: z.uuid(), name: z.string(), station: z.string(), enrolled: z.boolean() })),
});
