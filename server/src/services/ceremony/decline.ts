import type { z } from 'zod';
import type { DeclineInput } from '../../contract/ceremony.ts';
import { nextStepOf } from '../../domain/agreement/ceremony-plan.ts';
import { DomainError } from '../../domain/errors.ts';
import { transitionAgreement } from '../agreement/transition-agreement.ts';
import { authoriseCase } from '../authorise.ts';
import { endTalks } from '../case/end-talks.ts';
import { transitionCase } from '../case/transition-case.ts';
import { endApplication } from '../confirmation/end-application.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { type Place, refuseClosed } from './authorise-slot.ts';
import { isMine, loadCeremony, slotOf } from './load-ceremony.ts';
import { planContext, planOf } from './slot-plan.ts';
import { recordStep } from './take-step.ts';

/**
 * Declines to sign, at any step and whatever else stands in the way, with a reason. The agreement ends as REFUSED; what
 * others signed and every step so far stay as evidence. A side's no ends the case with its own code (参照在线调解规则 25);
 * a mediator's or recorder's opens the talks again.
 */
export async function declineSigning(
  ctx: Ctx,
  place: Place,
  input: z.infer<typeof DeclineInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'decline-to-sign', place.caseId);
    const ceremony = await loadCeremony(tx, place.caseId, place.fieldName);
    const slot = slotOf(ceremony, place.fieldName);
    if (!isMine(ctx.principal, slot)) throw new DomainError('FORBIDDEN', { reason: 'not-your-place' });
    refuseClosed(ceremony, slot);
    // Signers and the seal-holder write the same row: one of us is first.
    await tx.$queryRaw`SELECT id FROM "Agreement" WHERE id = ${ceremony.agreement.id}::uuid FOR UPDATE`;
    const { plan, done } = planOf(ceremony, slot, await planContext(tx, ctx, ceremony));
    const at = ctx.deps.clock.now();
    await tx.signature.update({
      where: { id: slot.id },
      data: { declinedAt: at, declineReason: input.reason },
    });
    if (ceremony.application) await endApplication(tx, ctx, ceremony.application, input.reason);
    else {
      await transitionAgreement(tx, ceremony.agreement, 'refuse');
      if (slot.role === 'party' || slot.role === 'agent')
        await endTalks(tx, ctx, theCase, {
          event: 'fail',
          duty,
          reason: input.reason,
          also: { endCode: 'REFUSED_TO_SIGN', endReason: input.reason, closedAt: at },
        });
      else if (theCase.status === 'AGREED') await transitionCase(tx, theCase, 'reopen-talks');
    }
    await recordStep(
      tx,
      ctx,
      { slot, ceremony, duty },
      'DECLINED',
      { stage: nextStepOf(plan, done) ?? 'SIGNED' },
      { reason: input.reason },
    );
  });
}
