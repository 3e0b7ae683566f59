import { createHash } from 'node:crypto';
import type { RecordKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { contentOf, objectionsOf, wordsOf } from './give-word.ts';
import type { Person } from './open-record.ts';

/** Draws a confirmed record and keeps its PDF. Runs from the outbox, at least once: drawn twice is kept once. */
export async function drawRecord(ctx: Ctx, recordId: string): Promise<void> {
  const found = await transact(ctx, async (tx) => {
    const record = await tx.record.findUniqueOrThrow({
      where: { id: recordId },
      include: { session: { select: { caseId: true } } },
    });
    if (record.documentId || record.status !== 'CONFIRMED') return null;
    return { record, objections: await objectionsOf(tx, record), words: await wordsOf(tx, recordId) };
  });
  if (!found) return;
  const { record, objections, words } = found;
  const pdf = await ctx.deps.documents.drawRecord({
    content: contentOf(record),
    objections,
    words,
    contentSha256: record.contentSha256 ?? '',
    finalSha256: record.finalSha256 ?? '',
    confirmedAt: record.confirmedAt?.toISOString() ?? '',
  });
  const storageKey = await storeFile(ctx, 'record', pdf, '.pdf');
  await transact(ctx, async (tx) => {
    const document = await tx.document.create({
      data: {
        courtId: record.courtId,
        caseId: record.session.caseId,
        kind: record.kind === 'TALKS' ? 'RECORD' : 'UNDISPUTED_FACTS',
        storageKey,
        sha256: createHash('sha256').update(pdf).digest('hex'),
        size: pdf.length,
      },
    });
    const kept = await tx.record.updateMany({
      where: { id: record.id, documentId: null },
      data: { documentId: document.id },
    });
    if (kept.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'system:record-drawn',
      subject: { type: 'document', id: document.id },
      caseId: record.session.caseId,
      data: { kind: record.kind, sha256: document.sha256, finalSha256: record.finalSha256 },
      topics: [`session:${record.sessionId}`],
    });
  });
}

/** The confirmed paper. NOT_FOUND until everybody has given their word and it is drawn. */
export async function downloadRecord(
  ctx: Person,
  input: { sessionId: string; kind: RecordKind },
): Promise<{ bytes: Uint8Array; name: string }> {
  const { storageKey, number } = await transact(ctx, async (tx) => {
    const {
      duty,
      session,
      case: theCase,
    } = await authoriseSession(tx, ctx, 'download-record', input.sessionId);
    const record = await tx.record.findFirst({
      where: { sessionId: session.id, kind: input.kind },
      include: { document: true },
    });
    if (!record?.document) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'download-record',
      subject: { type: 'document', id: record.document.id },
      caseId: session.caseId,
      duty,
      data: { kind: input.kind, sha256: record.document.sha256 },
    });
    return { storageKey: record.document.storageKey, number: theCase.number ?? '' };
  });
  const title = input.kind === 'TALKS' ? '人民调解记录' : '无争议事实记载表';
  return { bytes: await ctx.deps.storage.get(storageKey), name: `${title}${number}.pdf` };
}
