import type { RecordingStatus, RecordingStop } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { mustStop } from '../../domain/recording/may-record.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { recordingFacts } from './people-present.ts';
import { goingRecording, transitionRecording } from './transition-recording.ts';

/** The page has so long for its last piece, before what there is gets closed. */
const LAST_PIECE_MS = 4000;

/** The host stops it. CONFLICT when none goes on. */
export function stopRecording(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'stop-recording', sessionId, async (tx) => {
    const recording = await goingRecording(tx, sessionId);
    if (!recording) throw new DomainError('CONFLICT', { reason: 'recording' });
    await stopOne(tx, ctx, recording, 'HOST');
    return { answer: undefined, subject: { type: 'recording', id: recording.id } };
  });
}

/** Stops what goes on in a session that ends or leaves the screen. */
export async function stopRecordingOf(
  tx: Tx,
  ctx: Ctx,
  sessionId: string,
  reason: RecordingStop,
): Promise<void> {
  const recording = await goingRecording(tx, sessionId);
  if (!recording) return;
  await stopOne(tx, ctx, recording, reason);
  await appendAudit(tx, ctx, {
    action: 'system:recording-stopped',
    subject: { type: 'recording', id: recording.id },
    caseId: recording.session.caseId,
    data: { reason },
    topics: [`session:${sessionId}`],
  });
}

/**
 * Stops it when somebody present has not agreed, or no longer: called by every act that changes who is there or what
 * they said, and by the sweep.
 */
export async function stopWithoutConsent(
  tx: Tx,
  ctx: Ctx,
  sessionId: string,
  reason: 'CONSENT_WITHDRAWN' | 'ARRIVAL',
): Promise<void> {
  const recording = await goingRecording(tx, sessionId);
  if (!recording) return;
  const facts = await recordingFacts(tx, sessionId, recording.confirmed as string[]);
  const why = mustStop(facts);
  if (why) await stopRecordingOf(tx, ctx, sessionId, why === 'CONSENT' ? reason : 'SESSION_OVER');
}

type Going = {
  id: string;
  courtId: string;
  status: RecordingStatus;
  parts: { identity: string; endedAt: Date | null }[];
  session: { room: string | null };
};

/** From this commit on its token opens nothing; the hidden participant is put out and hands in its last piece. */
async function stopOne(tx: Tx, ctx: Ctx, recording: Going, reason: RecordingStop): Promise<void> {
  const { id, courtId, session } = recording;
  await transitionRecording(tx, recording, 'stop', { stopReason: reason, stoppedAt: ctx.deps.clock.now() });
  const [part] = recording.parts;
  if (part && !part.endedAt && session.room)
    await ctx.deps.jobs.enqueue(tx, 'video.remove', { courtId, room: session.room, identity: part.identity });
  await ctx.deps.jobs.enqueue(
    tx,
    'recording.close',
    { courtId, recordingId: id },
    { startAfter: new Date(Date.now() + LAST_PIECE_MS) },
  );
}
