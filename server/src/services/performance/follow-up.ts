import type { z } from 'zod';
import type { FollowUpInput } from '../../contract/after-effect.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

/** 回访: who asked whom, in what way, what they said. Only after an agreement took effect (人民调解法 31). */
export async function recordFollowUp(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string } & z.output<typeof FollowUpInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'follow-up', input.caseId);
    if (!theCase.effectiveAt) throw new DomainError('ILLEGAL_TRANSITION', { status: theCase.status });
    const visit = await tx.followUp.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        byId: ctx.principal.staffUserId,
        way: input.way,
        performed: input.performed,
        text: input.text,
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'follow-up',
      subject: { type: 'follow-up', id: visit.id },
      caseId: theCase.id,
      duty,
      data: { way: input.way, performed: input.performed },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
