import type { z } from 'zod';
import type { CommitteeSeals, CommitteeSealView } from '../../contract/seal.ts';
import { DomainError } from '../../domain/errors.ts';
import { transact } from '../transact.ts';
import { authoriseSeal, type StaffCtx, sealCommittees } from './authorise-seals.ts';

/** Committees with the registered seal that stands, and whether it counts today. */
export async function listSeals(ctx: StaffCtx): Promise<z.infer<typeof CommitteeSeals>> {
  const { ids } = sealCommittees(ctx);
  const now = ctx.deps.clock.now();
  const committees = await transact(ctx, (tx) =>
    tx.committee.findMany({
      ...(ids === null ? {} : { where: { id: { in: ids } } }),
      orderBy: { name: 'asc' },
      select: {
        id: true,
        name: true,
        seals: {
          where: { withdrawnAt: null },
          omit: { container: true, picture: true, image: true, holders: true },
          include: { importedBy: { select: { name: true } } },
        },
      },
    }),
  );
  return {
    demo: ctx.deps.settings.demo,
    committees: committees.map(({ id, name, seals: [seal] }): CommitteeSealView => {
      if (!seal) return { committeeId: id, committeeName: name, state: 'NONE', seal: null };
      return {
        committeeId: id,
        committeeName: name,
        state: seal.validFrom <= now && now < seal.validTo ? 'GOOD' : 'EXPIRED',
        seal: {
          id: seal.id,
          sealId: seal.sealId,
          maker: seal.maker,
          sha256: seal.sha256,
          validFrom: seal.validFrom.toISOString(),
          validTo: seal.validTo.toISOString(),
          importedBy: seal.importedBy.name,
          importedAt: seal.importedAt.toISOString(),
        },
      };
    }),
  };
}

/** The picture of the seal that stands (WebP). NOT_FOUND without one. */
export async function readSealPicture(ctx: StaffCtx, committeeId: string): Promise<Uint8Array> {
  authoriseSeal(ctx, committeeId);
  const seal = await transact(ctx, (tx) =>
    tx.committeeSeal.findFirst({ where: { committeeId, withdrawnAt: null }, select: { picture: true } }),
  );
  if (!seal) throw new DomainError('NOT_FOUND');
  return seal.picture;
}
