import { ApplicationDocument } from '../../contract/confirmation.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { pagePictures } from '../documents/page-pictures.ts';
import { PAGE_WIDTH } from '../documents/read-documents.ts';
import { transact } from '../transact.ts';
import { newestConfirmation } from './load-confirmation.ts';

/**
 * The application's bytes: signed by all, or (on paper, or for print while nobody has signed) as it is drawn for signing
 * by hand. It shows full identity numbers: only the applicants, the director and the confirming judge. Audited.
 */
export async function downloadApplication(
  ctx: Ctx,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  const found = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'read-application', caseId);
    const { confirmation, version } = await load(tx, caseId);
    const document = await tx.document.findFirst({
      where: { versionId: version.id, kind: 'CONFIRMATION' },
      orderBy: { createdAt: 'desc' },
    });
    // Nobody gets a partly signed file.
    if (!document && confirmation.medium === 'ELECTRONIC') throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'read-application',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId,
      duty,
      data: { sha256: document?.sha256 ?? null },
    });
    return { document, number: theCase.number ?? caseId, text: document ? null : textOf(ctx, version) };
  });
  const name = `司法确认申请书${found.number}.pdf`;
  if (found.document) return { bytes: await ctx.deps.storage.get(found.document.storageKey), name };
  const document = ApplicationDocument.parse(JSON.parse(found.text ?? ''));
  const verifyUrl = `${ctx.deps.settings.publicUrl}/verify`;
  const { vouching } = ctx.deps.signing;
  return { bytes: (await ctx.deps.documents.drawApplication(document, { verifyUrl, vouching })).pdf, name };
}

/** A picture of a page: of the certified base while people sign, of the finished file afterwards. */
export async function renderApplicationPage(
  ctx: Ctx,
  input: { caseId: string; page: number },
): Promise<Uint8Array> {
  const { key, sha256 } = await transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-application', input.caseId);
    const { confirmation, version } = await load(tx, input.caseId);
    const id = confirmation.status === 'SIGNING' ? version.baseDocumentId : version.headDocumentId;
    if (!id) throw new DomainError('PAPER_ONLY');
    const document = await tx.document.findUniqueOrThrow({ where: { id } });
    return { key: document.storageKey, sha256: document.sha256 };
  });
  const picture = (await pagePictures(ctx, { key, sha256, widthPx: PAGE_WIDTH }))[input.page - 1];
  if (!picture) throw new DomainError('NOT_FOUND');
  return picture;
}

async function load(tx: Tx, caseId: string) {
  const confirmation = await newestConfirmation(tx, caseId);
  if (!confirmation?.versionId) throw new DomainError('NOT_FOUND');
  const version = await tx.draftVersion.findUniqueOrThrow({ where: { id: confirmation.versionId } });
  return { confirmation, version };
}

/** The canonical text with its full numbers, opened from its sealed column. */
export function textOf(
  ctx: Ctx,
  version: { id: string; courtId: string; documentEnc: Uint8Array | null },
): string {
  if (!version.documentEnc) throw new DomainError('NOT_FOUND');
  const at = { courtId: version.courtId, table: 'DraftVersion', rowId: version.id, column: 'documentEnc' };
  return ctx.deps.cipher.decrypt(at, version.documentEnc);
}
