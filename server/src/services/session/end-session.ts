import type { z } from 'zod';
import type { SessionResult } from '../../contract/enums.ts';
import type { EndSessionInput } from '../../contract/session.ts';
import { DomainError } from '../../domain/errors.ts';
import { endTalks } from '../case/end-talks.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Tx } from '../context.ts';
import { asHost, type Staff } from './as-host.ts';
import { closeSession } from './close-session.ts';
import { isInquiry } from './read-session.ts';

/** Ends the session with its result: the room is deleted, every token refused, ringing calls fall silent. */
export function endSession(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof EndSessionInput>,
): Promise<void> {
  return asHost(ctx, 'end', input.sessionId, async (tx, { session, duty, case: theCase }) => {
    const now = ctx.deps.clock.now();
    if (isInquiry(session)) {
      // The court rules by an act of its own; a session of questions has no result.
      await closeSession(tx, ctx, session, 'end', { endReason: input.reason || null });
      return { answer: undefined, data: { result: null } };
    }
    await requireSameResult(tx, session.id, input.result);
    await closeSession(tx, ctx, session, 'end', { result: input.result, endReason: input.reason || null });
    if (input.result === 'NO_AGREEMENT') {
      await endTalks(tx, ctx, theCase, {
        event: 'fail',
        duty,
        reason: input.reason || '调解不成',
        also: { endCode: 'DIVERGENCE', closedAt: now },
      });
    }
    if (input.result === 'TO_CONTINUE' && theCase.status === 'MEDIATING')
      await transitionCase(tx, theCase, 'continue-later');
    return { answer: undefined, data: { result: input.result } };
  });
}

/** A record that was already read out states the result: the session ends with the same one. */
async function requireSameResult(tx: Tx, sessionId: string, result: SessionResult): Promise<void> {
  const read = await tx.record.findFirst({
    where: { sessionId, kind: 'TALKS', status: { not: 'WRITING' } },
    select: { result: true },
  });
  if (read?.result && read.result !== result)
    throw new DomainError('CONFLICT', { reason: 'result', result: read.result });
}
