import type { z } from 'zod';
import type { AcceptConfirmationInput } from '../../contract/confirmation.ts';
import { dayAsDate, lastDayOrEstimate, shanghaiDay } from '../../domain/deadlines.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { livingConfirmation } from './load-confirmation.ts';
import { transitionConfirmation } from './transition-confirmation.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** The court docketed the application under its number; thirty days to decide (民事诉讼法 187). */
export async function acceptConfirmation(
  ctx: StaffCtx,
  input: { caseId: string } & z.output<typeof AcceptConfirmationInput>,
): Promise<{ dueOn: string }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'rule-confirmation', input.caseId);
    const confirmation = await livingConfirmation(tx, input.caseId);
    const now = ctx.deps.clock.now();
    const today = shanghaiDay(now);
    const { day, basis } = lastDayOrEstimate('DECIDE_CONFIRMATION', today);
    await transitionConfirmation(tx, confirmation, 'accept', {
      number: input.number,
      acceptedAt: now,
      dueOn: dayAsDate(day),
      judgeId: ctx.principal.staffUserId,
    });
    await tx.deadline.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        kind: 'DECIDE_CONFIRMATION',
        startsOn: dayAsDate(today),
        dueOn: dayAsDate(day),
        basis,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'rule-confirmation',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { step: 'accept', number: input.number, dueOn: day },
      topics: [`station:${theCase.stationId}`],
    });
    return { dueOn: day };
  });
}
