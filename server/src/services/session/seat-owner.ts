import type { Prisma } from '../../generated/prisma/client.ts';
import type { Ctx, Tx } from '../context.ts';

/**
 * Seats whose owner may still act: a device that is not revoked, a colleague who is not disabled and still has a duty,
 * a party or agent with a session of their own that is not over. A token outlives none of that.
 */
export function ownerMayAct(now: Date): Prisma.SeatWhereInput {
  const lives = { revokedAt: null, expiresAt: { gt: now } };
  return {
    AND: [
      { OR: [{ deviceId: null }, { device: { revokedAt: null } }] },
      {
        OR: [
          { staffUserId: null },
          {
            staffUser: {
              disabledAt: null,
              OR: [
                { appointments: { some: { status: 'ACCEPTED' } } },
                { duties: { some: { OR: [{ until: null }, { until: { gt: now } }] } } },
              ],
            },
          },
        ],
      },
      { OR: [{ agentId: null }, { agent: { partySessions: { some: lives } } }] },
      { OR: [{ partyId: null }, { agentId: { not: null } }, { party: { partySessions: { some: lives } } }] },
    ],
  };
}

/** Cuts the open connections of these seats of running sessions, and takes their admissions back. */
export async function putOut(tx: Tx, ctx: Ctx, of: Prisma.SeatWhereInput): Promise<void> {
  const seats = await tx.seat.findMany({
    where: { AND: [of, { session: { status: { notIn: ['ENDED', 'CANCELLED'] } } }] },
    include: { session: true, caucuses: { where: { caucus: { endedAt: null } }, include: { caucus: true } } },
  });
  for (const { id, identity, session, caucuses } of seats) {
    await tx.admission.deleteMany({ where: { seatId: id } });
    await tx.seat.update({ where: { id }, data: { leaseUntil: null, handRaisedAt: null } });
    const rooms = [session.room, ...caucuses.map(({ caucus }) => caucus.room)];
    for (const room of rooms.filter((each) => each !== null))
      await ctx.deps.jobs.enqueue(tx, 'video.remove', { courtId: session.courtId, room, identity });
  }
}
