import type { AgreementStatus, Duty } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * Voids the frozen version: every signature on it falls and its one-time certificates are revoked; the version, its
 * PDF and the evidence stay. `change-text` opens the draft again, `abandon` ends the agreement with it.
 */
export async function voidCurrentVersion(
  tx: Tx,
  ctx: Ctx,
  agreement: { id: string; caseId: string; status: AgreementStatus; currentVersionId: string | null },
  reason: string,
  duty: Duty,
  event: 'change-text' | 'abandon' = 'change-text',
): Promise<void> {
  const versionId = agreement.currentVersionId;
  if (!versionId) throw new DomainError('NOT_FOUND');
  const now = new Date();
  await transitionAgreement(tx, agreement, event, { currentVersionId: null });
  const voided = await tx.draftVersion.updateMany({
    where: { id: versionId, voidedAt: null },
    data: { voidedAt: now, voidReason: reason },
  });
  if (voided.count !== 1) throw new DomainError('CONFLICT');
  const slots = await tx.signature.findMany({
    where: { versionId },
    select: { certificateId: true, signedAt: true, fieldName: true },
  });
  const certificates = slots.flatMap((s) => (s.certificateId ? [s.certificateId] : []));
  await tx.certificate.updateMany({
    where: { id: { in: certificates } },
    data: { revokedAt: now, revokeReason: 'version-voided' },
  });
  await tx.textApproval.updateMany({
    where: { agreementId: agreement.id, withdrawnAt: null },
    data: { withdrawnAt: now },
  });
  await appendAudit(tx, ctx, {
    action: 'void',
    subject: { type: 'version', id: versionId },
    caseId: agreement.caseId,
    duty,
    data: { reason, fallen: slots.filter((s) => s.signedAt).map((s) => s.fieldName) },
  });
}

/** Voids the frozen version on purpose, with a reason. */
export async function voidVersion(ctx: Ctx, input: { caseId: string; reason: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'void', input.caseId);
    const agreement = await findAgreement(tx, input.caseId);
    if (!agreement) throw new DomainError('NOT_FOUND');
    await voidCurrentVersion(tx, ctx, agreement, input.reason, duty);
  });
}
