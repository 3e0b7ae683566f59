import type { z } from 'zod';
import type { CheckInput } from '../../contract/session.ts';
import { DomainError } from '../../domain/errors.ts';
import { asHost, type Staff } from './as-host.ts';

/**
 * One line of the checklist, done by name. Warning and rights notice: the language and who read them out. Identity of
 * somebody who is neither party nor staff: which document was compared (a party's identity has its own verb).
 */
export function completeCheck(
  ctx: Staff,
  input: { sessionId: string } & z.infer<typeof CheckInput>,
): Promise<void> {
  return asHost(ctx, 'complete-check', input.sessionId, async (tx, { session }) => {
    const running = ['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED', 'ONSITE'].includes(session.status);
    if (!running || (input.kind !== 'IDENTITY' && !['SCHEDULED', 'CHECKING'].includes(session.status)))
      throw new DomainError('ILLEGAL_TRANSITION', { status: session.status });
    if (input.kind === 'IDENTITY') {
      const attendee = await tx.attendee.findFirst({
        where: { id: input.attendeeId, sessionId: session.id, staffUserId: null },
      });
      if (!attendee) throw new DomainError('NOT_FOUND');
      if (attendee.partyId && !attendee.agentId)
        throw new DomainError('BAD_REQUEST', { fields: ['attendeeId'] });
    }
    const { kind } = input;
    const how =
      kind === 'IDENTITY'
        ? { attendeeId: input.attendeeId, note: input.document }
        : { language: input.language, reader: input.reader };
    await tx.checkItem.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        byId: ctx.principal.staffUserId,
        kind,
        ...how,
        at: ctx.deps.clock.now(),
      },
    });
    return {
      answer: undefined,
      data: kind === 'IDENTITY' ? { kind, attendeeId: input.attendeeId } : { kind, language: input.language },
      ...(kind === 'IDENTITY' ? {} : { personal: { reader: input.reader } }),
    };
  });
}
