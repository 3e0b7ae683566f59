import { randomBytes } from 'node:crypto';
import { closeCaucusesOf } from '../caucus/end-caucus.ts';
import type { Ctx, Tx } from '../context.ts';
import { stopRecordingOf } from '../recording/stop-recording.ts';
import type { Staff } from './as-host.ts';

/**
 * A new room for a session: its name is random and never used again, so every token of an earlier room is dead. The
 * caller writes it with the session's transition.
 */
export async function openRoom(tx: Tx, ctx: Staff, courtId: string) {
  const room = `r${randomBytes(15).toString('base64url')}`;
  await ctx.deps.jobs.enqueue(tx, 'video.create-room', { courtId, room });
  return { room, roomEpoch: { increment: 1 } };
}

/** The room goes with everybody in it and whatever records it: nobody counts as connected, and its tokens are refused from this commit on. */
export async function closeRoom(
  tx: Tx,
  ctx: Ctx,
  session: { id: string; courtId: string; room: string | null },
): Promise<void> {
  await stopRecordingOf(tx, ctx, session.id, 'SESSION_OVER');
  await closeCaucusesOf(tx, ctx.deps, session);
  await tx.seat.updateMany({
    where: { sessionId: session.id, connectedAt: { not: null } },
    data: { disconnectedAt: new Date() },
  });
  if (session.room)
    await ctx.deps.jobs.enqueue(tx, 'video.delete-room', { courtId: session.courtId, room: session.room });
}
