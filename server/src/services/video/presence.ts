import { emitLive } from '../audit/append-audit.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { stopWithoutConsent } from '../recording/stop-recording.ts';
import { inCourt, locateCourt } from '../transact.ts';

const running = ['CHECKING', 'OPEN', 'PAUSED'];

/**
 * Takes one LiveKit webhook: counted once by its id, tolerant of order (an older event never undoes a newer one).
 * Presence in our database is a projection; the reconciler heals what webhooks miss.
 */
export async function takeVideoEvent(
  deps: Deps,
  event: { id: string; event: string; room?: string; identity?: string; createdAt: Date },
): Promise<void> {
  if (!event.room) return;
  const courtId = await locateCourt(deps.db, 'room', event.room);
  if (!courtId) return;
  await inCourt(deps.db, courtId, async (tx) => {
    const caucus = await tx.caucus.findUnique({
      where: { room: event.room ?? '' },
      include: { session: true },
    });
    const session = caucus?.session ?? (await tx.session.findUnique({ where: { room: event.room ?? '' } }));
    const fresh = await tx.webhookReceipt.createMany({
      data: {
        courtId,
        sessionId: session?.id ?? null,
        deliveryId: event.id,
        event: event.event,
        identity: event.identity ?? null,
        sentAt: event.createdAt,
      },
      skipDuplicates: true,
    });
    if (fresh.count === 0 || !session || !event.identity) return;
    // A token says what its seat might do when it was issued, a telephone nothing: what holds now is given on arrival.
    if (event.event === 'participant_joined' && running.includes(session.status))
      await deps.jobs.enqueue(tx, 'video.refresh-grants', { courtId, sessionId: session.id });
    if (!(await isSeatsRoom(tx, event.identity, caucus))) return;
    if (event.event === 'participant_joined') {
      await setConnected(tx, session, event.identity, true, event.createdAt);
      const ctx: Ctx = {
        deps,
        principal: { kind: 'system', courtId },
        requestId: `video:${event.id}`,
        ip: 'local',
      };
      await stopWithoutConsent(tx, ctx, session.id, 'ARRIVAL');
    }
    if (event.event === 'participant_left' || event.event === 'participant_connection_aborted') {
      // What happens in a private talk is not in the record: no absence of it either.
      await setConnected(tx, session, event.identity, false, event.createdAt, caucus?.kind !== 'TALK');
    }
  });
}

/** While a private talk runs, its members are where it is: what the room they left or come from says is old news. */
async function isSeatsRoom(tx: Tx, identity: string, caucus: { id: string; endedAt: Date | null } | null) {
  const seat = await tx.seat.findFirst({
    where: { identity },
    include: { caucuses: { where: { caucus: { endedAt: null } } } },
  });
  return (seat?.caucuses[0]?.caucusId ?? null) === (caucus?.id ?? null) && !caucus?.endedAt;
}

/** Writes one seat's connection state as of `at`; opens or closes its gap while the session is open and it `counts`. */
export async function setConnected(
  tx: Tx,
  session: { id: string; courtId: string; status: string },
  identity: string,
  connected: boolean,
  at: Date,
  counts = true,
): Promise<void> {
  const seat = await tx.seat.findFirst({ where: { identity, sessionId: session.id } });
  if (!seat) return;
  const newest = Math.max(seat.connectedAt?.getTime() ?? 0, seat.disconnectedAt?.getTime() ?? 0);
  // Whole seconds are all that LiveKit gives: a leave in the same second as a join is the later one.
  if (connected ? at.getTime() <= newest && seat.connectedAt !== null : at.getTime() < newest) return;
  await tx.seat.update({
    where: { id: seat.id },
    data: connected
      ? { connectedAt: new Date(Math.max(at.getTime(), newest + 1)) }
      : { disconnectedAt: new Date(Math.max(at.getTime(), newest + 1)) },
  });
  if (connected)
    await tx.gap.updateMany({ where: { seatId: seat.id, endedAt: null }, data: { endedAt: at } });
  else if (counts && session.status === 'OPEN' && seat.connectedAt) {
    const open = await tx.gap.count({ where: { seatId: seat.id, endedAt: null } });
    if (open === 0)
      await tx.gap.create({
        data: { courtId: session.courtId, sessionId: session.id, seatId: seat.id, startedAt: at },
      });
  }
  await emitLive(tx, [`session:${session.id}`], connected ? 'presence.joined' : 'presence.left');
}
