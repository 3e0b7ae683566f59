import type { ServedDocument } from '../../contract/after-effect.ts';
import { DomainError } from '../../domain/errors.ts';
import { serviceStatesBefore } from '../../domain/service/lifecycle.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { documentTitles } from '../documents/document-titles.ts';
import { transact } from '../transact.ts';

type PartyCtx = Ctx<Extract<Principal, { kind: 'party' }>>;

/** What was served on the asking side, the newest first: nobody sees what was served on another, or whether it was read. */
export async function listServed(ctx: PartyCtx, caseId: string): Promise<ServedDocument[]> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-served', caseId);
    const services = await tx.service.findMany({
      where: { caseId, partyId: await sideOf(tx, ctx) },
      orderBy: { id: 'desc' },
      include: { document: true },
    });
    return services.map(({ document, readAt, signedAt }) => ({
      documentId: document.id,
      title: documentTitles[document.kind],
      at: document.createdAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
      signedAt: signedAt?.toISOString() ?? null,
    }));
  });
}

/** One served document's bytes; the first reading is kept. NOT_FOUND for what was served on others only. */
export async function openServed(
  ctx: PartyCtx,
  input: { caseId: string; documentId: string },
): Promise<{ bytes: Uint8Array; name: string }> {
  const document = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'read-served', input.caseId);
    const service = await tx.service.findFirst({
      where: { caseId: theCase.id, documentId: input.documentId, partyId: await sideOf(tx, ctx) },
      include: { document: true },
    });
    if (!service) throw new DomainError('NOT_FOUND');
    await markRead(tx, ctx, service.documentId);
    await appendAudit(tx, ctx, {
      action: 'read-served',
      subject: { type: 'document', id: service.documentId },
      caseId: theCase.id,
      duty,
      data: { sha256: service.document.sha256 },
      topics: [`case:${theCase.id}`],
    });
    return service.document;
  });
  const bytes = await ctx.deps.storage.get(document.storageKey);
  return { bytes, name: `${documentTitles[document.kind]}.pdf` };
}

/** The asking side has seen what was served on it. Paper that was signed for stays signed for. */
export async function markRead(tx: Tx, ctx: Ctx, documentId: string): Promise<void> {
  if (ctx.principal.kind !== 'party') return;
  const partyId = await partyOf(tx, ctx.principal);
  const mine = { documentId, partyId: partyId ?? '' };
  await tx.service.updateMany({ where: { ...mine, readAt: null }, data: { readAt: ctx.deps.clock.now() } });
  await tx.service.updateMany({
    where: { ...mine, status: { in: serviceStatesBefore('read') } },
    data: { status: 'READ' },
  });
}

async function sideOf(tx: Tx, { principal }: PartyCtx): Promise<string> {
  const partyId = await partyOf(tx, principal);
  if (!partyId) throw new DomainError('FORBIDDEN');
  return partyId;
}
