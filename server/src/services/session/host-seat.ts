/** The presiding mediator's seat; where a director mediates at the station, the station's screen. */
export function isHostSeat(
  session: { hostId: string | null; seats: { staffUserId: string | null }[] },
  seat: { kind: string; staffUserId: string | null },
): boolean {
  if (seat.staffUserId !== null) return seat.staffUserId === session.hostId;
  return (
    seat.kind === 'STATION' &&
    !session.seats.some((s) => s.staffUserId !== null && s.staffUserId === session.hostId)
  );
}
