import type { z } from 'zod';
import type { AcceptConfirmationInput, RuleConfirmationInput } from '../../contract/confirmation.ts';
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

/**
 * The court's ruling: valid, or the application rejected with its reason. After a rejection people mediate again or sue
 * (民事诉讼法 206); either may object within the time of 民诉法解释 372.
 */
export async function ruleOnConfirmation(
  ctx: StaffCtx,
  input: { caseId: string } & z.output<typeof RuleConfirmationInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'rule-confirmation', input.caseId);
    const confirmation = await livingConfirmation(tx, input.caseId);
    const now = ctx.deps.clock.now();
    await transitionConfirmation(tx, confirmation, input.ruling === 'CONFIRM' ? 'confirm' : 'reject', {
      decidedAt: now,
      judgeId: ctx.principal.staffUserId,
      ...(input.ruling === 'REJECT' ? { reason: input.reason } : {}),
    });
    await tx.deadline.updateMany({
      where: { caseId: theCase.id, kind: 'DECIDE_CONFIRMATION', metAt: null },
      data: { metAt: now },
    });
    await appendAudit(tx, ctx, {
      action: 'rule-confirmation',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { step: input.ruling },
      ...(input.ruling === 'REJECT' ? { personal: { reason: input.reason } } : {}),
      topics: [`station:${theCase.stationId}`],
    });
  });
}
