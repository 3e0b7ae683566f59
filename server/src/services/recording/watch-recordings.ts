import { partTrouble } from '../../domain/recording/lifecycle.ts';
import { emitLive } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { inCourt, transact } from '../transact.ts';
import { endPart } from './begin-part.ts';
import { collectPieces, discardPieces } from './collect-pieces.ts';
import { stopWithoutConsent } from './stop-recording.ts';
import { going } from './transition-recording.ts';

/** A recording that waits for its next part so long has lost the job that begins it. */
const FORGOTTEN_MS = 15_000;

/**
 * Every few seconds, for every court: stops what may not go on, fetches what a recorder leaves for us, gives up parts
 * whose chunks do not come, begins the next one. Heals what a killed process left behind.
 */
export async function watchRecordings(deps: Deps): Promise<void> {
  const tools = deps.recording;
  if (!tools) return;
  const courts = await deps.db.court.findMany({ select: { id: true } });
  const failed: unknown[] = [];
  for (const { id: courtId } of courts) {
    const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, requestId: 'recordings', ip: 'local' };
    const found = await inCourt(deps.db, courtId, (tx) =>
      tx.recording.findMany({
        where: { OR: [{ status: { in: [...going] } }, { parts: { some: { endedAt: null } } }] },
        include: { parts: { orderBy: { number: 'desc' }, take: 1 } },
      }),
    );
    // One that fails does not keep the others from theirs.
    for (const recording of found)
      await watchOne(ctx, recording).catch((error: unknown) => failed.push(error));
    await discardPieces(ctx).catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

type Watched = {
  id: string;
  sessionId: string;
  status: string;
  askedAt: Date;
  parts: {
    id: string;
    handle: string | null;
    startedAt: Date;
    firstChunkAt: Date | null;
    lastChunkAt: Date | null;
    endedAt: Date | null;
  }[];
};

async function watchOne(ctx: Ctx, recording: Watched): Promise<void> {
  const { deps } = ctx;
  const recorder = deps.recording?.recorder;
  const [part] = recording.parts;
  if (!recorder) return;
  await transact(ctx, (tx) => stopWithoutConsent(tx, ctx, recording.sessionId, 'ARRIVAL'));
  if (!part || part.endedAt) {
    const since = (part?.endedAt ?? recording.askedAt).getTime();
    if (going.some((s) => s === recording.status) && deps.clock.now().getTime() - since > FORGOTTEN_MS)
      await transact(ctx, (tx) =>
        deps.jobs.enqueue(tx, 'recording.begin-part', {
          courtId: ctx.principal.courtId,
          recordingId: recording.id,
        }),
      );
    return;
  }
  await collectPieces(ctx, part);
  const gone = part.handle !== null && !(await recorder.alive(part.handle));
  const trouble = partTrouble(part, deps.clock.now());
  if (trouble === 'LATE') {
    // The host's screen asks again and says so.
    await transact(ctx, (tx) => emitLive(tx, [`session:${recording.sessionId}`], 'recording.late'));
    if (!gone) return;
  }
  if (!gone && trouble === null) return;
  if (part.handle) await recorder.stop(part.handle);
  await endPart(ctx, part.id);
}
