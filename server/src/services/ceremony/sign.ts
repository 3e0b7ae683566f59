import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Ink, PreparedSignature, SignedRevision } from '../../ports/signing.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { authoriseSlot } from './authorise-slot.ts';
import { addStep } from './take-step.ts';

type Place = { caseId: string; fieldName: string };
type Authorised = Awaited<ReturnType<typeof authoriseSlot>>;

/**
 * Builds the revision that the signer's device will sign, against the current head, and returns the digest of its
 * byte range. May be asked again at any time: the newest preparation counts.
 */
export async function prepareSigning(
  ctx: Ctx,
  place: Place,
): Promise<{ digest: string; headSha256: string }> {
  const { slot, head, certificate } = await transact(ctx, (tx) => loadForSigning(tx, ctx, place));
  const prepared = await ctx.deps.signing.prepareSignature({
    head: await ctx.deps.storage.get(head.storageKey),
    fieldName: slot.fieldName,
    ink: readInk(ctx, slot),
    certificate: certificate.der,
    chain: certificate.chain,
    claimedTime: new Date(),
  });
  await transact(ctx, async (tx) => {
    const { slot: now } = await authoriseSlot(tx, ctx, place, 'SIGNED');
    if (now.id !== slot.id) throw new DomainError('VERSION_CHANGED');
    await tx.signature.update({
      where: { id: slot.id },
      data: { pending: prepared as unknown as Prisma.InputJsonObject },
    });
  });
  return { digest: prepared.digest, headSha256: prepared.headSha256 };
}

/**
 * Takes the device's signature, time-stamps it and appends exactly one revision. When another signer was faster
 * (HEAD_MOVED) nothing is written and the device prepares and signs again. TIMESTAMP_UNAVAILABLE leaves everything
 * as it was.
 */
export async function completeSigning(
  ctx: Ctx,
  place: Place,
  answer: { signedAttributes: Uint8Array; signature: Uint8Array },
): Promise<{ signedAt: Date }> {
  const before = await transact(ctx, (tx) => loadForSigning(tx, ctx, place));
  const pending = before.slot.pending as unknown as PreparedSignature | null;
  if (!pending) throw new DomainError('CEREMONY_STEP_MISSING', { step: 'PREPARE' });
  if (pending.headSha256 !== before.head.sha256) throw new DomainError('HEAD_MOVED');
  const revision = await ctx.deps.signing.completeSignature({
    head: await ctx.deps.storage.get(before.head.storageKey),
    prepared: pending,
    certificate: before.certificate.der,
    chain: before.certificate.chain,
    ...answer,
  });
  const storageKey = await storeFile(ctx, 'agreement', revision.pdf, '.pdf');
  await transact(ctx, async (tx) => {
    // Simultaneous signers line up here; the later one sees the moved head and nothing of it is written.
    await tx.$queryRaw`SELECT id FROM "DraftVersion" WHERE id = ${before.version.id}::uuid FOR UPDATE`;
    const authorised = await authoriseSlot(tx, ctx, place, 'SIGNED');
    if (authorised.ceremony.version.revision !== before.version.revision) throw new DomainError('HEAD_MOVED');
    const { agreement } = authorised.ceremony;
    if (agreement.status === 'FROZEN') await transitionAgreement(tx, agreement, 'sign');
    await appendRevision(tx, authorised, before.version.revision, revision, storageKey);
    if (authorised.ceremony.application)
      await ctx.deps.jobs.enqueue(tx, 'confirmation.finish', {
        courtId: authorised.slot.courtId,
        versionId: authorised.slot.versionId,
      });
    const stepSha256 = await addStep(tx, ctx, authorised, 'SIGNED', {
      documentSha256: revision.sha256,
      serial: before.certificate.serial,
      tokenTime: revision.signedAt.toISOString(),
    });
    await appendAudit(tx, ctx, {
      action: actionOf(authorised.slot.role),
      subject: { type: 'signature', id: authorised.slot.id },
      caseId: agreement.caseId,
      duty: authorised.duty,
      data: {
        stepSha256,
        field: authorised.slot.fieldName,
        versionId: authorised.slot.versionId,
        documentSha256: revision.sha256,
        signedAt: revision.signedAt.toISOString(),
      },
    });
  });
  return { signedAt: revision.signedAt };
}

/**
 * Makes a signed revision the document's head: compare-and-swap on the version's revision number, so that of two
 * simultaneous signers one is told HEAD_MOVED. `archived` makes it the finished agreement.
 */
export async function appendRevision(
  tx: Tx,
  { slot, ceremony }: Pick<Authorised, 'slot' | 'ceremony'>,
  expectedRevision: number,
  revision: SignedRevision,
  storageKey: string,
  archived?: { archivedAt: Date; validUntil: Date },
): Promise<string> {
  const { caseId } = ceremony.agreement;
  const document = await tx.document.create({
    data: {
      courtId: slot.courtId,
      caseId,
      versionId: slot.versionId,
      kind: archived ? 'AGREEMENT' : ceremony.application ? 'CONFIRMATION_HEAD' : 'AGREEMENT_HEAD',
      storageKey,
      sha256: revision.sha256,
      size: revision.pdf.length,
      ...(archived ? { archivedAt: archived.archivedAt, archivedUntil: archived.validUntil } : {}),
    },
  });
  const moved = await tx.draftVersion.updateMany({
    where: { id: slot.versionId, revision: expectedRevision, voidedAt: null },
    data: { revision: expectedRevision + 1, headDocumentId: document.id },
  });
  if (moved.count !== 1) throw new DomainError('HEAD_MOVED');
  const signed = await tx.signature.updateMany({
    where: { id: slot.id, signedAt: null },
    data: { signedAt: revision.signedAt, pending: {} },
  });
  if (signed.count !== 1) throw new DomainError('ALREADY_SIGNED');
  await tx.timestampToken.create({
    data: {
      courtId: slot.courtId,
      signatureId: slot.id,
      der: Buffer.from(revision.token),
      time: revision.signedAt,
      authority: revision.tokenAuthority,
    },
  });
  return document.id;
}

async function loadForSigning(tx: Tx, ctx: Ctx, place: Place) {
  const { slot, ceremony } = await authoriseSlot(tx, ctx, place, 'SIGNED');
  const { version } = ceremony;
  if (!slot.certificate || slot.certificate.revokedAt)
    throw new DomainError('CEREMONY_STEP_MISSING', { step: 'CERTIFICATE' });
  if (!version.headDocumentId) throw new DomainError('PAPER_ONLY');
  const head = await tx.document.findUniqueOrThrow({ where: { id: version.headDocumentId } });
  return { slot, version, head, certificate: slot.certificate };
}

function readInk(ctx: Ctx, slot: { id: string; courtId: string; inkEnc: Uint8Array | null }): Ink {
  if (!slot.inkEnc) throw new DomainError('CEREMONY_STEP_MISSING', { step: 'INK' });
  const at = { courtId: slot.courtId, table: 'Signature', rowId: slot.id, column: 'inkEnc' };
  return JSON.parse(ctx.deps.cipher.decrypt(at, slot.inkEnc)) as Ink;
}

function actionOf(role: string) {
  if (role === 'mediator') return 'sign-as-mediator';
  if (role === 'recorder') return 'sign-as-recorder';
  return role === 'agent' ? 'sign-as-agent' : 'sign-as-party';
}
