import type { ConfirmationStatus } from '../../contract/enums.ts';
import type { Ctx, Tx } from '../context.ts';
import { transitionConfirmation } from './transition-confirmation.ts';

/**
 * Ends an application before its ruling: withdrawn, its text void, the certificates on it revoked (signing.md:
 * certificates end with their text). The agreement binds as before; within the thirty days people may apply anew.
 */
export async function endApplication(
  tx: Tx,
  ctx: Ctx,
  confirmation: { id: string; caseId: string; status: ConfirmationStatus; versionId: string | null },
  reason: string,
): Promise<void> {
  const now = ctx.deps.clock.now();
  await transitionConfirmation(tx, confirmation, 'withdraw', { decidedAt: now, reason });
  await tx.deadline.updateMany({
    where: { caseId: confirmation.caseId, kind: 'DECIDE_CONFIRMATION', metAt: null },
    data: { metAt: now },
  });
  if (!confirmation.versionId) return;
  const slots = await tx.signature.findMany({ where: { versionId: confirmation.versionId } });
  await tx.certificate.updateMany({
    where: { id: { in: slots.flatMap((s) => s.certificateId ?? []) }, revokedAt: null },
    data: { revokedAt: new Date(), revokeReason: 'superseded' },
  });
  await tx.draftVersion.update({
    where: { id: confirmation.versionId },
    data: { voidedAt: now, voidReason: reason },
  });
}
