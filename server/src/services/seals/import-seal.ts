import { MAX_SEAL_BYTES, type SealFault } from '../../contract/seal.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SealImage } from '../../ports/signing.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { transact } from '../transact.ts';
import { authoriseSeal, type StaffCtx } from './authorise-seals.ts';

const refuse = (reason: SealFault) => new DomainError('SEAL_INVALID', { reason });

/**
 * Takes a committee's registered electronic seal into use (SES_Seal, GB/T 38540): container and maker checked, its
 * picture looked at outside this process, its name the committee's own. The one before is withdrawn and kept. The same
 * container again changes nothing. SEAL_INVALID with the reason, TOO_LARGE, NOT_FOUND; CONFLICT for a withdrawn one.
 */
export async function importSeal(
  ctx: StaffCtx,
  input: { committeeId: string; container: Uint8Array },
): Promise<{ id: string }> {
  const { committeeId, container } = input;
  authoriseSeal(ctx, committeeId);
  if (container.length > MAX_SEAL_BYTES) throw new DomainError('TOO_LARGE');
  const seal = ctx.deps.signing.readSeal(container);
  const { picture, image } = await lookAt(ctx, seal);
  return transact(ctx, async (tx) => {
    const duty = authoriseSeal(ctx, committeeId);
    const committee = await tx.committee.findUnique({ where: { id: committeeId } });
    if (!committee) throw new DomainError('NOT_FOUND');
    if (seal.name !== committee.name) throw refuse('NAME');
    const { sha256, sealId, maker, holders, validFrom, validTo } = seal;
    const known = await tx.committeeSeal.findFirst({ where: { committeeId, sha256 } });
    if (known && known.withdrawnAt === null) return { id: known.id };
    if (known) throw new DomainError('CONFLICT', { reason: 'withdrawn' });
    const now = ctx.deps.clock.now();
    await tx.committeeSeal.updateMany({
      where: { committeeId, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    const { courtId, staffUserId: importedById } = ctx.principal;
    const { id } = await tx.committeeSeal.create({
      data: {
        ...{ courtId, committeeId, sealId, maker, sha256, holders, validFrom, validTo },
        container: Buffer.from(container),
        picture: Buffer.from(picture),
        image,
        importedById,
        importedAt: now,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'manage-seals',
      subject: { type: 'committee-seal', id },
      duty,
      data: { committeeId, sealId, maker, sha256, validTo: validTo.toISOString() },
      topics: ['court'],
    });
    return { id };
  });
}

type Pictured = { picture: Uint8Array; widthMm: number; heightMm: number };

/** Somebody's picture is parsed in a process of its own; what stays is ours. */
async function lookAt(
  ctx: StaffCtx,
  { picture, widthMm, heightMm }: Pictured,
): Promise<{ picture: Uint8Array; image: SealImage }> {
  const seen = await ctx.deps.files.inspect(picture);
  const traced = seen.mime === 'application/pdf' ? null : await ctx.deps.files.traceSeal(seen.picture);
  if (traced === null) throw refuse('PICTURE');
  return { picture: seen.picture, image: { ...traced, widthMm, heightMm } };
}
