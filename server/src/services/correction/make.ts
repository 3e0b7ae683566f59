import { correctionForm } from '../../domain/documents/correction.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { documentTitles } from '../documents/document-titles.ts';
import { formFacts } from '../documents/form-facts.ts';
import { serveDocument } from '../service/serve-document.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { transitionCorrection } from './load-correction.ts';

/** Draws the 补正书 that everybody agreed to and serves it. Runs from the outbox, at least once: made twice is kept once. */
export async function makeCorrection(ctx: Ctx, correctionId: string): Promise<void> {
  const found = await transact(ctx, async (tx) => {
    const correction = await tx.correction.findUniqueOrThrow({
      where: { id: correctionId },
      include: {
        document: true,
        proposedBy: true,
        words: { orderBy: { at: 'asc' }, include: { party: true } },
      },
    });
    if (correction.status !== 'PROPOSED') return null;
    return { correction, facts: await formFacts(tx, ctx, correction.caseId) };
  });
  if (!found) return;
  const { correction, facts } = found;
  const pdf = await ctx.deps.documents.drawForm(
    correctionForm(facts, {
      title: documentTitles[correction.document.kind],
      sha256: correction.document.sha256,
      was: correction.was,
      corrected: correction.corrected,
      reason: correction.reason,
      proposedBy: correction.proposedBy.name,
      words: correction.words.map((w) => ({ name: w.party.name, handedOver: w.handedOver, at: w.at })),
      at: facts.now,
    }),
  );
  const storageKey = await storeFile(ctx, 'notice', pdf, '.pdf');
  await transact(ctx, async (tx) => {
    const { courtId, caseId } = correction;
    const document = await serveDocument(
      tx,
      { id: caseId, courtId },
      { kind: 'CORRECTION', pdf, storageKey },
    );
    await transitionCorrection(tx, correction, 'make', { madeId: document.id, endedAt: facts.now });
    await appendAudit(tx, ctx, {
      action: 'system:correction-made',
      subject: { type: 'document', id: document.id },
      caseId,
      data: { correctionId, corrects: correction.document.sha256, sha256: document.sha256 },
      topics: [`case:${caseId}`],
    });
  });
}
