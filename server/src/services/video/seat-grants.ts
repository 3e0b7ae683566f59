import type { SeatKind, SessionStatus } from '../../contract/enums.ts';
import { type RoomGrants, roomGrants } from '../../domain/room-grants.ts';
import { isHostSeat } from '../session/host-seat.ts';

type SessionOfSeat = {
  status: SessionStatus;
  hostId: string | null;
  checkingSeatId: string | null;
  seats: { staffUserId: string | null }[];
};
type Seat = {
  id: string;
  kind: SeatKind;
  staffUserId: string | null;
  micMutedByHost: boolean;
  camMutedByHost: boolean;
  besideStation: boolean;
  denials: unknown[];
  /** Private talks that run and have this seat on their list. */
  caucuses: unknown[];
};

/** Selects a seat's running private talks for `seatGrants`. */
export const runningCaucuses = { where: { caucus: { endedAt: null } }, take: 1 } as const;

/** What this seat may do in its room now, from the session's own state. `denials` are those not lifted. */
export function seatGrants(session: SessionOfSeat, seat: Seat, room: 'MAIN' | 'CAUCUS' = 'MAIN'): RoomGrants {
  return roomGrants({
    seatKind: seat.kind,
    stage: session.status,
    removed: seat.denials.length > 0,
    host: isHostSeat(session, seat),
    beingChecked: session.checkingSeatId === seat.id,
    microphoneOff: seat.micMutedByHost,
    cameraOff: seat.camMutedByHost,
    besideStation: seat.besideStation,
    room,
    inCaucus: seat.caucuses.length > 0,
  });
}
