import type { z } from 'zod';
import type { MoveInput } from '../../contract/apart.ts';
import type { PartySide } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { SECOND_ROOM_SIDE } from '../../domain/session/apart.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { mySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';
import { untilConfirmed } from '../video/until-confirmed.ts';
import { leaveRoom, roomSideOf, seatWithPeople, secondRoom } from './second-room.ts';

/**
 * A neutral person goes over to the other side's room (穿梭). First the list is written and the connection cut; only
 * when LiveKit confirms that the seat is gone from the room it left is there a token for the other one, so that nobody
 * carries an open microphone along. CONFLICT when the sides are not kept apart, KEPT_APART for a seat at which a party
 * sits, UNAVAILABLE when LiveKit does not confirm: the reconciler ends the move then.
 */
export async function moveBetweenRooms(
  ctx: Staff,
  input: { sessionId: string } & z.infer<typeof MoveInput>,
): Promise<void> {
  const moved = await asHost(ctx, 'move-between-rooms', input.sessionId, async (tx, { session }) => {
    await tx.$queryRaw`SELECT id FROM "Session" WHERE id = ${session.id}::uuid FOR UPDATE`;
    const second = await secondRoom(tx, session.id);
    if (!second || !session.room) throw new DomainError('CONFLICT', { reason: 'not-apart' });
    const own = await mySeat(tx, ctx, session.id);
    if (roomSideOf(await seatWithPeople(tx, own.id)) !== null) throw new DomainError('KEPT_APART');
    const subject = { type: 'seat', id: own.id };
    const inSecond = second.seats.some((member) => member.seatId === own.id);
    const toSecond = input.side === SECOND_ROOM_SIDE;
    if (inSecond === toSecond) return { answer: null, subject };
    const left = inSecond ? second.room : session.room;
    await changeRoom(tx, ctx.deps, { second, seat: own, toSecond, left });
    return {
      answer: { seatId: own.id, identity: own.identity, left },
      subject,
      data: { toSecondRoom: toSecond },
    };
  });
  if (moved) await confirmMove(ctx, moved);
}

export type Moved = { seatId: string; identity: string; left: string };

/** Waits until LiveKit says that the seat is gone from the room that it left: only then is there a token again. */
export async function confirmMove(ctx: Ctx, moved: Moved): Promise<void> {
  if (!(await hasLeft(ctx.deps, moved)))
    throw new DomainError('UNAVAILABLE', { reason: 'media-not-confirmed' });
  await transact(ctx, async (tx) => {
    await tx.seat.updateMany({ where: { id: moved.seatId }, data: { movingSince: null } });
  });
}

/**
 * A party comes to a screen while the sides are kept apart: the screen follows into that side's room. KEPT_APART when
 * somebody of the other side sits there.
 */
export async function followSide(
  tx: Tx,
  ctx: Ctx,
  session: { id: string; room: string | null },
  seatId: string,
  side: PartySide,
): Promise<Moved | null> {
  const second = await secondRoom(tx, session.id);
  if (!second || !session.room) return null;
  const seat = await seatWithPeople(tx, seatId);
  const now = roomSideOf(seat);
  if (now !== null && now !== side) throw new DomainError('KEPT_APART');
  const inSecond = second.seats.some((member) => member.seatId === seat.id);
  const toSecond = side === SECOND_ROOM_SIDE;
  if (inSecond === toSecond) return null;
  const left = inSecond ? second.room : session.room;
  await changeRoom(tx, ctx.deps, { second, seat, toSecond, left });
  return { seatId: seat.id, identity: seat.identity, left };
}

/** Writes a seat on the other list, or takes it off; no token until the room that it leaves is clear of it. */
async function changeRoom(
  tx: Tx,
  deps: Deps,
  move: {
    second: { id: string; courtId: string };
    seat: { id: string; courtId: string; identity: string; connectedAt: Date | null };
    toSecond: boolean;
    left: string;
  },
): Promise<void> {
  const { second, seat } = move;
  const row = { caucusId: second.id, seatId: seat.id };
  if (move.toSecond) await tx.caucusMember.create({ data: { courtId: second.courtId, ...row } });
  else await tx.caucusMember.deleteMany({ where: row });
  await tx.seat.update({ where: { id: seat.id }, data: { movingSince: new Date() } });
  await leaveRoom(tx, deps, seat, move.left);
}

function hasLeft(deps: Deps, { left, identity }: Moved): Promise<boolean> {
  return untilConfirmed(() =>
    deps.video
      .removeParticipant(left, identity)
      .then(() => deps.video.listParticipants(left))
      .then((inside) => !inside.some((person) => person.identity === identity))
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a move between two rooms is not confirmed yet');
        return false;
      }),
  );
}
