import type { PartySide } from '../../contract/enums.ts';
import type { SessionView } from '../../contract/session.ts';
import { SECOND_ROOM_SIDE } from '../../domain/session/apart.ts';
import type { Principal } from '../context.ts';
import { isHostSeat } from '../session/host-seat.ts';
import type { SessionDetail } from '../session/read-session.ts';

type Seat = SessionDetail['seats'][number];
type Attendee = Seat['attendees'][number];
const other: Record<PartySide, PartySide> = { APPLICANT: 'RESPONDENT', RESPONDENT: 'APPLICANT' };

/**
 * What the asking person may know of seats and people while the sides are kept apart: a party or agent sees its own
 * side and the neutral people, never whether, where or with whom the other side is. Staff see both rooms.
 */
export function placeSeats(session: SessionDetail, principal: Principal, mySeatId: string | null) {
  const apart = session.case.protections.length > 0;
  const sideOf = (partyId: string | null): PartySide | null =>
    session.case.parties.find((party) => party.id === partyId)?.side ?? null;
  const sideOfPerson = (person: Attendee): PartySide | null =>
    sideOf(person.partyId) ??
    session.case.parties.find((party) => party.agents.some((agent) => agent.id === person.agentId))?.side ??
    null;
  const listed = new Set(session.caucuses.flatMap((second) => second.seats.map((member) => member.seatId)));
  const running = session.caucuses.length > 0;
  const roomSide = (seat: Seat): PartySide => {
    if (!running) return sideOf(seat.partyId) ?? other[SECOND_ROOM_SIDE];
    return listed.has(seat.id) ? SECOND_ROOM_SIDE : other[SECOND_ROOM_SIDE];
  };
  const mine = session.seats.find((seat) => seat.id === mySeatId);
  const ownSide = principal.kind === 'party' ? sideOf(principal.partyId) : null;
  const hidden = (side: PartySide | null) =>
    apart && principal.kind === 'party' && side !== null && side !== ownSide;
  const host = session.seats.find((seat) => isHostSeat(session, seat));
  const attendeesOf = (seat: Seat) => seat.attendees.filter((person) => !hidden(sideOfPerson(person)));
  const view: SessionView['apart'] = apart
    ? {
        side: ownSide ?? (mine ? roomSide(mine) : other[SECOND_ROOM_SIDE]),
        hostHere: Boolean(host) && roomSide(host as Seat) === (ownSide ?? (mine ? roomSide(mine) : null)),
        canMove:
          running &&
          principal.kind === 'staff' &&
          mine !== undefined &&
          mine.partyId === null &&
          mine.attendees.every((person) => sideOfPerson(person) === null),
      }
    : null;
  return {
    view,
    seats: session.seats.filter((seat) => !hidden(sideOf(seat.partyId))),
    attendeesOf,
    /** A shared screen at which nobody of one's own side sits: its presence and hand would tell of the other side's. */
    isDark: (seat: Seat): boolean =>
      apart &&
      principal.kind === 'party' &&
      seat.kind === 'STATION' &&
      !seat.attendees.some((person) => sideOfPerson(person) === ownSide),
    roomOf: (seatId: string): PartySide | null => {
      const seat = session.seats.find((one) => one.id === seatId);
      return apart && principal.kind === 'staff' && seat ? roomSide(seat) : null;
    },
    /** Checklist lines about the other side's people say whether they are here. */
    guardSeen: (guard: { partyId: string | null; attendeeId: string | null }): boolean => {
      const person = session.seats.flatMap((seat) => seat.attendees).find((a) => a.id === guard.attendeeId);
      return !hidden(sideOf(guard.partyId) ?? (person ? sideOfPerson(person) : null));
    },
  };
}
