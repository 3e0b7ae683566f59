import { randomUUID } from 'node:crypto';
import type { AgreementDocument } from '../../contract/agreement-document.ts';
import { DraftTermShape } from '../../contract/terms.ts';
import { mustBePaper } from '../../domain/agreement/check-draft.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { SignatureField } from '../../ports/signing.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Tx } from '../context.ts';
import { contentSha256, openDraft, validContent } from '../draft/draft-document.ts';
import { draftFindings } from '../draft/draft-findings.ts';
import { requireLooks } from '../flags/case-flags.ts';
import { requirePresence } from '../session/require-presence.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { buildAgreementDocument } from './build-document.ts';
import { canonicalSha256 } from './canonical-text.ts';
import { findAgreement } from './open-agreement.ts';
import { transitionAgreement } from './transition-agreement.ts';
import { writePlaces } from './write-places.ts';

type Frozen = {
  pdf: Uint8Array;
  sha256: string;
  fields: SignatureField[];
  storageKey: string;
  pages: number;
};

/**
 * Freezes the text that every party agreed to: draws and certifies the base PDF with all its fields; the version's hash
 * is the SHA-256 of those bytes. Needs everybody really present, no stop finding, an opened session. Of two at once one
 * wins. Kinds that may not be signed electronically (电子签名法 3) and `paper: true` give a paper version.
 * DRAFT_EMPTY, DRAFT_INVALID, NOT_ALL_AGREED, PRESENCE_REQUIRED, SESSION_NOT_OPEN, VERSION_CHANGED, GUARDIAN_REQUIRED,
 * SIGNING_UNCHOSEN while production has not chosen who vouches (电子签名法 16–18). CAPACITY_DOUBTED, FLAGS_OPEN while nobody looked at a soft flag.
 */
export async function freeze(
  ctx: Ctx,
  input: { caseId: string; contentSha256: string; paper: boolean },
): Promise<{ versionId: string }> {
  const versionId = randomUUID();
  const { document, hash } = await transact(ctx, (tx) => readFreezable(tx, ctx, input, versionId));
  const frozen = document.medium === 'ELECTRONIC' ? await drawBase(ctx, document) : null;
  return transact(ctx, async (tx) => {
    const again = await readFreezable(tx, ctx, input, versionId);
    if (again.hash !== hash || canonicalSha256(again.document) !== canonicalSha256(document))
      throw new DomainError('VERSION_CHANGED');
    const { agreement, duty, case: theCase } = again;
    await writeVersion(tx, ctx, {
      versionId,
      agreementId: agreement.id,
      caseId: theCase.id,
      draftSeq: agreement.draftSeq,
      document,
      frozen,
    });
    await transitionAgreement(tx, agreement, 'freeze', {
      currentVersionId: versionId,
      medium: document.medium,
    });
    if (theCase.status === 'MEDIATING') await transitionCase(tx, theCase, 'agree');
    await appendAudit(tx, ctx, {
      action: 'freeze',
      subject: { type: 'version', id: versionId },
      caseId: theCase.id,
      duty,
      data: {
        contentSha256: hash,
        canonicalSha256: canonicalSha256(document),
        baseSha256: frozen?.sha256 ?? null,
        medium: document.medium,
      },
      topics: [`station:${theCase.stationId}`],
    });
    return { versionId };
  });
}

