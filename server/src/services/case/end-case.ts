import type { z } from 'zod';
import type { EndInput } from '../../contract/case.ts';
import type { CaseEvent } from '../../domain/case/lifecycle.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { endTalks } from './end-talks.ts';

const eventOf: Record<z.infer<typeof EndInput>['code'], CaseEvent> = {
  SETTLED_WITHDRAWN: 'withdraw',
  UNREACHABLE: 'lose-contact',
  UNWILLING: 'refuse',
  DIVERGENCE: 'fail',
  EXPIRED: 'expire',
  REFUSED_TO_SIGN: 'fail',
  OTHER: 'fail',
};

/**
 * Ends the mediation with its own code and reason (在线调解规则 25): either side may, at any time until the agreement
 * takes effect (人民调解法 17), but not while it is suspended. CONFLICT while the seal is being set, ILLEGAL_TRANSITION when the state knows no such end.
 */
export async function endCase(ctx: Ctx, input: { caseId: string } & z.infer<typeof EndInput>): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase, facts } = await authoriseCase(tx, ctx, 'terminate', input.caseId);
    // Withdrawing because it is settled is settling (民诉法解释 89); saying no to talks is not.
    if (duty === 'AGENT' && input.code === 'SETTLED_WITHDRAWN' && !facts.agentMaySettle)
      throw new DomainError('SPECIAL_AUTHORITY_REQUIRED', {
        basis: '民事诉讼法第62条、民诉法解释第89条（参照）',
      });
    await endTalks(tx, ctx, theCase, {
      event: eventOf[input.code],
      duty,
      reason: input.reason,
      also: { endCode: input.code, endReason: input.reason, closedAt: ctx.deps.clock.now() },
    });
    await appendAudit(tx, ctx, {
      action: 'terminate',
      subject: { type: 'case', id: input.caseId },
      caseId: input.caseId,
      duty,
      data: { code: input.code },
      personal: { reason: input.reason },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
