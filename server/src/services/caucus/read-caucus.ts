import type { CaucusView } from '../../contract/caucus.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { authoriseSession } from '../authorise.ts';
import type { Person } from '../record/open-record.ts';
import { isMySeat } from '../session/my-seat.ts';
import { transact } from '../transact.ts';
import { type CaucusPeople, runningCaucus } from './running-caucus.ts';

/** That a private talk runs, since when; to those inside also who hears, and when they are called back. */
export async function readCaucus(ctx: Person, sessionId: string): Promise<CaucusView> {
  return transact(ctx, async (tx) => {
    const { duties, facts, session } = await authoriseSession(tx, ctx, 'read-session', sessionId);
    const running = await runningCaucus(tx, { sessionId });
    const seats = await tx.seat.findMany({
      where: { id: { in: running?.seats.map((s) => s.seatId) ?? [] } },
    });
    const mine = seats.some((seat) => isMySeat(ctx.principal, seat, session.stationId));
    return {
      running: running
        ? {
            id: running.id,
            status: running.status,
            since: running.startedAt.toISOString(),
            mine,
            hears: mine ? (running.members as CaucusPeople).hears : null,
            recallAt: mine ? (running.recallAt?.toISOString() ?? null) : null,
          }
        : null,
      can: allowedActions(duties, facts),
    };
  });
}
