import { createHash } from 'node:crypto';
import { photoConsent } from '../../contract/photo-consent.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';
import { authoriseSlot, type Place } from './authorise-slot.ts';
import { loadCeremony, slotOf, stepsOf } from './load-ceremony.ts';
import { getSealed, putSealed } from './sealed-blob.ts';
import { takeStep } from './take-step.ts';

const consent = {
  consentSha256: createHash('sha256').update(photoConsent.zh).digest('hex'),
  consentVersion: photoConsent.version,
};

/** No photo: recorded, and nothing is held against anybody for it (个人信息保护法 16). */
export function refusePhoto(ctx: Ctx, place: Place): Promise<void> {
  return takeStep(ctx, place, 'PHOTO', () => ({
    taken: false,
    imageSha256: null,
    storageKey: null,
    ...consent,
  }));
}

/**
 * The signer's photo with the consent of its own that was shown (个人信息保护法 29): re-encoded, stored encrypted, its hash
 * in the step. VERSION_CHANGED when another wording was shown; FILE_TYPE_REFUSED for what is no picture.
 */
export async function takePhoto(
  ctx: Ctx,
  place: Place,
  input: { consentVersion: number; bytes: Uint8Array },
): Promise<void> {
  await transact(ctx, (tx) => authoriseSlot(tx, ctx, place, 'PHOTO'));
  if (input.consentVersion !== photoConsent.version) throw new DomainError('VERSION_CHANGED');
  const file = await ctx.deps.files.inspect(input.bytes);
  if (file.mime === 'application/pdf') throw new DomainError('FILE_TYPE_REFUSED');
  const { storageKey, sha256 } = await putSealed(ctx, 'signer-photo', file.picture);
  await takeStep(ctx, place, 'PHOTO', () => ({ taken: true, imageSha256: sha256, storageKey, ...consent }));
}

/** The photo (WebP) for those who judge who signed; every look leaves an audit row. NOT_FOUND when none was taken. */
export async function readPhoto(ctx: Ctx<StaffPrincipal>, place: Place): Promise<Uint8Array> {
  const storageKey = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'see-signer-photo', place.caseId);
    const ceremony = await loadCeremony(tx, place.caseId, place.fieldName);
    const slot = slotOf(ceremony, place.fieldName);
    const step = stepsOf(ceremony, slot.fieldName).findLast((s) => s.kind === 'PHOTO');
    const key = (step?.data as { storageKey?: string | null } | undefined)?.storageKey;
    if (!key) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'see-signer-photo',
      subject: { type: 'signature', id: slot.id },
      caseId: place.caseId,
      duty,
    });
    return key;
  });
  return getSealed(ctx, storageKey);
}
