import type { PartySide } from '../../contract/enums.ts';

/** 穿梭调解: the session's own room is the applicants'; the second one is this side's. */
export const SECOND_ROOM_SIDE: PartySide = 'RESPONDENT';

type SeatAtScreen = {
  /** Of a seat of one's own: whose side sits there. */
  side: PartySide | null;
  /** Sides of the people who are at this screen by name; neutral people are left out. */
  here: readonly PartySide[];
};

/**
 * In whose room a seat must be while the sides are kept apart; null for neutral people, who go between the rooms.
 * `both`: people of both sides are at one screen, and that cannot go on.
 */
export function sideOfSeat(seat: SeatAtScreen): PartySide | 'both' | null {
  const sides = new Set([...(seat.side ? [seat.side] : []), ...seat.here]);
  if (sides.size > 1) return 'both';
  return [...sides][0] ?? null;
}
