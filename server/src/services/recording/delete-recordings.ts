import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Deps } from '../context.ts';
import { inCourt, transact } from '../transact.ts';

const DAY_MS = 86_400_000;

/**
 * Deletes by rule: recordings whose case ended `keepDays` ago. The key goes first, so that from that commit on no
 * copy of the files opens; then the files; then the certificate says what was deleted. An older backup of the database
 * still holds the wrapped key until it is thrown away: the certificate says so. Runs hourly, for every court, and goes on
 * where it was cut off.
 */
export async function deleteDueRecordings(deps: Deps): Promise<void> {
  const keepDays = deps.settings.recordingKeepDays;
  const before = new Date(deps.clock.now().getTime() - keepDays * DAY_MS);
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, requestId: 'retention', ip: 'local' };
    const due = await inCourt(deps.db, courtId, (tx) =>
      tx.recording.findMany({
        where: {
          certificateToken: null,
          OR: [
            { deletedAt: { not: null } },
            { manifest: { not: null }, session: { case: { closedAt: { lt: before } } } },
          ],
        },
        select: { id: true },
      }),
    );
    for (const { id } of due) await deleteOne(ctx, id, keepDays);
  }
}

async function deleteOne(ctx: Ctx, recordingId: string, keepDays: number): Promise<void> {
  const { deps } = ctx;
  const recording = await transact(ctx, async (tx) => {
    await tx.recording.updateMany({
      where: { id: recordingId, deletedAt: null },
      data: { deletedAt: deps.clock.now(), keyEnc: null },
    });
    return tx.recording.findUniqueOrThrow({
      where: { id: recordingId },
      include: { parts: true, chunks: true, session: { include: { case: true } } },
    });
  });
  const keys = [
    ...recording.chunks.map((chunk) => chunk.storageKey),
    ...recording.parts.flatMap((part) => part.storageKey ?? []),
  ];
  for (const key of keys) await deps.storage.remove(key);
  const certificate = canonicalize({
    format: 1,
    kind: '录音录像删除证明',
    demo: deps.settings.demo,
    caseNumber: recording.session.case.number,
    sessionId: recording.sessionId,
    recordingId,
    recordedFrom: recording.startedAt?.toISOString() ?? null,
    recordedTo: recording.stoppedAt?.toISOString() ?? null,
    rule: `结案后保存${keepDays}天`,
    deletedAt: recording.deletedAt?.toISOString() ?? null,
    files: keys.length,
    bytes: recording.chunks.reduce((sum, chunk) => sum + chunk.size, 0),
    chunkCount: recording.chunkCount,
    headHash: recording.headHash,
    manifestSha256: recording.manifest ? createHash('sha256').update(recording.manifest).digest('hex') : null,
    keyDestroyed: true,
    backups: '此前制作的数据库备份仍含加密保存的密钥，按备份的保存期限另行销毁',
  });
  if (certificate === undefined) throw new Error('the certificate is not JSON');
  const { token } = await deps.signing.stampDigest(createHash('sha256').update(certificate).digest());
  await transact(ctx, async (tx) => {
    const kept = await tx.recording.updateMany({
      where: { id: recordingId, certificateToken: null },
      data: { certificate, certificateToken: Buffer.from(token) },
    });
    if (kept.count !== 1) return;
    await appendAudit(tx, ctx, {
      action: 'system:recording-deleted',
      subject: { type: 'recording', id: recordingId },
      caseId: recording.session.caseId,
      data: { files: keys.length, headHash: recording.headHash, keepDays },
    });
  });
}

/** The certificate of a deletion with its time stamp, as one JSON file. NOT_FOUND while nothing was deleted. */
export function readDeletion(
  ctx: Ctx,
  input: { caseId: string; recordingId: string },
): Promise<{ certificate: string; timestampToken: string }> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'play-recording', input.caseId);
    const recording = await tx.recording.findFirst({
      where: { id: input.recordingId, session: { caseId: input.caseId } },
    });
    if (!recording?.certificate || !recording.certificateToken) throw new DomainError('NOT_FOUND');
    return {
      certificate: recording.certificate,
      timestampToken: Buffer.from(recording.certificateToken).toString('base64'),
    };
  });
}