async function readFreezable(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; contentSha256: string; paper: boolean },
  versionId: string,
) {
  const { duty, case: theCase } = await authoriseCase(tx, ctx, 'freeze', input.caseId);
  const found = await findAgreement(tx, input.caseId);
  if (!found?.draftState) throw new DomainError('DRAFT_EMPTY');
  await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${found.id}::uuid FOR UPDATE`;
  const agreement = await tx.agreement.findUniqueOrThrow({ where: { id: found.id } });
  if (agreement.status !== 'DRAFTING') throw new DomainError('CONFLICT', { status: agreement.status });
  const content = validContent(openDraft(agreement.draftState));
  const hash = contentSha256(content);
  if (hash !== input.contentSha256) throw new DomainError('VERSION_CHANGED');
  const parties = await tx.party.findMany({ where: { caseId: input.caseId } });
  const draft = { ...content, terms: content.terms.map((t) => DraftTermShape.parse(t)) };
  if (content.facts.trim() === '') throw new DomainError('DRAFT_EMPTY', { field: 'facts' });
  const stop = draftFindings(ctx, draft, parties, theCase.disputeType).find((f) => f.level === 'stop');
  if (stop)
    throw new DomainError('DRAFT_INVALID', { finding: stop.code, termId: stop.termId, basis: stop.basis });
  await requireReceipts(tx, theCase.id, draft.terms);
  const approvals = await tx.textApproval.findMany({
    where: { agreementId: agreement.id, withdrawnAt: null, draftSha256: hash },
  });
  const missing = parties.filter((p) => !approvals.some((a) => a.partyId === p.id));
  if (missing.length > 0) throw new DomainError('NOT_ALL_AGREED', { names: missing.map((p) => p.name) });
  await requirePresence(tx, ctx, input.caseId, []);
  await requireLooks(tx, ctx, input.caseId);
  const versionNumber = (await tx.draftVersion.count({ where: { agreementId: agreement.id } })) + 1;
  const { identity } = ctx.deps.signing.vouching;
  const onPaper = input.paper || mustBePaper(draft, theCase.disputeType) || identity === 'PAPER';
  if (!onPaper && identity === 'UNCHOSEN') throw new DomainError('SIGNING_UNCHOSEN');
  const medium = onPaper ? ('PAPER' as const) : ('ELECTRONIC' as const);
  const document = await buildAgreementDocument(tx, ctx, {
    caseId: input.caseId,
    versionId,
    versionNumber,
    content,
    medium,
  });
  return { agreement, duty, case: theCase, document, hash };
}

/** DRAFT_INVALID when a photograph of a payment is not one of this case. */
async function requireReceipts(tx: Tx, caseId: string, terms: DraftTermShape[]): Promise<void> {
  const parts = terms.flatMap((t): { receiptId?: string | null }[] =>
    'instalments' in t ? t.instalments : [],
  );
  const ids = [...new Set(parts.map((part) => part.receiptId).filter((id) => typeof id === 'string'))];
  const found = await tx.attachment.count({ where: { id: { in: ids }, caseId, kind: 'RECEIPT' } });
  if (found !== ids.length) throw new DomainError('DRAFT_INVALID', { field: 'receiptId' });
}

/** Drawing, certifying and storing happen outside any transaction. */
async function drawBase(ctx: Ctx, document: AgreementDocument): Promise<Frozen> {
  const { pdf, fields } = await ctx.deps.documents.drawAgreement(document, {
    verifyUrl: `${ctx.deps.settings.publicUrl}/verify`,
    vouching: ctx.deps.signing.vouching,
  });
  const certified = await ctx.deps.signing.certifyBase({
    pdf,
    fields,
    manifest: {
      courtId: ctx.principal.courtId,
      courtName: document.courtName,
      caseNumber: document.caseNumber,
      versionId: document.versionId,
      textSha256: canonicalSha256(document),
    },
  });
  const storageKey = await storeFile(ctx, 'agreement', certified.pdf, '.pdf');
  const pages = Math.max(...fields.map((f) => f.page)) + 1;
  return { pdf: certified.pdf, sha256: certified.sha256, fields, storageKey, pages };
}

async function writeVersion(
  tx: Tx,
  ctx: Ctx,
  input: {
    versionId: string;
    agreementId: string;
    caseId: string;
    draftSeq: number;
    document: AgreementDocument;
    frozen: Frozen | null;
  },
): Promise<void> {
  const { courtId } = ctx.principal;
  const { versionId, document, frozen } = input;
  await tx.draftVersion.create({
    data: {
      id: versionId,
      courtId,
      agreementId: input.agreementId,
      frozenById: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
      number: document.versionNumber,
      draftSeq: input.draftSeq,
      document: document as unknown as Prisma.InputJsonObject,
      canonicalSha256: canonicalSha256(document),
      baseSha256: frozen?.sha256 ?? null,
      pages: frozen?.pages ?? 1,
      frozenAt: ctx.deps.clock.now(),
    },
  });
  for (const [position, term] of document.terms.entries()) {
    await tx.term.create({
      data: {
        courtId,
        versionId,
        position,
        kind: term.block.kind,
        body: term.block as Prisma.InputJsonObject,
        text: term.text,
      },
    });
  }
  if (!frozen) return;
  await writePlaces(tx, {
    courtId,
    caseId: input.caseId,
    versionId,
    kind: 'AGREEMENT_BASE',
    file: { storageKey: frozen.storageKey, sha256: frozen.sha256, size: frozen.pdf.length },
    fields: frozen.fields,
    signers: document.signers,
  });
}
