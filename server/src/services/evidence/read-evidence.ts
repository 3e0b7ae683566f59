import type { EvidenceDocument, EvidenceSigner } from '../../contract/evidence.ts';
import { vouchingSentence } from '../../contract/vouching.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { describeStep, describeVerification, stepName, traceOf } from './describe-step.ts';

/**
 * The evidence report of an agreement in effect, drawn from its rows each time. For the case's staff: it names devices
 * and networks of both sides. NOT_FOUND while nothing is in effect, MEDIUM_MIXED where people signed on paper.
 */
export async function readEvidence(ctx: Ctx, caseId: string): Promise<{ bytes: Uint8Array; name: string }> {
  if (ctx.principal.kind !== 'staff') throw new DomainError('FORBIDDEN');
  const { head, ...document } = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'download-agreement', caseId);
    const built = await buildEvidence(tx, ctx, caseId);
    await appendAudit(tx, ctx, {
      action: 'download-agreement',
      subject: { type: 'version', id: built.versionId },
      caseId,
      duty,
      data: { evidence: true },
    });
    return built;
  });
  const { signatures } = await ctx.deps.signing.verify(await ctx.deps.storage.get(head));
  const certifiedAt = signatures.find(({ role }) => role === 'platform')?.time?.toISOString() ?? null;
  const bytes = await ctx.deps.documents.drawEvidence({ ...document, certifiedAt });
  return { bytes, name: `电子签名证据报告${document.caseNumber}.pdf` };
}

/** All but the certification's time, which is read from the file at `head` (storage key). */
async function buildEvidence(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
): Promise<Omit<EvidenceDocument, 'certifiedAt'> & { head: string }> {
  const agreement = await tx.agreement.findFirst({
    where: { caseId, status: 'EFFECTIVE' },
    include: { case: { include: { committee: true } } },
  });
  if (!agreement?.currentVersionId || !agreement.effectiveAt) throw new DomainError('NOT_FOUND');
  if (agreement.medium !== 'ELECTRONIC') throw new DomainError('MEDIUM_MIXED');
  const version = await tx.draftVersion.findUniqueOrThrow({
    where: { id: agreement.currentVersionId },
    include: {
      ceremonySteps: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
      signatures: { orderBy: { position: 'asc' }, include: { certificate: true, timestampTokens: true } },
    },
  });
  const head = await tx.document.findUniqueOrThrow({ where: { id: version.headDocumentId ?? '' } });
  const court = await tx.court.findUniqueOrThrow({ where: { id: version.courtId } });
  const signers = version.signatures.map((slot): EvidenceSigner => {
    const steps = version.ceremonySteps.filter(({ fieldName }) => fieldName === slot.fieldName);
    const stated = steps.findLast(({ kind }) => kind === 'CERTIFICATE')?.data;
    return {
      role: slot.role,
      name: slot.signerName,
      verification: verificationIn(stated),
      steps: steps.map(({ kind, at, data }) => ({
        kind: stepName[kind],
        at: at.toISOString(),
        facts: describeStep(kind, data),
        trace: traceOf(data),
      })),
      signedAt: slot.signedAt?.toISOString() ?? null,
      authority: slot.timestampTokens[0]?.authority ?? '',
      certificateSerial: slot.certificate?.serial ?? null,
      keyLevel: slot.level,
    };
  });
  return {
    head: head.storageKey,
    demo: ctx.deps.signing.demo,
    courtName: court.name,
    committeeName: agreement.case.committee.name,
    caseNumber: agreement.case.number ?? '',
    versionNumber: version.number,
    versionId: version.id,
    textSha256: version.canonicalSha256,
    baseSha256: version.baseSha256 ?? '',
    documentSha256: head.sha256,
    effectiveAt: agreement.effectiveAt.toISOString(),
    archivedAt: head.archivedAt?.toISOString() ?? null,
    vouching: vouchingSentence(ctx.deps.signing.vouching),
    signers,
    audit: await auditOf(tx, caseId, version.id),
  };
}

function verificationIn(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('verification' in data)) return '';
  return typeof data.verification === 'string' ? describeVerification(data.verification) : '';
}

/** The chain's links that speak of this version, and the first stamp at or behind the seal's link. */
async function auditOf(tx: Tx, caseId: string, versionId: string): Promise<EvidenceDocument['audit']> {
  const all = await tx.auditEvent.findMany({
    where: { caseId },
    orderBy: { seq: 'asc' },
    select: { seq: true, at: true, action: true, hash: true, data: true, subjectId: true },
  });
  const about = all.filter(({ data, subjectId }) => {
    const facts = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
    return subjectId === versionId || facts.versionId === versionId;
  });
  const sealed = about.findLast(({ action }) => action === 'system:sealed');
  const stamp = sealed
    ? await tx.auditStamp.findFirst({ where: { seq: { gte: sealed.seq } }, orderBy: { seq: 'asc' } })
    : null;
  const shown = sealed ? about.filter(({ seq }) => seq <= sealed.seq) : about;
  return {
    events: shown.map(({ seq, at, action, hash }) => ({
      seq: String(seq),
      at: at.toISOString(),
      action,
      hash,
    })),
    stamp: stamp && {
      seq: String(stamp.seq),
      hash: stamp.hash,
      time: stamp.time.toISOString(),
      authority: stamp.authority,
    },
  };
}
