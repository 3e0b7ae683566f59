import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { WitnessInput } from '../../contract/ceremony.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { authoriseSlot, type Place } from './authorise-slot.ts';
import { keepInk, requireLegible } from './ink.ts';
import { stepsOf } from './load-ceremony.ts';
import { putSealed } from './sealed-blob.ts';
import { takeStep } from './take-step.ts';

type PartyCtx = Ctx<Extract<Principal, { kind: 'party' }>>;

/** Signer and witness are at the station's screen together: nobody witnesses what happens at the end of a link. */
function requireStation({ principal }: PartyCtx): void {
  if (principal.via !== 'HAND_OVER') throw new DomainError('FORBIDDEN', { reason: 'at-station' });
}

/**
 * The photographed thumbprint of somebody who cannot write (民法典 490): stored encrypted, its hash in the step, and drawn
 * as lines into the signature's place. PRINT_NOT_LEGIBLE for a blank or black picture.
 */
export async function recordThumbprint(ctx: PartyCtx, place: Place, bytes: Uint8Array): Promise<void> {
  requireStation(ctx);
  await transact(ctx, (tx) => authoriseSlot(tx, ctx, place, 'THUMBPRINT'));
  const file = await ctx.deps.files.inspect(bytes);
  if (file.mime === 'application/pdf') throw new DomainError('FILE_TYPE_REFUSED');
  const print = await ctx.deps.files.tracePrint(file.picture);
  if (!print) throw new DomainError('PRINT_NOT_LEGIBLE');
  const { storageKey, sha256 } = await putSealed(ctx, 'thumbprint', file.picture);
  await takeStep(ctx, place, 'THUMBPRINT', async ({ slot }, tx) => ({
    imageSha256: sha256,
    storageKey,
    inkSha256: await keepInk(tx, ctx, slot, print),
    strokes: print.strokes.length,
  }));
}

/**
 * The independent witness, named before the text was frozen, saw the thumbprint given and signs by hand. Their signature
 * binds the print's and the document's hash in the evidence; a new print needs it again.
 */
export async function recordWitness(
  ctx: PartyCtx,
  place: Place,
  input: z.infer<typeof WitnessInput>,
): Promise<void> {
  requireStation(ctx);
  requireLegible(input.ink);
  await transact(ctx, (tx) => authoriseSlot(tx, ctx, place, 'WITNESS'));
  const json = JSON.stringify(input.ink);
  const { storageKey } = await putSealed(ctx, 'witness-ink', Buffer.from(json));
  await takeStep(ctx, place, 'WITNESS', async ({ slot, ceremony }, tx) => {
    const aid = await tx.signingAid.findFirst({
      where: { partyId: slot.partyId ?? '', agentId: slot.agentId, endedAt: null },
      include: { recordedBy: true },
    });
    if (!aid) throw new DomainError('NOT_FOUND');
    const print = stepsOf(ceremony, slot.fieldName).findLast((s) => s.kind === 'THUMBPRINT');
    if (!print) throw new DomainError('CEREMONY_STEP_MISSING', { step: 'THUMBPRINT' });
    return {
      aidId: aid.id,
      name: aid.witnessName,
      idNumberMasked: aid.witnessIdMasked,
      identityCheckedBy: { id: aid.recordedById, name: aid.recordedBy.name },
      inkSha256: createHash('sha256').update(json).digest('hex'),
      inkStorageKey: storageKey,
      thumbprintSha256: (print.data as { imageSha256: string }).imageSha256,
      baseSha256: ceremony.version.baseSha256,
    };
  });
}
