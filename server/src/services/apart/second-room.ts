import { randomBytes } from 'node:crypto';
import type { PartySide } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { SECOND_ROOM_SIDE, sideOfSeat } from '../../domain/session/apart.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { closeCaucusesOf } from '../caucus/end-caucus.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import type { Staff } from '../session/as-host.ts';

/** Protections that stand: while there is one, the sides of the case never share a room. */
export const standing = { liftedAt: null } satisfies Prisma.ProtectionWhereInput;

export const keptApart = async (tx: Tx, caseId: string): Promise<boolean> =>
  (await tx.protection.count({ where: { caseId, ...standing } })) > 0;

/**
 * Protecting, starting, and coming to a screen wait for each other, case by case: none of them decides by what another
 * one is about to change. Taken before anything is read.
 */
export async function lockCase(tx: Tx, caseId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Case" WHERE id = ${caseId}::uuid FOR NO KEY UPDATE`;
}

/** The running second room of a session that is kept apart, with its list. */
export const secondRoom = (tx: Tx, sessionId: string) =>
  tx.caucus.findFirst({ where: { sessionId, kind: 'APART', endedAt: null }, include: { seats: true } });

const people = {
  party: true,
  attendees: { where: { leftAt: null }, include: { party: true, agent: { include: { party: true } } } },
} as const;
type SeatWithPeople = Prisma.SeatGetPayload<{ include: typeof people }>;

/** Whose room this seat belongs into; KEPT_APART with the names when both sides sit at it. */
export function roomSideOf(seat: SeatWithPeople) {
  const here = seat.attendees.flatMap((a) => a.party?.side ?? a.agent?.party.side ?? []);
  const side = sideOfSeat({ side: seat.party?.side ?? null, here });
  if (side === 'both') throw new DomainError('KEPT_APART', { names: seat.attendees.map((a) => a.name) });
  return side;
}

export const seatWithPeople = (tx: Tx, id: string) =>
  tx.seat.findUniqueOrThrow({ where: { id }, include: people });

/**
 * Gives a running session whose sides are kept apart its second room: from this commit on the respondents' seats have
 * no way into the session's own room, whatever token they hold, and nobody else into theirs. Does nothing where no
 * protection stands or no room runs. KEPT_APART while both sides sit at one screen.
 */
export async function keepRoomsApart(tx: Tx, ctx: Staff, sessionId: string): Promise<void> {
  const { caseId } = await tx.session.findUniqueOrThrow({ where: { id: sessionId } });
  await lockCase(tx, caseId);
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    include: { seats: { include: people } },
  });
  const running = ['CHECKING', 'OPEN', 'PAUSED'].includes(session.status);
  if (!session.room || !running || !(await keptApart(tx, session.caseId))) return;
  if (await secondRoom(tx, session.id)) return;
  const ofSecond = session.seats.filter((seat) => roomSideOf(seat) === SECOND_ROOM_SIDE);
  await closeCaucusesOf(tx, ctx.deps, session);
  const room = `s${randomBytes(15).toString('base64url')}`;
  const now = ctx.deps.clock.now();
  const second = await tx.caucus.create({
    data: {
      courtId: session.courtId,
      sessionId: session.id,
      kind: 'APART',
      byId: ctx.principal.staffUserId,
      room,
      status: 'OPEN',
      members: { hears: [], left: [] },
      startedAt: now,
      openedAt: now,
    },
  });
  await ctx.deps.jobs.enqueue(tx, 'video.create-room', { courtId: session.courtId, room });
  for (const seat of ofSecond) {
    await tx.caucusMember.create({
      data: { courtId: session.courtId, caucusId: second.id, seatId: seat.id },
    });
    await leaveRoom(tx, ctx.deps, seat, session.room);
  }
  // A recording that goes on receives nothing from here on.
  await ctx.deps.jobs.enqueue(tx, 'video.refresh-grants', {
    courtId: session.courtId,
    sessionId: session.id,
  });
}

/** A seat made later (an agent, a party who comes online after all) is on the right list from the start. */
export async function listNewSeats(tx: Tx, sessionId: string): Promise<void> {
  const second = await secondRoom(tx, sessionId);
  if (!second) return;
  const seats = await tx.seat.findMany({ where: { sessionId, party: { side: SECOND_ROOM_SIDE } } });
  await tx.caucusMember.createMany({
    data: seats.map((seat) => ({ courtId: second.courtId, caucusId: second.id, seatId: seat.id })),
    skipDuplicates: true,
  });
}

/**
 * The station's screen, given to one person, must be in the room of that person's side, or its talk goes on in the
 * other's: KEPT_APART while the sides of a running session are in two rooms and the station's seat is in the wrong one.
 */
export async function refuseOtherRoom(tx: Tx, caseId: string, side: PartySide): Promise<void> {
  await lockCase(tx, caseId);
  const running = await tx.caucus.findMany({
    where: { kind: 'APART', endedAt: null, session: { caseId } },
    include: { seats: true },
  });
  for (const second of running) {
    const seats = await tx.seat.findMany({
      where: { sessionId: second.sessionId, kind: 'STATION' },
      include: people,
    });
    for (const seat of seats) {
      const sits = roomSideOf(seat);
      const inSecond = second.seats.some((member) => member.seatId === seat.id);
      if (inSecond !== (side === SECOND_ROOM_SIDE) || (sits !== null && sits !== side))
        throw new DomainError('KEPT_APART');
    }
  }
}

/** Cuts a seat's connection to one room; on its way it is nowhere, and that is no absence. */
export async function leaveRoom(
  tx: Tx,
  deps: Deps,
  seat: { id: string; courtId: string; identity: string; connectedAt: Date | null },
  room: string,
): Promise<void> {
  if (seat.connectedAt)
    await tx.seat.update({ where: { id: seat.id }, data: { disconnectedAt: new Date() } });
  await deps.jobs.enqueue(tx, 'video.remove', { courtId: seat.courtId, room, identity: seat.identity });
}

/** KEPT_APART where one place, one screen or one common talk is asked for in a case whose sides must not meet. */
export async function refuseWhenApart(tx: Tx, _ctx: Ctx, caseId: string): Promise<void> {
  if (await keptApart(tx, caseId)) throw new DomainError('KEPT_APART');
}
