import type { Principal } from '../context.ts';

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
      if (principal.via === 'HAND_OVER') return false;
      return principal.agentId
        ? seat.agentId === principal.agentId
        : seat.partyId === principal.partyId && seat.agentId === null;
    default:
      return false;
  }
}
