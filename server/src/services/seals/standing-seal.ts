import { DomainError } from '../../domain/errors.ts';
import type { SealImage } from '../../ports/signing.ts';
import type { Deps, Tx } from '../context.ts';

/**
 * The registered seal that this committee sets now. Null only in a demonstration, which draws one. SEAL_NOT_REGISTERED
 * where none stands, or where the one that stands does not count today.
 */
export async function standingSeal(
  tx: Tx,
  ctx: { deps: Pick<Deps, 'clock' | 'settings'> },
  committeeId: string,
): Promise<{ id: string; sha256: string } | null> {
  const now = ctx.deps.clock.now();
  const seal = await tx.committeeSeal.findFirst({
    where: { committeeId, withdrawnAt: null },
    select: { id: true, sha256: true, validFrom: true, validTo: true },
  });
  if (seal && seal.validFrom <= now && now < seal.validTo) return { id: seal.id, sha256: seal.sha256 };
  if (seal) throw new DomainError('SEAL_NOT_REGISTERED', { reason: 'expired' });
  if (ctx.deps.settings.demo) return null;
  throw new DomainError('SEAL_NOT_REGISTERED');
}

/** The image that was chosen when the seal was decided, so that a repetition sets the same; null for a drawn one. */
export async function chosenImage(
  tx: Tx,
  place: { versionId: string; fieldName: string },
): Promise<SealImage | null> {
  const step = await tx.ceremonyStep.findFirst({
    where: { ...place, kind: 'OPENED' },
    orderBy: { at: 'desc' },
  });
  const { sealId } = (step?.data ?? {}) as { sealId?: string };
  if (!sealId) return null;
  const seal = await tx.committeeSeal.findUniqueOrThrow({ where: { id: sealId }, select: { image: true } });
  return seal.image as unknown as SealImage;
}
