import { keepRoomsApart, refuseWhenApart } from '../apart/second-room.ts';
import { asHost, type Staff } from './as-host.ts';
import { requireChecks } from './open-session.ts';
import { closeRoom, openRoom } from './room-of-session.ts';
import { transitionSession } from './transition-session.ts';

/** The talks go on in one place, without video; before the session opened, after the same checks by name. */
export function goOnsite(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'switch-onsite', sessionId, async (tx, { session }) => {
    await refuseWhenApart(tx, ctx, session.caseId);
    if (session.status === 'CHECKING') await requireChecks(tx, sessionId, ['MEDIATION']);
    const openedAt = session.openedAt ?? ctx.deps.clock.now();
    await transitionSession(tx, session, 'go-onsite', { openedAt, checkingSeatId: null });
    await closeRoom(tx, ctx, session);
    return { answer: undefined };
  });
}

/** Back to video, in a new room: tokens of the earlier one stay dead. Those admitted before may come in again. */
export function goOnline(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'go-online', sessionId, async (tx, { session }) => {
    await requireChecks(tx, sessionId, ['MEDIATION', 'ONLINE']);
    await transitionSession(tx, session, 'go-online', await openRoom(tx, ctx, session.courtId));
    await keepRoomsApart(tx, ctx, sessionId);
    return { answer: undefined };
  });
}
