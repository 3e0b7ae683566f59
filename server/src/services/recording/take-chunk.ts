import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { endPart, lockRecording } from './begin-part.ts';
import { sealFile, sha256 } from './blocks.ts';
import { linkHash } from './chain.ts';
import { partOfTicket } from './layout-page.ts';
import { recordingKey } from './recording-key.ts';
import { transitionRecording } from './transition-recording.ts';

/** Bytes of one piece: far more than a few seconds of the layout's bit rate. */
export const MOST_PIECE_BYTES = 8 * 1024 * 1024;

export type Piece = {
  bytes: Uint8Array;
  /** In its part, from 0: a piece sent twice is kept once. */
  sequence: number;
  /** Nothing more comes of this part. */
  last: boolean;
};

/** A piece from the layout page. UNAUTHENTICATED, CONFLICT for a piece out of order, TOO_LARGE. */
export async function takePiece(ctx: Ctx, ticket: string, piece: Piece): Promise<void> {
  const { id } = await transact(ctx, (tx) => partOfTicket(tx, ctx.deps, ticket));
  await keepPiece(ctx, id, piece);
}

/**
 * Encrypts, stores and links one piece: the file first, then its link, so that a link without its file cannot be. A
 * stopped recording still takes the piece that was in the making.
 */
export async function keepPiece(ctx: Ctx, partId: string, { bytes, sequence, last }: Piece): Promise<void> {
  if (bytes.length > MOST_PIECE_BYTES) throw new DomainError('TOO_LARGE');
  const part = await transact(ctx, (tx) =>
    tx.recordingPart.findUniqueOrThrow({
      where: { id: partId },
      include: { recording: true, _count: { select: { chunks: true } } },
    }),
  );
  const { recording } = part;
  if (sequence > part._count.chunks) throw new DomainError('CONFLICT', { reason: 'order' });
  if (bytes.length > 0 && sequence === part._count.chunks) {
    const stored = sealFile(recordingKey(ctx.deps, recording), bytes);
    const storageKey = await storeFile(ctx, 'recording', stored);
    await transact(ctx, async (tx) => {
      const locked = await lockRecording(tx, recording.id);
      const open = locked.parts.find((p) => p.id === partId && p.endedAt === null);
      if (!open || locked.manifest) throw new DomainError('CONFLICT', { reason: 'closed' });
      // The same piece came twice at once: the other one is kept, this file is removed by its job.
      if ((await tx.recordingChunk.count({ where: { partId } })) !== sequence) return;
      const at = ctx.deps.clock.now();
      const link = {
        index: locked.chunkCount,
        part: part.number,
        at,
        size: stored.length,
        sha256: sha256(stored),
      };
      const hash = linkHash(locked.headHash, link);
      const { part: _, ...row } = link;
      await tx.recordingChunk.create({
        data: { ...row, courtId: locked.courtId, recordingId: locked.id, partId, sequence, storageKey, hash },
      });
      await tx.recordingPart.update({
        where: { id: partId },
        data: { lastChunkAt: at, ...(open.firstChunkAt ? {} : { firstChunkAt: at }) },
      });
      await tx.recording.update({
        where: { id: locked.id },
        data: { chunkCount: { increment: 1 }, headHash: hash },
      });
      if (locked.status !== 'STARTING') return;
      await transitionRecording(tx, locked, 'arrive', locked.startedAt ? {} : { startedAt: at });
      await appendAudit(tx, ctx, {
        action: 'system:recording-runs',
        subject: { type: 'recording', id: locked.id },
        caseId: locked.session.caseId,
        data: { part: part.number },
        topics: [`session:${locked.sessionId}`],
      });
    });
  }
  if (last) await endPart(ctx, partId);
}
