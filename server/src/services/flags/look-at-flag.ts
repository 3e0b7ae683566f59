import type { z } from 'zod';
import type { FlagLookInput } from '../../contract/flags.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { currentFlags } from './case-flags.ts';

/**
 * The mediator's or judge's private check of one flag, by name, with its result and a note. CLEAR lets the signing go
 * on; a CONCERN keeps it closed until somebody looks again, or the case is suspended. NOT_FOUND when the flag is not
 * (or no longer) about that.
 */
export async function lookAtFlag(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string } & z.infer<typeof FlagLookInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'look-at-flag', input.caseId);
    const found = (await currentFlags(tx, ctx, input.caseId)).find(
      (f) => f.flag === input.flag && f.subject === input.subject,
    );
    if (!found) throw new DomainError('NOT_FOUND');
    await tx.flagLook.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        lookedById: ctx.principal.staffUserId,
        flag: found.flag,
        subject: found.subject,
        duty,
        result: input.result,
        note: input.note,
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'look-at-flag',
      subject: { type: 'case', id: theCase.id },
      caseId: theCase.id,
      duty,
      data: { flag: found.flag, result: input.result },
      personal: { subject: found.subject, note: input.note },
      topics: theCase.appointments.map((a) => `user:${a.staffUserId}`),
    });
  });
}
