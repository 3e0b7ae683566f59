import * as z from 'zod';
import { AgentKind, AgentPower, CaseRequestKind, InviteAs } from './enums.ts';

const optional = (max: number) => z.string().trim().max(max).exactOptional();

/** What a power of attorney gives: general (一般授权), or special with every power named (民诉法 62). */
const authority = {
  special: z.boolean().default(false),
  powers: z.array(AgentPower).max(AgentPower.options.length).default([]),
  validFrom: z.iso.date().exactOptional(),
  validTo: z.iso.date().exactOptional(),
};
type Authority = { special: boolean; powers: string[]; validFrom?: string; validTo?: string };
/** A bare “全权代理” is general authority (民诉法解释 89): special authority without a power named is refused. */
const itemised = ({ special, powers }: Authority) => special === powers.length > 0;
const inOrder = ({ validFrom, validTo }: Authority) => !validFrom || !validTo || validFrom <= validTo;
const namedPowers = { message: 'special authority names its powers', path: ['powers'] };
const rightPeriod = { message: 'the period ends before it begins', path: ['validTo'] };

/** An agent, or the guardian of a minor, as entered: nothing of it counts before it is verified. */
export const AgentInput = z
  .object({
    kind: AgentKind.default('AUTHORISED'),
    name: z.string().trim().min(1).max(60),
    phone: optional(20),
    idNumber: optional(18),
    /** Of a guardian: 父亲、母亲、祖父…. */
    relation: optional(20),
    ...authority,
  })
  .refine(itemised, namedPowers)
  .refine(inOrder, rightPeriod);
export type AgentInput = z.infer<typeof AgentInput>;

/** What the verifier read in the paper itself; it replaces what was entered. */
export const AuthorityInput = z
  .object({
    proofId: z.uuid(),
    originalSeen: z.literal(true),
    /** Where they were not known yet: nobody's identity is checked without a number. */
    idNumber: optional(18),
    phone: optional(20),
    ...authority,
  })
  .refine(itemised, namedPowers)
  .refine(inOrder, rightPeriod);
export type AuthorityInput = z.infer<typeof AuthorityInput>;

export const GuardianConsentInput = z.object({ agreed: z.boolean() });
const reason = z.string().trim().min(1).max(500);
export const CapacityInput = z.object({ doubted: z.boolean(), reason });
export const ReasonInput = z.object({ reason });
/** A party asks itself (its own session), or the host records which party asked. */
export const RequestInput = z.object({ kind: CaseRequestKind, partyId: z.uuid().exactOptional(), reason });
export const ObserverInput = z
  .object({
    staffUserId: z.uuid(),
    duty: z.enum(['POLICE_LIAISON', 'INVITED']),
    as: InviteAs.default('GUEST'),
    /** Of an interpreter, as the record names it: 宁波话—普通话, 手语…. */
    language: z.string().trim().min(1).max(30).exactOptional(),
  })
  .refine(({ as, language }) => (as === 'INTERPRETER') === (language !== undefined), {
    message: 'an interpreter, and nobody else, has a language',
    path: ['language'],
  });
