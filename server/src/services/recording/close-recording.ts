import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { inCourt, transact } from '../transact.ts';
import { endPart } from './begin-part.ts';
import { openFile, sealFile, sha256 } from './blocks.ts';
import { collectPieces } from './collect-pieces.ts';
import { recordingKey } from './recording-key.ts';
import { remux } from './remux.ts';
import { stampHead } from './stamp-recordings.ts';

/**
 * The `recording.close` job: once a recording has stopped, every part becomes one seekable file, the chain's head and a
 * manifest of it all are time-stamped. At least once: what is done stays done. Throws while no time stamp is to be had.
 */
export async function closeRecording(ctx: Ctx, recordingId: string): Promise<void> {
  const { deps } = ctx;
  const found = await transact(ctx, async (tx) => {
    const recording = await tx.recording.findUniqueOrThrow({
      where: { id: recordingId },
      include: { parts: { orderBy: { number: 'asc' } } },
    });
    const over = recording.status === 'STOPPED' || recording.status === 'FAILED';
    if (!over || recording.manifest || recording.deletedAt) return null;
    return recording;
  });
  if (!found) return;
  for (const part of found.parts) {
    if (part.endedAt) continue;
    if (part.handle) await deps.recording?.recorder.stop(part.handle);
    if (!(await collectPieces(ctx, part))) throw new Error('a recorder still hands in its last pieces');
    await endPart(ctx, part.id);
  }
  for (const part of found.parts) if (!part.storageKey) await closePart(ctx, found, part);
  await stampHead(deps, found.courtId, recordingId);
  const manifest = await transact(ctx, (tx) => writeManifest(tx, ctx, recordingId));
  const { token } = await deps.signing.stampDigest(createHash('sha256').update(manifest).digest());
  await transact(ctx, async (tx) => {
    const kept = await tx.recording.updateMany({
      where: { id: recordingId, manifest: null },
      data: { manifest, manifestToken: Buffer.from(token), manifestAt: deps.clock.now() },
    });
    if (kept.count !== 1) return;
    const { session, headHash, chunkCount } = await tx.recording.findUniqueOrThrow({
      where: { id: recordingId },
      include: { session: true },
    });
    await appendAudit(tx, ctx, {
      action: 'system:recording-closed',
      subject: { type: 'recording', id: recordingId },
      caseId: session.caseId,
      data: { headHash, chunkCount, manifestSha256: sha256(Buffer.from(manifest)) },
      topics: [`session:${session.id}`],
    });
  });
}

type Recording = { id: string; courtId: string; keyEnc: Uint8Array | null };

/** A part's pieces in one seekable file; a part that cannot be remuxed is kept as it was streamed. */
async function closePart(
  ctx: Ctx,
  recording: Recording,
  part: { id: string; number: number },
): Promise<void> {
  const { deps } = ctx;
  const key = recordingKey(deps, recording);
  const chunks = await inCourt(deps.db, recording.courtId, (tx) =>
    tx.recordingChunk.findMany({ where: { partId: part.id }, orderBy: { sequence: 'asc' } }),
  );
  if (chunks.length === 0) return;
  const pieces: Buffer[] = [];
  for (const chunk of chunks) pieces.push(await openFile(key, await deps.storage.get(chunk.storageKey)));
  const stream = Buffer.concat(pieces);
  const file = await remux(stream).catch((error: unknown) => {
    deps.log.warn({ err: error, part: part.number }, 'a part of a recording is kept as it was streamed');
    return { bytes: new Uint8Array(stream), mime: 'video/webm' as const, durationMs: null };
  });
  const stored = sealFile(key, file.bytes);
  const storageKey = await storeFile(ctx, 'recording', stored);
  await transact(ctx, (tx) =>
    tx.recordingPart.updateMany({
      where: { id: part.id, storageKey: null },
      data: {
        storageKey,
        sha256: sha256(stored),
        size: file.bytes.length,
        mime: file.mime,
        durationMs: file.durationMs,
      },
    }),
  );
}

/** What there is of a recording, as canonical JSON (RFC 8785): a stranger checks it with the token over its SHA-256. */
async function writeManifest(
  tx: Parameters<Parameters<typeof transact>[1]>[0],
  ctx: Ctx,
  recordingId: string,
): Promise<string> {
  const recording = await tx.recording.findUniqueOrThrow({
    where: { id: recordingId },
    include: {
      parts: { orderBy: { number: 'asc' }, include: { _count: { select: { chunks: true } } } },
      session: { include: { case: true } },
    },
  });
  const court = await tx.court.findUniqueOrThrow({ where: { id: recording.courtId } });
  const text = canonicalize({
    format: 1,
    demo: ctx.deps.settings.demo,
    court: court.name,
    caseNumber: recording.session.case.number,
    sessionId: recording.sessionId,
    recordingId,
    startedAt: recording.startedAt?.toISOString() ?? null,
    stoppedAt: recording.stoppedAt?.toISOString() ?? null,
    stopReason: recording.stopReason,
    chunkCount: recording.chunkCount,
    headHash: recording.headHash,
    parts: recording.parts.map((part) => ({
      number: part.number,
      from: part.firstChunkAt?.toISOString() ?? null,
      to: part.lastChunkAt?.toISOString() ?? null,
      chunks: part._count.chunks,
      durationMs: part.durationMs,
      size: part.size,
      storedSha256: part.sha256,
    })),
  });
  if (text === undefined) throw new Error('the manifest is not JSON');
  return text;
}
