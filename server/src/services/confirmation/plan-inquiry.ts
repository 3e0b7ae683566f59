import type { z } from 'zod';
import type { PlanInquiryInput } from '../../contract/confirmation.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { inviteAll } from '../invitations/invite-all.ts';
import { book, refuseFarTimes, requireFree } from '../scheduling/book.ts';
import { createSeats } from '../session/create-seats.ts';
import { transact } from '../transact.ts';
import { cancelPlannedInquiry } from './cancel-planned-inquiry.ts';
import { livingConfirmation } from './load-confirmation.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/**
 * 司法确认询问: the court asks both parties together about what it docketed (民诉法解释 356). Its judge hosts, the station's
 * screen is booked, people with a phone are invited in the court's name. Planned again, the earlier one is cancelled.
 * ILLEGAL_TRANSITION before docketing and after the ruling, CONFLICT while the talks' own session runs, DOUBLE_BOOKED.
 */
export async function planInquiry(
  ctx: StaffCtx,
  input: { caseId: string } & z.output<typeof PlanInquiryInput>,
): Promise<{ sessionId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'plan-inquiry', input.caseId);
    const confirmation = await livingConfirmation(tx, theCase.id);
    if (confirmation.status !== 'ACCEPTED')
      throw new DomainError('ILLEGAL_TRANSITION', { status: confirmation.status, event: 'plan-inquiry' });
    const startsAt = new Date(input.plannedStart);
    refuseFarTimes(startsAt, ctx.deps.clock.now());
    await cancelEarlier(tx, theCase.id);
    const hostId = ctx.principal.staffUserId;
    const endsAt = new Date(startsAt.getTime() + input.minutes * 60_000);
    const resources = [`station:${theCase.stationId}`, `judge:${hostId}`];
    await requireFree(tx, resources, { startsAt, endsAt });
    const { id: sessionId, ...session } = await tx.session.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        stationId: theCase.stationId,
        hostId,
        kind: 'CONFIRMATION_INQUIRY',
        status: 'SCHEDULED',
        plannedStart: startsAt,
        plannedEnd: endsAt,
      },
    });
    await book(tx, { id: sessionId, ...session }, resources);
    await createSeats(tx, ctx, sessionId);
    const court = await tx.court.findUniqueOrThrow({ where: { id: theCase.courtId } });
    await inviteAll(tx, ctx, { caseId: theCase.id, from: court.name });
    await appendAudit(tx, ctx, {
      action: 'plan-inquiry',
      subject: { type: 'session', id: sessionId },
      caseId: theCase.id,
      duty,
      data: { plannedStart: input.plannedStart, minutes: input.minutes },
      topics: [`station:${theCase.stationId}`],
    });
    return { sessionId };
  });
}

/** One session at a time: an inquiry that has not begun makes way, anything that runs does not. */
async function cancelEarlier(tx: Tx, caseId: string): Promise<void> {
  await cancelPlannedInquiry(tx, caseId, '法院另定询问时间');
  const running = await tx.session.count({ where: { caseId, status: { notIn: ['ENDED', 'CANCELLED'] } } });
  if (running > 0) throw new DomainError('CONFLICT', { reason: 'session-exists' });
}
