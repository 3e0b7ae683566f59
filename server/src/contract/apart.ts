import * as z from 'zod';
import { PartySide, ProtectionReason } from './enums.ts';

const Instant = z.iso.datetime();

/** Whom it protects, and why; FLAG is the program's own, from a sign of violence in the papers. */
export const ProtectInput = z.object({
  partyId: z.uuid(),
  because: ProtectionReason.exclude(['FLAG']),
  note: z.string().trim().max(300).default(''),
});
export const LiftInput = z.object({ reason: z.string().trim().min(1).max(300) });

/** For staff alone: no side learns who is protected from whom, or why. */
export const ProtectionView = z.object({
  id: z.uuid(),
  /** Null: nobody was named; both sides are kept apart. */
  name: z.string().nullable(),
  because: ProtectionReason,
  note: z.string(),
  by: z.string().nullable(),
  at: Instant,
});

/** How the asking seat is placed while the sides are kept apart. */
export const ApartView = z.object({
  /** Whose room this seat is in, or would be. */
  side: PartySide,
  /** Whoever presides is in that room now. */
  hostHere: z.boolean(),
  /** This seat may go over to the other room. */
  canMove: z.boolean(),
});
export const MoveInput = z.object({ side: PartySide });
