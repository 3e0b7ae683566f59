import type { FallenVersion } from '../../contract/ceremony.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';

/** Versions of this case that were voided after somebody had signed, newest first, with whose signatures fell. */
export async function fallenVersions(tx: Tx, caseId: string): Promise<FallenVersion[]> {
  const versions = await tx.draftVersion.findMany({
    where: {
      agreement: { caseId },
      voidedAt: { not: null },
      confirmations: { none: {} },
      signatures: { some: { signedAt: { not: null } } },
    },
    orderBy: { voidedAt: 'desc' },
    include: { signatures: { where: { signedAt: { not: null } }, orderBy: { position: 'asc' } } },
  });
  return versions.map(({ number, voidedAt, voidReason, signatures }) => ({
    versionNumber: number,
    voidedAt: (voidedAt as Date).toISOString(),
    reason: voidReason ?? '',
    names: signatures.map((s) => s.signerName),
  }));
}

/** The same for everybody who reads the agreement: also while a new text is being written. */
export async function readFallenVersions(ctx: Ctx, caseId: string): Promise<FallenVersion[]> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-agreement', caseId);
    return fallenVersions(tx, caseId);
  });
}
