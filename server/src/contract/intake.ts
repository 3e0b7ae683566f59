import * as z from 'zod';
import { AgentPower, DisputeType, PartyKind, PartySide } from './enums.ts';

const text = (max: number) => z.string().max(max).default('');

const IntakeAgent = z.object({
  name: text(60),
  phone: text(20),
  idNumber: text(18),
  special: z.boolean().default(false),
  powers: z.array(AgentPower).max(AgentPower.options.length).default([]),
  validFrom: text(10),
  validTo: text(10),
});

/** One party as far as it has been typed: nothing is checked before registering, lengths apart. */
export const IntakeParty = z.object({
  side: PartySide,
  kind: PartyKind,
  name: text(60),
  phone: text(20),
  idNumber: text(18),
  ethnicity: text(20),
  occupation: text(60),
  address: text(200),
  creditCode: text(18),
  representative: text(60),
  guardianName: text(60),
  usesStation: z.boolean().default(false),
  agents: z.array(IntakeAgent).max(4).default([]),
});
export type IntakeParty = z.output<typeof IntakeParty>;

/** What the intake page holds. Kept encrypted as one value. */
export const IntakeContent = z.object({
  disputeType: DisputeType,
  facts: text(5000),
  requests: text(3000),
  walkIn: z.boolean().default(false),
  parties: z.array(IntakeParty).min(2).max(20),
});
export type IntakeContent = z.output<typeof IntakeContent>;

export const IntakeDraftRow = z.object({
  id: z.uuid(),
  stationId: z.uuid(),
  stationName: z.string(),
  /** Names typed so far, each side's; empty when there is none. */
  names: z.array(z.string()),
  disputeType: DisputeType,
  updatedAt: z.iso.datetime(),
});
export const IntakeDraftView = z.object({
  id: z.uuid(),
  stationId: z.uuid(),
  version: z.int(),
  content: IntakeContent,
});
export const StartDraftInput = z.object({ stationId: z.uuid(), content: IntakeContent });
export const SaveDraftInput = z.object({
  /** The version that was read: CONFLICT when another device has saved since. */
  version: z.int().min(1),
  content: IntakeContent,
});
