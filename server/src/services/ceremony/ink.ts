import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { InkInput } from '../../contract/ceremony.ts';
import { inkFault } from '../../domain/agreement/ink-legibility.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Ink } from '../../ports/signing.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Place } from './authorise-slot.ts';
import type { Slot } from './load-ceremony.ts';
import { takeStep } from './take-step.ts';

/** Fresh handwriting. INK_NOT_LEGIBLE with the reason for a dot, a flat line or a wave; writing again replaces it. */
export function recordInk(ctx: Ctx, place: Place, ink: z.infer<typeof InkInput>): Promise<void> {
  requireLegible(ink);
  return takeStep(ctx, place, 'INK', async ({ slot }, tx) => ({
    inkSha256: await keepInk(tx, ctx, slot, ink),
    points: ink.strokes.flat().length,
    strokes: ink.strokes.length,
  }));
}

export function requireLegible(ink: z.infer<typeof InkInput>): void {
  const fault = ink.strokes.flat().length > 20_000 ? 'EMPTY' : inkFault(ink);
  if (fault) throw new DomainError('INK_NOT_LEGIBLE', { reason: fault });
}

/** Keeps what the signature will show, sealed; the answer is its SHA-256 (hex). */
export async function keepInk(tx: Tx, ctx: Ctx, slot: Slot, ink: Ink): Promise<string> {
  const json = JSON.stringify(ink);
  const at = { courtId: slot.courtId, table: 'Signature', rowId: slot.id, column: 'inkEnc' };
  const inkEnc = Buffer.from(ctx.deps.cipher.encrypt(at, json));
  await tx.signature.update({ where: { id: slot.id }, data: { inkEnc } });
  return createHash('sha256').update(json).digest('hex');
}
