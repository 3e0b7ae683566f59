import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { inCourt, transact } from '../transact.ts';
import { revokedCertificates } from './revoked-certificates.ts';

/** A document time stamp is renewed this long before its authority's certificate ends. */
export const RENEW_BEFORE_MS = 2 * 365 * 86_400_000;

/**
 * Adds a new document time stamp to every sealed agreement whose newest one ends within two years, for every court
 * (PAdES B-LTA, ETSI EN 319 142-1 5.5). Safe to run twice and beside itself: of two runs one moves the head.
 */
export async function renewArchives(deps: Deps): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const before = new Date(deps.clock.now().getTime() + RENEW_BEFORE_MS);
    const due = await inCourt(deps.db, courtId, async (tx) => {
      const documents = await tx.document.findMany({
        where: { kind: 'AGREEMENT', archivedUntil: { lt: before }, version: { voidedAt: null } },
        include: { version: { select: { headDocumentId: true } } },
      });
      return documents.filter(({ id, version }) => version?.headDocumentId === id);
    });
    const ctx: Ctx = {
      deps,
      principal: { kind: 'system', courtId },
      requestId: `renew:${randomUUID()}`,
      ip: 'local',
    };
    for (const document of due) await renew(ctx, document);
  }
}

async function renew(
  ctx: Ctx,
  document: { id: string; courtId: string; caseId: string; versionId: string | null; storageKey: string },
): Promise<void> {
  const { versionId, courtId, caseId } = document;
  if (versionId === null) return;
  const archived = await ctx.deps.signing.archive({
    head: await ctx.deps.storage.get(document.storageKey),
    revoked: await transact(ctx, revokedCertificates),
  });
  const storageKey = await storeFile(ctx, 'agreement', archived.pdf, '.pdf');
  await transact(ctx, async (tx) => {
    const renewed = await tx.document.create({
      data: {
        courtId,
        caseId,
        versionId,
        kind: 'AGREEMENT',
        storageKey,
        sha256: archived.sha256,
        size: archived.pdf.length,
        archivedAt: archived.archivedAt,
        archivedUntil: archived.validUntil,
      },
    });
    const moved = await tx.draftVersion.updateMany({
      where: { id: versionId, headDocumentId: document.id },
      data: { headDocumentId: renewed.id },
    });
    // Another run was faster: this one's file is kept by nobody.
    if (moved.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'system:archive-renewed',
      subject: { type: 'document', id: renewed.id },
      caseId,
      data: { versionId, documentSha256: archived.sha256, archivedAt: archived.archivedAt.toISOString() },
    });
  });
}
