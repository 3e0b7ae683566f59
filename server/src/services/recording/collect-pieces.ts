import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { endPart } from './begin-part.ts';
import { keepPiece } from './take-chunk.ts';

/**
 * Fetches what a recorder left for us, in its order, and removes it there once it is kept. True when nothing more will
 * come; recorders whose page hands in its pieces leave nothing.
 */
export async function collectPieces(ctx: Ctx, part: { id: string; handle: string | null }): Promise<boolean> {
  const collect = ctx.deps.recording?.recorder.collect;
  if (!collect || !part.handle) return true;
  const { courtId } = ctx.principal;
  const from = await transact(ctx, (tx) => tx.recordingChunk.count({ where: { partId: part.id } }));
  const { pieces, complete, forget } = await collect({ courtId, partId: part.id }, part.handle, from);
  for (const [i, bytes] of pieces.entries())
    await keepPiece(ctx, part.id, { bytes, sequence: from + i, last: false });
  await forget();
  if (complete) await endPart(ctx, part.id);
  return complete;
}

/** Of parts that are over: what a recorder left after they were given up goes, unread; nothing of it is in the chain. */
export async function discardPieces(ctx: Ctx): Promise<void> {
  const discard = ctx.deps.recording?.recorder.discard;
  if (!discard) return;
  const { courtId } = ctx.principal;
  const parts = await transact(ctx, (tx) =>
    tx.recordingPart.findMany({ where: { endedAt: { not: null }, handle: { not: null } }, take: 20 }),
  );
  for (const { id, handle } of parts)
    if (handle && (await discard({ courtId, partId: id }, handle)))
      await transact(ctx, (tx) => tx.recordingPart.update({ where: { id }, data: { handle: null } }));
}
