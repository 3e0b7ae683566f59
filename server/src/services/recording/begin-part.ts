import { randomBytes } from 'node:crypto';
import { hasFailed } from '../../domain/recording/lifecycle.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { transact } from '../transact.ts';
import { transitionRecording } from './transition-recording.ts';

const AGAIN_MS = 2000;

/**
 * The `recording.begin-part` job: the next part of a recording that was asked for or interrupted, unless one is being
 * taken. A browser that cannot be started is tried again; after three empty parts the recording has failed and the host
 * is told.
 */
export async function beginPart(ctx: Ctx, recordingId: string): Promise<void> {
  const tools = ctx.deps.recording;
  if (!tools) return;
  const { courtId } = ctx.principal;
  const secret = newSecret();
  const part = await transact(ctx, async (tx) => {
    const recording = await lockRecording(tx, recordingId);
    const open = recording.session.status === 'OPEN' || recording.session.status === 'PAUSED';
    if (!open || !recording.session.room) return null;
    if (recording.parts.some((p) => p.endedAt === null)) return null;
    if (recording.status === 'INTERRUPTED') await transitionRecording(tx, recording, 'go-on');
    else if (recording.status !== 'STARTING') return null;
    return tx.recordingPart.create({
      data: {
        courtId,
        recordingId,
        number: recording.parts.length + 1,
        identity: `r${randomBytes(15).toString('base64url')}`,
        ticketHash: hashSecret(ctx.deps.settings.tokenKey, 'recorder', secret),
        startedAt: ctx.deps.clock.now(),
      },
    });
  });
  if (!part) return;
  const layoutUrl = `${tools.layoutUrl}/recorder#${courtId}.${secret}`;
  const started = await tools.recorder
    .start({ courtId, recordingId, partId: part.id, layoutUrl })
    .catch((error: unknown) => {
      ctx.deps.log.warn({ err: error }, 'the recording browser did not start');
      return null;
    });
  if (!started) return endPart(ctx, part.id);
  const { endedAt } = await transact(ctx, (tx) =>
    tx.recordingPart.update({ where: { id: part.id }, data: { handle: started.handle } }),
  );
  // Stopped while it was being started: nobody else knows of this recorder.
  if (endedAt) await tools.recorder.stop(started.handle);
}

/** A part is over by itself: the recording goes on as the next one, or has failed. Twice is once. */
export async function endPart(ctx: Ctx, partId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const found = await tx.recordingPart.findUniqueOrThrow({ where: { id: partId } });
    const recording = await lockRecording(tx, found.recordingId);
    const ended = await tx.recordingPart.updateMany({
      where: { id: partId, endedAt: null },
      data: { endedAt: ctx.deps.clock.now() },
    });
    if (ended.count !== 1) return;
    if (recording.status !== 'STARTING' && recording.status !== 'RUNNING') return;
    const { courtId } = recording;
    const parts = recording.parts.map((p) => (p.id === partId ? { ...p, endedAt: new Date() } : p));
    const failed = recording.status === 'STARTING' && hasFailed(parts);
    if (failed) {
      await transitionRecording(tx, recording, 'fail', {
        stopReason: 'NOT_STARTED',
        stoppedAt: ctx.deps.clock.now(),
      });
      await ctx.deps.jobs.enqueue(tx, 'recording.close', { courtId, recordingId: recording.id });
    } else {
      await transitionRecording(tx, recording, 'break');
      const startAfter = new Date(Date.now() + (found.firstChunkAt ? 0 : AGAIN_MS));
      await ctx.deps.jobs.enqueue(
        tx,
        'recording.begin-part',
        { courtId, recordingId: recording.id },
        { startAfter },
      );
    }
    await appendAudit(tx, ctx, {
      action: failed ? 'system:recording-failed' : 'system:recording-interrupted',
      subject: { type: 'recording', id: recording.id },
      caseId: recording.session.caseId,
      data: { part: found.number },
      topics: [`session:${recording.sessionId}`],
    });
  });
}

/** The recording with its parts, locked until the transaction ends. */
export async function lockRecording(tx: Tx, recordingId: string) {
  await tx.$queryRaw`SELECT id FROM "Recording" WHERE id = ${recordingId}::uuid FOR UPDATE`;
  return tx.recording.findUniqueOrThrow({
    where: { id: recordingId },
    include: { parts: { orderBy: { number: 'asc' } }, session: true },
  });
}
