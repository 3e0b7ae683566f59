import { keepRoomsApart } from '../apart/second-room.ts';
import { transitionCase } from '../case/transition-case.ts';
import { admitSeats } from './admit.ts';
import { asHost, type Staff } from './as-host.ts';
import { isInquiry } from './read-session.ts';
import { openRoom } from './room-of-session.ts';
import { transitionSession } from './transition-session.ts';

/** 核对中: media on between the host and one seat, clock and recording off. Station, mediators and judge may come in. */
export function startChecking(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'start-checking', sessionId, async (tx, { session, case: theCase }) => {
    await transitionSession(tx, session, 'start-checking', {
      ...(await openRoom(tx, ctx, session.courtId)),
      checkingAt: ctx.deps.clock.now(),
    });
    if (!isInquiry(session)) await transitionCase(tx, theCase, 'start-session');
    const own = await tx.seat.findMany({
      where: { sessionId, kind: { in: ['STATION', 'MEDIATOR', 'JUDGE', 'RECORDER'] } },
      select: { id: true },
    });
    await admitSeats(
      tx,
      ctx,
      sessionId,
      own.map((seat) => seat.id),
    );
    await keepRoomsApart(tx, ctx, sessionId);
    return { answer: undefined };
  });
}
