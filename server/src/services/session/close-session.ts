import type { SessionStatus } from '../../contract/enums.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Ctx, Tx } from '../context.ts';
import { closeRoom } from './room-of-session.ts';
import { transitionSession } from './transition-session.ts';

type Living = { id: string; courtId: string; status: SessionStatus; room: string | null };

/**
 * Ends (or cancels) a session with all that hangs on it: bookings are free again, people have left, gaps are closed,
 * ringing calls fall silent, the room is deleted and every token refused.
 */
export async function closeSession(
  tx: Tx,
  ctx: Ctx,
  session: Living,
  event: 'end' | 'cancel',
  also: Prisma.SessionUncheckedUpdateManyInput = {},
): Promise<void> {
  const now = ctx.deps.clock.now();
  await transitionSession(tx, session, event, {
    ...also,
    ...(event === 'end' ? { endedAt: now } : {}),
    checkingSeatId: null,
  });
  const ofSession = { sessionId: session.id };
  await tx.booking.updateMany({ where: ofSession, data: { active: false } });
  await tx.attendee.updateMany({
    where: { ...ofSession, leftAt: null },
    data: { leftAt: now, hasFloor: false },
  });
  await tx.gap.updateMany({ where: { ...ofSession, endedAt: null }, data: { endedAt: now } });
  await tx.judgeCall.updateMany({
    where: { ...ofSession, takenAt: null, cancelledAt: null },
    data: { cancelledAt: new Date() },
  });
  await closeRoom(tx, ctx, session);
}
