import type { AgreementDocument } from '../../contract/agreement-document.ts';
import { DomainError } from '../../domain/errors.ts';
import { forBothSides } from '../apart/conceal.ts';
import { standing } from '../apart/second-room.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { loadCeremony } from '../ceremony/load-ceremony.ts';
import type { Ctx } from '../context.ts';
import { markRead } from '../service/served-documents.ts';
import { transact } from '../transact.ts';
import { pagePictures } from './page-pictures.ts';

/** Of a page's picture, px. */
export const PAGE_WIDTH = 1000;

/** The sealed agreement's bytes. Nobody gets a partly signed PDF: NOT_FOUND until it is in effect. */
export async function downloadAgreement(
  ctx: Ctx,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string; sha256: string }> {
  const found = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'download-agreement', caseId);
    const document = await tx.document.findFirst({
      where: {
        caseId,
        kind: { in: ['AGREEMENT', 'AGREEMENT_PAPER'] },
        version: { voidedAt: null, agreement: { status: 'EFFECTIVE' } },
      },
      orderBy: { createdAt: 'desc' },
    });
    if (!document) throw new DomainError('NOT_FOUND');
    if (ctx.principal.kind === 'party') await markRead(tx, ctx, document.id);
    await appendAudit(tx, ctx, {
      action: 'download-agreement',
      subject: { type: 'document', id: document.id },
      caseId,
      duty,
      data: { sha256: document.sha256 },
    });
    return { document, number: theCase.number ?? caseId };
  });
  const bytes = await ctx.deps.storage.get(found.document.storageKey);
  return { bytes, name: `人民调解协议书${found.number}.pdf`, sha256: found.document.sha256 };
}

/** Pictures of the frozen version for its signers, and of the sealed agreement afterwards. */
export async function renderAgreementPage(
  ctx: Ctx,
  input: { caseId: string; page: number },
): Promise<Uint8Array> {
  const { key, sha256 } = await transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-agreement', input.caseId);
    const { agreement, version } = await loadCeremony(tx, input.caseId);
    const id = agreement.status === 'EFFECTIVE' ? version.headDocumentId : version.baseDocumentId;
    if (!id) throw new DomainError('PAPER_ONLY');
    const document = await tx.document.findUniqueOrThrow({ where: { id } });
    return { key: document.storageKey, sha256: document.sha256 };
  });
  const pictures = await pagePictures(ctx, { key, sha256, widthPx: PAGE_WIDTH });
  const picture = pictures[input.page - 1];
  if (!picture) throw new DomainError('NOT_FOUND');
  return picture;
}

/** Papers that are printed in one tap: notice, receipt, and the text for signing by hand. */
export async function printDocument(
  ctx: Ctx,
  input: { caseId: string; kind: 'notice' | 'receipt' | 'paper' },
): Promise<{ bytes: Uint8Array; name: string }> {
  const { settings, clock, documents } = ctx.deps;
  const found = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'print', input.caseId);
    const parties = await tx.party.findMany({
      where: { caseId: input.caseId },
      orderBy: { position: 'asc' },
    });
    const protections = await tx.protection.findMany({ where: { caseId: input.caseId, ...standing } });
    const document = input.kind === 'paper' ? (await loadCeremony(tx, input.caseId)).version.document : null;
    const receivers = parties.map((party) => ({
      name: party.name,
      address: forBothSides(
        protections,
        party.id,
        party.addressEnc
          ? ctx.deps.cipher.decrypt(
              { courtId: party.courtId, table: 'Party', rowId: party.id, column: 'addressEnc' },
              party.addressEnc,
            )
          : '',
      ),
    }));
    await appendAudit(tx, ctx, {
      action: 'print',
      subject: { type: 'case', id: input.caseId },
      caseId: input.caseId,
      duty,
      data: { kind: input.kind },
    });
    return { theCase, receivers, document };
  });
  const common = {
    committeeName: found.theCase.committee.name,
    caseNumber: found.theCase.number ?? '',
    parties: found.receivers.map((r) => r.name),
    date: clock.now(),
    demo: settings.demo,
  };
  const verifyUrl = `${settings.publicUrl}/verify`;
  switch (input.kind) {
    case 'notice':
      return { bytes: await documents.drawNotice(common), name: '权利义务告知书.pdf' };
    case 'receipt': {
      const titles = [
        { title: '人民调解协议书', copies: 1 },
        { title: '权利义务告知书', copies: 1 },
      ];
      return {
        bytes: await documents.drawServiceReceipt({
          ...common,
          documents: titles,
          receivers: found.receivers,
          verifyUrl,
        }),
        name: '文书签收单.pdf',
      };
    }
    case 'paper':
      return {
        bytes: await documents.drawPaperAgreement(found.document as unknown as AgreementDocument, {
          verifyUrl,
        }),
        name: '人民调解协议书（纸质签署）.pdf',
      };
  }
}

/** What the printed 文书签收单 lists: of the papers that are served, the agreement. Others are signed for one by one. */
const onReceipt = ['AGREEMENT', 'AGREEMENT_PAPER', 'RIGHTS_NOTICE'] as const;

/** The receipt was signed on paper: the party has what it lists. NOT_FOUND when nothing of it was open. */
export async function recordReceipt(ctx: Ctx, input: { caseId: string; partyId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'record-receipt', input.caseId);
    const changed = await tx.service.updateMany({
      where: {
        caseId: input.caseId,
        partyId: input.partyId,
        status: { not: 'SIGNED_FOR' },
        document: { kind: { in: [...onReceipt] } },
      },
      data: { status: 'SIGNED_FOR', signedAt: ctx.deps.clock.now() },
    });
    if (changed.count === 0) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'record-receipt',
      subject: { type: 'party', id: input.partyId },
      caseId: input.caseId,
      duty,
    });
  });
}
