import { RECALL_SECONDS } from '../../contract/caucus.ts';
import type { CaucusKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { inCourt, transact } from '../transact.ts';

/** A talk that LiveKit never confirmed (the server was killed meanwhile) is given up after so long. */
const PREPARING_MS = 30_000;

type Address = { sessionId: string; caucusId: string };

/** Calls everybody back: those inside are told, and after ten seconds the second room is gone. */
export function recallCaucus(ctx: Staff, input: Address): Promise<{ recallAt: string }> {
  return asHost(ctx, 'end-caucus', input.sessionId, async (tx, { session }) => {
    // The notice runs on the clock on the wall, like the job that ends it.
    const recallAt = new Date(Date.now() + RECALL_SECONDS * 1000);
    const recalled = await tx.caucus.updateMany({
      where: { id: input.caucusId, sessionId: session.id, kind: 'TALK', status: 'OPEN', recallAt: null },
      data: { recallAt },
    });
    if (recalled.count !== 1) throw new DomainError('CONFLICT');
    await ctx.deps.jobs.enqueue(
      tx,
      'caucus.end',
      { courtId: session.courtId, caucusId: input.caucusId },
      { startAfter: recallAt },
    );
    return {
      answer: { recallAt: recallAt.toISOString() },
      subject: { type: 'caucus', id: input.caucusId },
      data: { recall: true },
    };
  });
}

/** Ends a private talk whose notice has run out. From the outbox and from the sweep: twice is once. */
export async function endRecalled(ctx: Ctx, caucusId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const caucus = await tx.caucus.findUnique({ where: { id: caucusId }, include: { session: true } });
    if (!caucus || caucus.endedAt || !(await closeCaucus(tx, ctx.deps, caucus))) return;
    await appendAudit(tx, ctx, {
      action: 'system:caucus-ended',
      subject: { type: 'caucus', id: caucus.id },
      caseId: caucus.session.caseId,
      topics: [`session:${caucus.sessionId}`],
    });
  });
}

/** Ends every second room of a session at once, or those of one kind: the session ends or goes on in one place. */
export async function closeCaucusesOf(
  tx: Tx,
  deps: Deps,
  session: { id: string },
  kind?: CaucusKind,
): Promise<void> {
  const running = await tx.caucus.findMany({
    where: { sessionId: session.id, endedAt: null, ...(kind ? { kind } : {}) },
  });
  for (const caucus of running) await closeCaucus(tx, deps, caucus);
}

/** The second room goes with everybody in it; its tokens are refused from this commit on. False when it was over. */
export async function closeCaucus(
  tx: Tx,
  deps: Deps,
  caucus: { id: string; courtId: string },
): Promise<boolean> {
  const ended = await tx.caucus.updateMany({
    where: { id: caucus.id, endedAt: null },
    data: { status: 'ENDED', endedAt: deps.clock.now() },
  });
  if (ended.count !== 1) return false;
  const { room, seats, sessionId } = await tx.caucus.findUniqueOrThrow({
    where: { id: caucus.id },
    include: { seats: true },
  });
  // On their way back they are nowhere for a moment: no absence, and nobody who could decide.
  await tx.seat.updateMany({
    where: { id: { in: seats.map((s) => s.seatId) }, connectedAt: { not: null } },
    data: { disconnectedAt: new Date() },
  });
  await deps.jobs.enqueue(tx, 'video.delete-room', { courtId: caucus.courtId, room });
  // A recording that goes on receives again.
  await deps.jobs.enqueue(tx, 'video.refresh-grants', { courtId: caucus.courtId, sessionId });
  return true;
}

/** Ends talks whose notice ran out or whose preparation was cut off. Runs every few seconds for every court. */
export async function sweepCaucuses(deps: Deps): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const due = await inCourt(deps.db, courtId, (tx) =>
      tx.caucus.findMany({
        where: {
          endedAt: null,
          OR: [
            { recallAt: { lte: new Date() } },
            { status: 'PREPARING', startedAt: { lt: new Date(Date.now() - PREPARING_MS) } },
          ],
        },
        select: { id: true },
      }),
    );
    for (const { id } of due)
      await endRecalled(
        { deps, principal: { kind: 'system', courtId }, requestId: 'sweep', ip: 'local' },
        id,
      );
  }
}
