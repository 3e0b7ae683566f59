import type { Prisma } from '../../generated/prisma/client.ts';
import type { Deps } from '../context.ts';
import { going } from '../recording/transition-recording.ts';
import { testRoomUntil } from '../room/self-test-room.ts';
import { ownerMayAct } from '../session/seat-owner.ts';
import { inCourt, locateCourt } from '../transact.ts';

/**
 * Whether a seat may (still) connect to a room: the session runs, the room is its present one, the seat belongs to it,
 * is admitted and not denied, and its owner may still act. Of a second room: it is open and has the seat on its list; meanwhile that seat has no way
 * into the main room, whatever token it holds. Asked on every signalling connection, since LiveKit refreshes tokens by itself.
 */
export async function mayConnect(deps: Deps, room: string, identity: string): Promise<boolean> {
  // A test room holds nobody but the device that tests itself; its tickets are ours, and its name says until when.
  const testing = testRoomUntil(room);
  if (testing !== null) return Date.now() < testing;
  const courtId = await locateCourt(deps.db, 'room', room);
  if (!courtId) return false;
  return inCourt(deps.db, courtId, async (tx) => {
    const letIn: Prisma.SeatWhereInput = {
      identity,
      movingSince: null,
      admissions: { some: {} },
      denials: { none: { liftedAt: null } },
      ...ownerMayAct(new Date()),
    };
    const status = { in: ['CHECKING', 'OPEN', 'PAUSED'] } satisfies Prisma.EnumSessionStatusFilter;
    const main = await tx.seat.count({
      where: {
        ...letIn,
        session: { room, status },
        caucuses: { none: { caucus: { endedAt: null } } },
      },
    });
    if (main === 1) return true;
    const caucus = await tx.seat.count({
      where: {
        ...letIn,
        session: { status },
        caucuses: { some: { caucus: { room, status: 'OPEN', endedAt: null } } },
      },
    });
    if (caucus === 1) return true;
    // The hidden participant of a recording that goes on: the main room, never a private talk's.
    const recorder = await tx.recordingPart.count({
      where: {
        identity,
        endedAt: null,
        recording: {
          status: { in: [...going] },
          session: { room, status: { in: ['OPEN', 'PAUSED'] } },
        },
      },
    });
    return recorder === 1;
  });
}
