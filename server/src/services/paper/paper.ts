import { createHash } from 'node:crypto';
import type { PaperState } from '../../contract/paper.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { loadCeremony } from '../ceremony/load-ceremony.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { takeEffect } from '../sealing/take-effect.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

type Scan = { id: string; sha256: string };
const SCAN_WIDTH = 1400;

/** How far signing by hand has come. NOT_FOUND while nothing is frozen, MEDIUM_MIXED for an electronic version. */
export async function readPaper(ctx: Ctx, caseId: string): Promise<PaperState> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-agreement', caseId);
    const { version } = await loadPaper(tx, caseId);
    const signing = await tx.paperSigning.findFirst({
      where: { versionId: version.id },
      include: { checkedBy1: { select: { name: true } }, checkedBy2: { select: { name: true } } },
    });
    const scans = (signing?.scans ?? []) as Scan[];
    const attachments = await tx.attachment.findMany({
      where: { caseId, id: { in: scans.map((s) => s.id) } },
    });
    const check = (by: { name: string } | null | undefined, at: Date | null | undefined) =>
      by && at ? [{ name: by.name, at: at.toISOString() }] : [];
    const me = ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null;
    return {
      versionId: version.id,
      scans: scans.map((s) => ({ ...s, name: attachments.find((a) => a.id === s.id)?.name ?? '' })),
      signedOn: signing?.signedOn?.toISOString().slice(0, 10) ?? null,
      checks: [
        ...check(signing?.checkedBy1, signing?.checkedAt1),
        ...check(signing?.checkedBy2, signing?.checkedAt2),
      ],
      checkedByMe: me !== null && (signing?.checkedBy1Id === me || signing?.checkedBy2Id === me),
    };
  });
}

/**
 * The frozen text goes on paper after all, with a reason: open until the first signature, then MEDIUM_MIXED. The text
 * and its hash stay; from here on nobody signs electronically.
 */
export async function choosePaper(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; reason: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'choose-paper', input.caseId);
    const { version } = await loadCeremony(tx, input.caseId);
    // Signing takes the same row: of a signature and this choice only one comes first.
    await tx.$queryRaw`SELECT id FROM "DraftVersion" WHERE id = ${version.id}::uuid FOR UPDATE`;
    const signed = await tx.signature.count({ where: { versionId: version.id, signedAt: { not: null } } });
    if (signed > 0) throw new DomainError('MEDIUM_MIXED');
    const changed = await tx.agreement.updateMany({
      where: {
        id: version.agreementId,
        status: 'FROZEN',
        medium: 'ELECTRONIC',
        currentVersionId: version.id,
      },
      data: { medium: 'PAPER' },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'choose-paper',
      subject: { type: 'version', id: version.id },
      caseId: input.caseId,
      duty,
      personal: { reason: input.reason },
    });
  });
}

/** Photographs of the hand-signed and sealed paper, attached to its frozen text. Media are never mixed (MEDIUM_MIXED). */
export async function uploadPaperScans(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; attachmentIds: string[]; signedOn: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'upload-paper-scan', input.caseId);
    const { agreement, version } = await lockPaper(tx, input.caseId);
    if (agreement.status !== 'FROZEN')
      throw new DomainError('ILLEGAL_TRANSITION', { status: agreement.status });
    const today = shanghaiDay(ctx.deps.clock.now());
    if (input.signedOn > today || input.signedOn < shanghaiDay(version.frozenAt))
      throw new DomainError('BAD_REQUEST', { fields: ['signedOn'], reason: 'not-that-day' });
    const found = await tx.attachment.findMany({
      where: { caseId: input.caseId, kind: 'PAPER_AGREEMENT', id: { in: input.attachmentIds } },
    });
    // In the order in which they were photographed: the pages of one paper.
    const scans = [...new Set(input.attachmentIds)].map((id) => {
      const scan = found.find((a) => a.id === id);
      if (!scan) throw new DomainError('NOT_FOUND');
      return scan;
    });
    const data = {
      scans: scans.map((s) => ({ id: s.id, sha256: s.sha256 })),
      signedOn: new Date(`${input.signedOn}T00:00:00Z`),
      checkedBy1Id: null,
      checkedAt1: null,
    };
    await tx.paperSigning.upsert({
      where: { courtId_versionId: { courtId: ctx.principal.courtId, versionId: version.id } },
      create: {
        courtId: ctx.principal.courtId,
        versionId: version.id,
        printedAt: ctx.deps.clock.now(),
        ...data,
      },
      update: data,
    });
    await appendAudit(tx, ctx, {
      action: 'upload-paper-scan',
      subject: { type: 'version', id: version.id },
      caseId: input.caseId,
      duty,
      data: { scans: scans.map((s) => s.sha256) },
    });
  });
}

