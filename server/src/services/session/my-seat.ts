import { DomainError } from '../../domain/errors.ts';
import type { RawTx } from '../../ports/statements.ts';
import type { Ctx, Principal, Tx } from '../context.ts';

type SeatOwner = {
  kind: string;
  staffUserId: string | null;
  partyId: string | null;
  agentId: string | null;
};

/**
 * Whether a seat is the asking device's or person's: the station's screen is whichever enrolled device of that station
 * asks, every other seat is one's own.
 */
export function isMySeat(principal: Principal, seat: SeatOwner, stationId: string): boolean {
  switch (principal.kind) {
    case 'staff':
      return seat.kind === 'STATION'
        ? principal.deviceStationId === stationId
        : seat.staffUserId === principal.staffUserId;
    case 'party':
      if (principal.via === 'HAND_OVER' || principal.answeredAs === 'FAMILY') return false;
      return principal.agentId
        ? seat.agentId === principal.agentId
        : seat.partyId === principal.partyId && seat.agentId === null;
    default:
      return false;
  }
}

/**
 * Whether the asking screen keeps this seat's place in the room: one's own, or the station's while its screen is handed
 * over, since the director's session is locked meanwhile and nobody at the station may drop out of the talks.
 */
export function holdsSeat(
  principal: Principal,
  seat: SeatOwner & { deviceId: string | null },
  stationId: string,
): boolean {
  const handedOver = principal.kind === 'party' && principal.via === 'HAND_OVER';
  if (handedOver && seat.kind === 'STATION')
    return principal.deviceId !== null && seat.deviceId === principal.deviceId;
  return isMySeat(principal, seat, stationId);
}

/** The asking device's or person's own seat. NOT_ADMITTED when this session has none for them. */
export async function mySeat(tx: Tx, ctx: Ctx, sessionId: string) {
  const seats = await tx.seat.findMany({
    where: { sessionId },
    include: { session: { select: { stationId: true } } },
  });
  return ownAmong(seats, (seat) => isMySeat(ctx.principal, seat, seat.session.stationId));
}

/** The station's seat before one's own, where both are the asking person's. NOT_ADMITTED when none is. */
export function ownAmong<T extends SeatOwner>(seats: T[], isOwn: (seat: T) => boolean): T {
  const seat = ownIn(seats, isOwn);
  if (!seat) throw new DomainError('NOT_ADMITTED');
  return seat;
}

function ownIn<T extends SeatOwner>(seats: T[], isOwn: (seat: T) => boolean): T | undefined {
  const own = seats.filter(isOwn);
  return own.find((s) => s.kind === 'STATION') ?? own[0];
}

type HeldSeat = SeatOwner & { id: string; sessionId: string; deviceId: string | null; stationId: string };

/**
 * The seats that these asking screens hold, by one plain statement: what every heartbeat asks. NOT_ADMITTED in the place
 * of whoever has none.
 */
export async function heldSeats(
  tx: RawTx,
  asked: { principal: Principal; sessionId: string }[],
): Promise<(HeldSeat | DomainError)[]> {
  const sessions = [...new Set(asked.map(({ sessionId }) => sessionId))];
  const seats = await tx.$queryRaw<HeldSeat[]>`
    SELECT seat.id, seat."sessionId", seat.kind, seat."staffUserId", seat."partyId", seat."agentId", seat."deviceId",
      session."stationId"
    FROM "Seat" seat JOIN "Session" session ON session.id = seat."sessionId"
    WHERE seat."sessionId" = ANY(${sessions}::uuid[])`;
  const ofSession = Map.groupBy(seats, (seat) => seat.sessionId);
  return asked.map(
    ({ principal, sessionId }) =>
      ownIn(ofSession.get(sessionId) ?? [], (seat) => holdsSeat(principal, seat, seat.stationId)) ??
      new DomainError('NOT_ADMITTED'),
  );
}
