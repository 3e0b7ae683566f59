import { dayAsDate } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { revokedCertificates } from '../sealing/revoked-certificates.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { lastDayToApply } from './load-confirmation.ts';
import { transitionConfirmation } from './transition-confirmation.ts';

/**
 * The last applicant has signed: the file gets its long-term data and document time stamp and goes to the court. From the
 * outbox and inline: idempotent, of two runs one moves the head and the other finds it done.
 */
export async function finishApplication(ctx: Ctx, versionId: string): Promise<void> {
  const found = await transact(ctx, (tx) => loadSigned(tx, versionId));
  if (!found) return;
  const { version, head, confirmation } = found;
  const archived = await ctx.deps.signing.archive({
    head: await ctx.deps.storage.get(head.storageKey),
    revoked: await transact(ctx, revokedCertificates),
  });
  const { courtId } = version;
  const storageKey = await storeFile(ctx, 'confirmation', archived.pdf, '.pdf');
  try {
    await transact(ctx, async (tx) => {
      const document = await tx.document.create({
        data: {
          courtId,
          caseId: confirmation.caseId,
          versionId,
          kind: 'CONFIRMATION',
          storageKey,
          sha256: archived.sha256,
          size: archived.pdf.length,
          archivedAt: archived.archivedAt,
          archivedUntil: archived.validUntil,
        },
      });
      const moved = await tx.draftVersion.updateMany({
        where: { id: versionId, headDocumentId: head.id },
        data: { headDocumentId: document.id },
      });
      if (moved.count !== 1) throw new DomainError('CONFLICT');
      await applied(tx, ctx, confirmation, { documentId: document.id, sha256: archived.sha256 });
    });
  } catch (error) {
    if (await transact(ctx, (tx) => loadSigned(tx, versionId))) throw error;
  }
}

/** The application is handed to the court: by its last signature, or on paper by the station. */
export async function applied(
  tx: Tx,
  ctx: Ctx,
  confirmation: { id: string; caseId: string; status: 'SIGNING' },
  file: { documentId: string; sha256: string },
): Promise<void> {
  const now = ctx.deps.clock.now();
  await transitionConfirmation(tx, confirmation, 'apply', { appliedAt: now });
  const agreement = await tx.agreement.findFirst({
    where: { caseId: confirmation.caseId, status: 'EFFECTIVE' },
  });
  const dueOn = agreement?.effectiveAt
    ? await lastDayToApply(tx, confirmation.caseId, agreement.effectiveAt)
    : null;
  await tx.deadline.updateMany({
    where: {
      caseId: confirmation.caseId,
      kind: 'APPLY_CONFIRMATION',
      metAt: null,
      ...(dueOn ? { dueOn: dayAsDate(dueOn) } : {}),
    },
    data: { metAt: now },
  });
  await appendAudit(tx, ctx, {
    action: 'system:applied-for-confirmation',
    subject: { type: 'document', id: file.documentId },
    caseId: confirmation.caseId,
    data: { confirmationId: confirmation.id, documentSha256: file.sha256 },
  });
}

/** Null when there is nothing (left) to do: signatures are missing, or it is handed in. */
async function loadSigned(tx: Tx, versionId: string) {
  const version = await tx.draftVersion.findUnique({
    where: { id: versionId },
    include: { signatures: true, confirmations: true },
  });
  const confirmation = version?.confirmations[0];
  if (!version?.headDocumentId || confirmation?.status !== 'SIGNING') return null;
  if (version.signatures.length === 0 || version.signatures.some((s) => s.signedAt === null)) return null;
  const head = await tx.document.findUniqueOrThrow({ where: { id: version.headDocumentId } });
  return { version, head, confirmation: { ...confirmation, status: 'SIGNING' as const } };
}
