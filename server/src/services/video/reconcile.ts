import type { Deps } from '../context.ts';
import { isConnected } from '../session/read-session.ts';
import { inCourt } from '../transact.ts';
import { setConnected } from './presence.ts';

const running = ['CHECKING', 'OPEN', 'PAUSED'] as const;

/**
 * Makes LiveKit and our database agree, for every court: running sessions have their room (made again after the server
 * was restarted), ended ones have none, and each seat's connection state is what LiveKit says. Throws when LiveKit is
 * away; the next run heals.
 */
export async function reconcileVideo(deps: Deps): Promise<void> {
  const rooms = new Set(await deps.video.listRooms());
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const sessions = await inCourt(deps.db, courtId, (tx) =>
      tx.session.findMany({
        where: { room: { not: null }, OR: [{ status: { in: [...running] } }, { room: { in: [...rooms] } }] },
        include: { seats: true },
      }),
    );
    for (const session of sessions) {
      const room = session.room ?? '';
      if (!running.some((status) => status === session.status)) {
        await deps.video.deleteRoom(room);
        continue;
      }
      if (!rooms.has(room)) await deps.video.createRoom(room);
      const people = rooms.has(room) ? await deps.video.listParticipants(room) : [];
      const here = new Set(people.map((p) => p.identity));
      const wrong = session.seats.filter((seat) => isConnected(seat) !== here.has(seat.identity));
      if (wrong.length === 0) continue;
      const now = new Date();
      await inCourt(deps.db, courtId, async (tx) => {
        for (const seat of wrong)
          await setConnected(tx, session, seat.identity, here.has(seat.identity), now);
      });
    }
  }
}
