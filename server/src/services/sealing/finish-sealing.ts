import { DomainError } from '../../domain/errors.ts';
import type { ArchivedFile, SignedRevision } from '../../ports/signing.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { loadCeremony } from '../ceremony/load-ceremony.ts';
import { appendRevision } from '../ceremony/sign.ts';
import type { Ctx, Tx } from '../context.ts';
import { chosenImage } from '../seals/standing-seal.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { revokedCertificates } from './revoked-certificates.ts';
import { takeEffect } from './take-effect.ts';

/**
 * Completes a decided seal: idempotent, safe to run beside itself and after a crash at any point. The compare-and-
 * swap on the version's revision lets exactly one run write; the others find the agreement effective.
 */
export async function finishSealing(ctx: Ctx, versionId: string): Promise<{ status: string }> {
  const found = await transact(ctx, (tx) => loadForSealing(tx, versionId));
  if (!found) return { status: 'EFFECTIVE' };
  const { slot, head, version, committee, court, image } = found;
  const sealed = await ctx.deps.signing.sealField({
    head: await ctx.deps.storage.get(head.storageKey),
    fieldName: slot.fieldName,
    committee: {
      courtId: slot.courtId,
      courtName: court.name,
      committeeId: committee.id,
      committeeName: committee.name,
    },
    ...(image ? { image } : {}),
    claimedTime: new Date(),
  });
  // Both in one go: without its long-term data and document time stamp the seal is not kept either, and is repeated.
  const archived = await ctx.deps.signing.archive({
    head: sealed.pdf,
    revoked: await transact(ctx, revokedCertificates),
  });
  const revision = { ...sealed, pdf: archived.pdf, sha256: archived.sha256 };
  const storageKey = await storeFile(ctx, 'agreement', revision.pdf, '.pdf');
  try {
    await transact(ctx, (tx) =>
      writeSeal(tx, ctx, { versionId, before: version.revision, revision, archived, storageKey }),
    );
  } catch (error) {
    const lostRace =
      error instanceof DomainError && ['HEAD_MOVED', 'ALREADY_SIGNED', 'CONFLICT'].includes(error.code);
    if (!lostRace || (await transact(ctx, (tx) => loadForSealing(tx, versionId)))) throw error;
  }
  return { status: 'EFFECTIVE' };
}

/** Null when there is nothing left to do. */
async function loadForSealing(tx: Tx, versionId: string) {
  const version = await tx.draftVersion.findUnique({
    where: { id: versionId },
    include: {
      agreement: { include: { case: { include: { committee: true } } } },
      signatures: { where: { role: 'committee' } },
    },
  });
  if (version?.agreement.status !== 'SEALING' || version.agreement.currentVersionId !== versionId)
    return null;
  const slot = version.signatures[0];
  if (!slot || !version.headDocumentId) throw new DomainError('MEDIUM_MIXED');
  const head = await tx.document.findUniqueOrThrow({ where: { id: version.headDocumentId } });
  const court = await tx.court.findUniqueOrThrow({ where: { id: version.courtId } });
  const image = await chosenImage(tx, { versionId, fieldName: slot.fieldName });
  return { version, slot, head, court, image, committee: version.agreement.case.committee };
}

async function writeSeal(
  tx: Tx,
  ctx: Ctx,
  input: {
    versionId: string;
    /** The version's revision number that was extended. */
    before: number;
    revision: SignedRevision;
    archived: ArchivedFile;
    storageKey: string;
  },
) {
  const { versionId, revision, archived } = input;
  const version = await tx.draftVersion.findUniqueOrThrow({
    where: { id: versionId },
    include: { agreement: true },
  });
  const ceremony = await loadCeremony(tx, version.agreement.caseId);
  const slot = ceremony.version.signatures.find((s) => s.role === 'committee');
  if (!slot) throw new DomainError('MEDIUM_MIXED');
  const documentId = await appendRevision(
    tx,
    { slot, ceremony },
    input.before,
    revision,
    input.storageKey,
    archived,
  );
  await tx.ceremonyStep.create({
    data: {
      courtId: slot.courtId,
      versionId,
      fieldName: slot.fieldName,
      kind: 'SIGNED',
      at: new Date(),
      data: { documentSha256: revision.sha256 },
    },
  });
  await transitionAgreement(tx, ceremony.agreement, 'complete-seal');
  await takeEffect(tx, ctx, {
    agreementId: ceremony.agreement.id,
    versionId,
    documentId,
    effectiveAt: revision.signedAt,
    source: 'TIMESTAMP_TOKEN',
  });
  // Fixes in time what led to the seal; a failing authority holds nothing up, the job tries again.
  await ctx.deps.jobs.enqueue(tx, 'audit.stamp-head', { courtId: slot.courtId });
  await appendAudit(tx, ctx, {
    action: 'system:sealed',
    subject: { type: 'document', id: documentId },
    caseId: ceremony.agreement.caseId,
    data: {
      versionId,
      documentSha256: revision.sha256,
      effectiveAt: revision.signedAt.toISOString(),
      archivedAt: archived.archivedAt.toISOString(),
    },
  });
}
