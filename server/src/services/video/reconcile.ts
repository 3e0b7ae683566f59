import type { RoomGrants } from '../../domain/room-grants.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { MediaGrants } from '../../ports/video.ts';
import { emitLive } from '../audit/append-audit.ts';
import type { Deps } from '../context.ts';
import { closeSelfTests } from '../room/self-test-room.ts';
import { offTelephone } from '../session/dial-seat.ts';
import { isConnected } from '../session/read-session.ts';
import { ownerMayAct } from '../session/seat-owner.ts';
import { inCourt } from '../transact.ts';
import { setConnected } from './presence.ts';
import { grantsOfRecorder, recordingNow } from './recorder-of.ts';
import { runningCaucuses, seatGrants } from './seat-grants.ts';

const running = ['CHECKING', 'OPEN', 'PAUSED'] as const;
const SECOND_TRY_MS = 1000;
/** A move between two rooms is confirmed within this time, or by the reconciler. */
const MOVING_MS = 10_000;
/** A telephone rings for 45 s; whoever is not in the room by then did not answer. */
const DIALLING_MS = 60_000;

const include = {
  seats: {
    include: { admissions: { take: 1 }, denials: { where: { liftedAt: null } }, caucuses: runningCaucuses },
  },
  caucuses: true,
  recordings: recordingNow,
} satisfies Prisma.SessionInclude;
type Session = Prisma.SessionGetPayload<{ include: typeof include }> & {
  /** Seats whose owner may no longer act (seat-owner.ts): out of the room, whatever else they are. */
  ownerless: Set<string>;
};

/**
 * Makes LiveKit and our database agree, for every court: running sessions have their room (made again after the server
 * was restarted), ended ones have none, nobody is inside who may not be, everybody holds the grants of the stage, and
 * each seat's connection state is what LiveKit says. While LiveKit is away nobody counts as connected; then it throws,
 * and the next run heals.
 */
export async function reconcileVideo(deps: Deps): Promise<void> {
  const { rooms, away } = await roomsOf(deps);
  await closeSelfTests(deps, rooms);
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const sessions = await inCourt(deps.db, courtId, async (tx) => {
      const found = await tx.session.findMany({
        where: {
          room: { not: null },
          OR: [
            { status: { in: [...running] } },
            { room: { in: [...rooms] } },
            { caucuses: { some: { room: { in: [...rooms] } } } },
          ],
        },
        include,
      });
      const gone = await tx.seat.findMany({
        // Whoever is on the telephone was called by the host and needs no sign-in of their own.
        where: {
          sessionId: { in: found.map((s) => s.id) },
          byTelephone: false,
          NOT: ownerMayAct(new Date()),
        },
        select: { id: true },
      });
      const ownerless = new Set(gone.map((seat) => seat.id));
      return found.map((session) => ({ ...session, ownerless }));
    });
    for (const session of sessions) {
      if (!running.some((status) => status === session.status)) {
        for (const { room } of [{ room: session.room ?? '' }, ...session.caucuses])
          if (rooms.has(room)) await deps.video.deleteRoom(room);
        continue;
      }
      const inside = away ? new Set<string>() : await tidyRooms(deps, session, rooms);
      await markConnected(deps, session, inside);
      if (!away) await arrived(deps, session);
      if (!away) await hungUp(deps, session, inside);
    }
  }
  if (away) throw away;
}

/** Rooms on the video server; asked twice, because one lost answer is not an outage. */
async function roomsOf(deps: Deps): Promise<{ rooms: Set<string>; away: Error | null }> {
  const ask = async () => ({ rooms: new Set(await deps.video.listRooms()), away: null });
  return ask().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
    return ask().catch((error: unknown) => ({
      rooms: new Set<string>(),
      away: error instanceof Error ? error : new Error(String(error)),
    }));
  });
}

/** The room and its private talk as they should be; answers the identities of those who are rightly inside. */
async function tidyRooms(deps: Deps, session: Session, rooms: Set<string>): Promise<Set<string>> {
  const inside = await tidyRoom(deps, session, rooms, session.room ?? '', 'MAIN');
  for (const { room, status } of session.caucuses) {
    if (status === 'OPEN')
      for (const identity of await tidyRoom(deps, session, rooms, room, 'CAUCUS')) inside.add(identity);
    if (status === 'ENDED' && rooms.has(room)) await deps.video.deleteRoom(room);
  }
  return inside;
}

async function tidyRoom(
  deps: Deps,
  session: Session,
  rooms: Set<string>,
  room: string,
  kind: 'MAIN' | 'CAUCUS',
): Promise<Set<string>> {
  if (!rooms.has(room)) {
    await deps.video.createRoom(room);
    return new Set();
  }
  const inside = new Set<string>();
  for (const person of await deps.video.listParticipants(room)) {
    const recorder = kind === 'MAIN' ? grantsOfRecorder(session, person.identity) : null;
    if (recorder) {
      if (!sameGrants(person.grants, recorder))
        await deps.video.updateGrants(room, person.identity, recorder);
      continue;
    }
    const seat = session.seats.find((s) => s.identity === person.identity);
    // 背靠背: members have no place in the main room meanwhile, others none in theirs.
    const elsewhere = seat !== undefined && seat.caucuses.length > 0 !== (kind === 'CAUCUS');
    const may = seat && !session.ownerless.has(seat.id) && seat.admissions.length > 0;
    if (!seat || !may || elsewhere || seat.denials.length > 0) {
      await deps.video.removeParticipant(room, person.identity);
      continue;
    }
    inside.add(person.identity);
    const grants = seatGrants(session, seat, kind);
    if (!sameGrants(person.grants, grants)) await deps.video.updateGrants(room, person.identity, grants);
  }
  return inside;
}

/** A move that was cut off is over: whoever was in the wrong room has just been taken out of it. */
async function arrived(deps: Deps, session: Session): Promise<void> {
  const before = new Date(Date.now() - MOVING_MS);
  const late = session.seats.filter((seat) => seat.movingSince && seat.movingSince < before);
  if (late.length === 0) return;
  await inCourt(deps.db, session.courtId, (tx) =>
    tx.seat.updateMany({
      where: { id: { in: late.map((seat) => seat.id) }, movingSince: { lt: before } },
      data: { movingSince: null },
    }),
  );
}

/** Nobody answered, or the telephone was put down: the seat is its browser's again. */
async function hungUp(deps: Deps, session: Session, inside: Set<string>): Promise<void> {
  const before = new Date(Date.now() - DIALLING_MS);
  const over = session.seats.filter(
    (seat) =>
      seat.byTelephone && !inside.has(seat.identity) && seat.dialledAt !== null && seat.dialledAt < before,
  );
  if (over.length === 0) return;
  await inCourt(deps.db, session.courtId, async (tx) => {
    await offTelephone(tx, over);
    await emitLive(tx, [`session:${session.id}`], 'telephone.over');
  });
}

const sameGrants = (has: MediaGrants, wanted: RoomGrants): boolean =>
  has.canPublish === wanted.canPublish &&
  has.canSubscribe === wanted.canSubscribe &&
  has.canPublishSources.toSorted().join() === wanted.canPublishSources.toSorted().join();

async function markConnected(deps: Deps, session: Session, inside: Set<string>): Promise<void> {
  const wrong = session.seats.filter((seat) => isConnected(seat) !== inside.has(seat.identity));
  if (wrong.length === 0) return;
  const now = new Date();
  await inCourt(deps.db, session.courtId, async (tx) => {
    for (const seat of wrong) await setConnected(tx, session, seat.identity, inside.has(seat.identity), now);
  });
}
