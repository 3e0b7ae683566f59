import type { Deps } from '../context.ts';
import { inCourt, locateCourt } from '../transact.ts';

/**
 * Whether a seat may (still) connect to a room: the session runs, the room is its present one, the seat belongs to it,
 * is admitted and not denied. Asked on every signalling connection, since LiveKit refreshes tokens by itself.
 */
export async function mayConnect(deps: Deps, room: string, identity: string): Promise<boolean> {
  const courtId = await locateCourt(deps.db, 'room', room);
  if (!courtId) return false;
  return inCourt(deps.db, courtId, async (tx) => {
    const found = await tx.seat.count({
      where: {
        identity,
        session: { room, status: { in: ['CHECKING', 'OPEN', 'PAUSED'] } },
        admissions: { some: {} },
        denials: { none: { liftedAt: null } },
      },
    });
    return found === 1;
  });
}
