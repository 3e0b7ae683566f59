import type { z } from 'zod';
import type { EndSessionInput } from '../../contract/session.ts';
import { transitionCase } from '../case/transition-case.ts';
import { asHost, type Staff } from './as-host.ts';
import { closeRoom } from './room-of-session.ts';
import { transitionSession } from './transition-session.ts';

/** Ends the session with its result: the room is deleted, every token refused, ringing calls fall silent. */
export function endSession(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof EndSessionInput>,
): Promise<void> {
  return asHost(ctx, 'end', input.sessionId, async (tx, { session, case: theCase }) => {
    const now = ctx.deps.clock.now();
    await transitionSession(tx, session, 'end', {
      result: input.result,
      endReason: input.reason || null,
      endedAt: now,
      checkingSeatId: null,
    });
    if (input.result === 'NO_AGREEMENT')
      await transitionCase(tx, theCase, 'fail', { endCode: 'DIVERGENCE', closedAt: now });
    if (input.result === 'TO_CONTINUE' && theCase.status === 'MEDIATING')
      await transitionCase(tx, theCase, 'continue-later');
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
    return { answer: undefined, data: { result: input.result } };
  });
}
