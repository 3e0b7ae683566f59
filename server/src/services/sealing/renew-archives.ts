import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { revokedCertificates } from './revoked-certificates.ts';

/** A document time stamp is renewed this long before its authority's certificate ends. */
export const RENEW_BEFORE_MS = 2 * 365 * 86_400_000;

/**
 * Adds a new document time stamp to every sealed agreement and signed application for confirmation whose newest one ends
 * within two years, for every court (PAdES B-LTA, ETSI EN 319 142-1 5.5). Safe to run twice and beside itself: of two
 * runs one moves the head. One file that fails keeps no other from its turn; the first fault is thrown at the end.
 */
export async function renewArchives(deps: Deps): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  const faults: unknown[] = [];
  let reach: Date | null = null as Date | null;
  for (const { id: courtId } of courts) {
    const ctx: Ctx = {
      deps,
      principal: { kind: 'system', courtId },
      requestId: `renew:${randomUUID()}`,
      ip: 'local',
    };
    for (const document of await dueDocuments(ctx)) {
      // Known since the first refusal: whatever holds as long as this authority gains nothing from it.
      if (reach && reach <= document.archivedUntil) continue;
      await renew(ctx, document).catch((error: unknown) => {
        faults.push(error);
        if (error instanceof EndsSooner) reach = error.reach;
      });
    }
  }
  if (faults.length > 0) throw faults[0];
}

/** The time-stamp authority's certificate ends at `reach`, no later than the stamp that is there. */
class EndsSooner extends Error {
  readonly reach: Date;
  constructor(documentId: string, reach: Date) {
    super(
      `document ${documentId} was not renewed: the time-stamp authority's certificate ends on ${reach.toISOString()}, bring a newer one`,
    );
    this.reach = reach;
  }
}

type Due = {
  id: string;
  kind: 'AGREEMENT' | 'CONFIRMATION';
  courtId: string;
  caseId: string;
  versionId: string;
  storageKey: string;
  archivedUntil: Date;
};

function dueDocuments(ctx: Ctx): Promise<Due[]> {
  const before = new Date(ctx.deps.clock.now().getTime() + RENEW_BEFORE_MS);
  return transact(ctx, async (tx) => {
    const documents = await tx.document.findMany({
      where: {
        kind: { in: ['AGREEMENT', 'CONFIRMATION'] },
        archivedUntil: { lt: before },
        version: { voidedAt: null },
      },
      include: { version: { select: { headDocumentId: true } } },
    });
    return documents
      .filter(({ id, version }) => version?.headDocumentId === id)
      .map((document) => document as typeof document & Due);
  });
}

async function renew(ctx: Ctx, document: Due): Promise<void> {
  const { versionId, courtId, caseId, kind } = document;
  const archived = await ctx.deps.signing.archive({
    head: await ctx.deps.storage.get(document.storageKey),
    revoked: await transact(ctx, revokedCertificates),
  });
  // One more stamp of the same authority would prove nothing longer, and would be added again every few hours.
  if (archived.validUntil <= document.archivedUntil) throw new EndsSooner(document.id, archived.validUntil);
  const storageKey = await storeFile(
    ctx,
    kind === 'AGREEMENT' ? 'agreement' : 'confirmation',
    archived.pdf,
    '.pdf',
  );
  await transact(ctx, async (tx) => {
    const renewed = await tx.document.create({
      data: {
        courtId,
        caseId,
        versionId,
        kind,
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
