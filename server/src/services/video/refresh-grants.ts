import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { seatGrants } from './seat-grants.ts';

/** Gives every connected seat the grants of the session's present stage. Idempotent. */
export async function refreshGrants(deps: Deps, courtId: string, sessionId: string): Promise<void> {
  const session = await inCourt(deps.db, courtId, (tx) =>
    tx.session.findUnique({
      where: { id: sessionId },
      include: { seats: { include: { denials: { where: { liftedAt: null } } } } },
    }),
  );
  if (!session?.room) return;
  for (const person of await deps.video.listParticipants(session.room)) {
    const seat = session.seats.find((s) => s.identity === person.identity);
    if (seat) await deps.video.updateGrants(session.room, seat.identity, seatGrants(session, seat));
  }
}
