import { randomUUID } from 'node:crypto';
import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { ApplicationDocument } from '../../contract/confirmation.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { SignatureField } from '../../ports/signing.ts';
import { canonicalSha256, canonicalText } from '../agreement/canonical-text.ts';
import { writePlaces } from '../agreement/write-places.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { lockCase } from '../case/lock-case.ts';
import type { Ctx, Tx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { buildApplication, maskedApplication } from './build-application.ts';
import { effectiveAgreement, newestConfirmation, standingAnswers } from './load-confirmation.ts';

/**
 * Draws the joint application that every side said yes to, certifies its base and lets it wait for signatures. Also run
 * from the outbox: idempotent, nothing happens while one is living or somebody has not said yes.
 */
export async function openApplication(ctx: Ctx, caseId: string): Promise<void> {
  const versionId = randomUUID();
  const before = await transact(ctx, (tx) => readyToOpen(tx, ctx, caseId, versionId));
  if (!before) return;
  const { document } = before;
  const base = document.medium === 'ELECTRONIC' ? await drawBase(ctx, document) : null;
  try {
    await transact(ctx, async (tx) => {
      // Of the answering request and the job one goes first; the other then finds its application.
      await lockCase(tx, caseId);
      const now = await readyToOpen(tx, ctx, caseId, versionId);
      if (!now) return;
      if (canonicalSha256(now.document) !== canonicalSha256(document))
        throw new DomainError('VERSION_CHANGED');
      await write(tx, ctx, { ...now, caseId, base });
    });
  } catch (error) {
    // Somebody else opened it meanwhile: one living application a case.
    const living = await transact(ctx, (tx) => newestConfirmation(tx, caseId));
    if (!(error instanceof DomainError && error.code === 'CONFLICT' && living?.decidedAt === null))
      throw error;
  }
}

async function readyToOpen(tx: Tx, ctx: Ctx, caseId: string, versionId: string) {
  const last = await newestConfirmation(tx, caseId);
  if (last && (last.decidedAt === null || last.status === 'CONFIRMED')) return null;
  const answers = await standingAnswers(tx, caseId, last?.decidedAt ?? null);
  if (!answers.every(({ choice }) => choice === 'YES')) return null;
  const { agreement, version, effectiveAt } = await effectiveAgreement(tx, caseId);
  if (!version) return null;
  const file = await tx.document.findFirst({
    where: { versionId: version.id, kind: { in: ['AGREEMENT', 'AGREEMENT_PAPER'] } },
    orderBy: { createdAt: 'asc' },
  });
  const versionNumber = (await tx.draftVersion.count({ where: { agreementId: agreement.id } })) + 1;
  const document = await buildApplication(tx, ctx, {
    caseId,
    versionId,
    versionNumber,
    agreement: {
      document: version.document as unknown as AgreementDocument,
      effectiveAt,
      sha256: file?.sha256 ?? version.canonicalSha256,
    },
    // Media are never mixed: what was signed by hand is applied for by hand.
    medium: agreement.medium === 'ELECTRONIC' ? 'ELECTRONIC' : 'PAPER',
  });
  return { agreement, document };
}

type Base = { sha256: string; size: number; storageKey: string; fields: SignatureField[]; pages: number };

/** Drawing, certifying and storing happen outside any transaction. */
async function drawBase(ctx: Ctx, document: ApplicationDocument): Promise<Base> {
  const { courtId } = ctx.principal;
  const { pdf, fields } = await ctx.deps.documents.drawApplication(document, {
    verifyUrl: `${ctx.deps.settings.publicUrl}/verify`,
    vouching: ctx.deps.signing.vouching,
  });
  const certified = await ctx.deps.signing.certifyBase({
    pdf,
    fields,
    manifest: {
      courtId,
      courtName: document.courtName,
      caseNumber: document.caseNumber,
      versionId: document.versionId,
      textSha256: canonicalSha256(document),
    },
  });
  const storageKey = await storeFile(ctx, 'confirmation', certified.pdf, '.pdf');
  const pages = Math.max(...fields.map((f) => f.page)) + 1;
  return { sha256: certified.sha256, size: certified.pdf.length, storageKey, fields, pages };
}

async function write(
  tx: Tx,
  ctx: Ctx,
  input: { agreement: { id: string }; document: ApplicationDocument; caseId: string; base: Base | null },
): Promise<void> {
  const { courtId } = ctx.principal;
  const { document, base, caseId } = input;
  const { versionId } = document;
  const at = { courtId, table: 'DraftVersion', rowId: versionId, column: 'documentEnc' };
  await tx.draftVersion.create({
    data: {
      id: versionId,
      courtId,
      agreementId: input.agreement.id,
      purpose: 'CONFIRMATION',
      number: document.versionNumber,
      document: maskedApplication(document) as unknown as Prisma.InputJsonObject,
      documentEnc: Buffer.from(ctx.deps.cipher.encrypt(at, canonicalText(document))),
      canonicalSha256: canonicalSha256(document),
      baseSha256: base?.sha256 ?? null,
      pages: base?.pages ?? 1,
      frozenAt: ctx.deps.clock.now(),
    },
  });
  if (base) {
    const { fields, sha256, size, storageKey } = base;
    await writePlaces(tx, {
      courtId,
      caseId,
      versionId,
      kind: 'CONFIRMATION_BASE',
      file: { storageKey, sha256, size },
      fields,
      signers: document.signers,
    });
  }
  const confirmation = await tx.confirmation.create({
    data: {
      courtId,
      caseId,
      versionId,
      status: 'SIGNING',
      medium: document.medium,
      createdAt: ctx.deps.clock.now(),
    },
  });
  await appendAudit(tx, ctx, {
    action: 'system:application-drawn',
    subject: { type: 'confirmation', id: confirmation.id },
    caseId,
    data: { versionId, canonicalSha256: canonicalSha256(document), baseSha256: base?.sha256 ?? null },
  });
}
