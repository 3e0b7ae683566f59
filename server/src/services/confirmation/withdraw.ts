import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { endApplication } from './end-application.ts';
import { livingConfirmation } from './load-confirmation.ts';

/** An applicant takes the application back before the ruling (民诉法解释 357). The agreement binds as before. */
export async function withdrawConfirmation(
  ctx: Ctx<Extract<Principal, { kind: 'party' }>>,
  input: { caseId: string; reason: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'apply-confirmation', input.caseId);
    const confirmation = await livingConfirmation(tx, input.caseId);
    await endApplication(tx, ctx, confirmation, input.reason);
    await appendAudit(tx, ctx, {
      action: 'apply-confirmation',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { step: 'withdraw' },
      personal: { reason: input.reason },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