/** Two different people compare the photographs with the frozen text; with the second the agreement takes effect. */
export async function checkPaper(
  ctx: Ctx<StaffPrincipal>,
  input: { caseId: string; scans: string[] },
): Promise<{ effective: boolean }> {
  const bound = await bindScans(ctx, input);
  return transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'check-paper', input.caseId);
    const { agreement, version } = await lockPaper(tx, input.caseId);
    const me = ctx.principal.staffUserId;
    const now = ctx.deps.clock.now();
    const signing = await tx.paperSigning.findFirst({ where: { versionId: version.id } });
    if (!signing) throw new DomainError('NOT_FOUND');
    if ((signing.scans as Scan[]).map((s) => s.sha256).join() !== input.scans.join())
      throw new DomainError('CONFLICT', { reason: 'other-photographs' });
    if (signing.checkedBy1Id === me) throw new DomainError('FORBIDDEN', { reason: 'same-person' });
    const first = await tx.paperSigning.updateMany({
      where: { id: signing.id, checkedBy1Id: null },
      data: { checkedBy1Id: me, checkedAt1: now },
    });
    let effective = false;
    if (first.count === 0) {
      const second = await tx.paperSigning.updateMany({
        where: { id: signing.id, checkedBy2Id: null },
        data: { checkedBy2Id: me, checkedAt2: now },
      });
      if (second.count !== 1) throw new DomainError('CONFLICT');
      if (bound?.of !== input.scans.join())
        throw new DomainError('CONFLICT', { reason: 'checked-meanwhile' });
      const document = await tx.document.create({
        data: {
          courtId: version.courtId,
          caseId: input.caseId,
          versionId: version.id,
          kind: 'AGREEMENT_PAPER',
          ...bound.file,
        },
      });
      await transitionAgreement(tx, agreement, 'complete-paper');
      // Paper carries a day, not an instant: its last moment in Shanghai is never earlier than the signing.
      const effectiveAt = signing.signedOn
        ? new Date(Math.min(signing.signedOn.getTime() + 16 * 3600_000 - 1000, now.getTime()))
        : now;
      await takeEffect(tx, ctx, {
        agreementId: agreement.id,
        versionId: version.id,
        documentId: document.id,
        effectiveAt,
        source: 'PAPER',
      });
      effective = true;
    }
    await appendAudit(tx, ctx, {
      action: 'check-paper',
      subject: { type: 'version', id: version.id },
      caseId: input.caseId,
      duty,
      data: { effective },
    });
    return { effective };
  });
}

/**
 * Before the second comparison: the photographs as one document, stored under its own name. Null while nobody compared
 * before. Reading, drawing and storing take no lock: what they were made of is compared again under it.
 */
async function bindScans(ctx: Ctx<StaffPrincipal>, { caseId }: { caseId: string }) {
  const { storage, documents, settings, clock } = ctx.deps;
  const found = await transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'check-paper', caseId);
    const { version } = await loadPaper(tx, caseId);
    const committee = await tx.committee.findUniqueOrThrow({ where: { id: theCase.committeeId } });
    const signing = await tx.paperSigning.findFirst({
      where: { versionId: version.id, checkedBy1Id: { not: null } },
      include: { checkedBy1: { select: { name: true } } },
    });
    const scans = (signing?.scans ?? []) as Scan[];
    const attachments = await tx.attachment.findMany({
      where: { caseId, id: { in: scans.map((scan) => scan.id) } },
    });
    return { scans, attachments, signing, committee, number: theCase.number ?? caseId };
  });
  if (!found.signing) return null;
  const scans = await Promise.all(
    found.scans.map(async ({ id, sha256 }) => {
      const attachment = found.attachments.find((one) => one.id === id);
      if (!attachment) throw new DomainError('NOT_FOUND');
      const pictures =
        attachment.mime === 'application/pdf'
          ? await documents.renderPages(await storage.get(attachment.storageKey), { widthPx: SCAN_WIDTH })
          : [await storage.get(attachment.derivativeKey ?? attachment.storageKey)];
      return { sha256, pictures };
    }),
  );
  const pdf = await documents.drawPaperScans({
    committeeName: found.committee.name,
    caseNumber: found.number,
    date: clock.now(),
    demo: settings.demo,
    scans,
    checkedBy: [found.signing.checkedBy1?.name ?? '', ctx.principal.name],
  });
  const storageKey = await storeFile(ctx, 'paper', pdf, '.pdf');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  return {
    of: found.scans.map((scan) => scan.sha256).join(),
    file: { storageKey, sha256, size: pdf.length },
  };
}

/** The same under the agreement's lock: photographs are exchanged and compared one after the other. */
async function lockPaper(tx: Tx, caseId: string) {
  const { agreement } = await loadPaper(tx, caseId);
  await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${agreement.id}::uuid FOR UPDATE`;
  return loadPaper(tx, caseId);
}

async function loadPaper(tx: Tx, caseId: string) {
  const ceremony = await loadCeremony(tx, caseId);
  if (ceremony.agreement.medium !== 'PAPER') throw new DomainError('MEDIUM_MIXED');
  return ceremony;
}
