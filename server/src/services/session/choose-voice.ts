import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { mySeat } from './my-seat.ts';

/**
 * 原声 or 译音 at one's own seat. The interpreter's page lets only those seats subscribe to its sound that chose it;
 * that spares the others the voice, and keeps nothing secret.
 */
export async function chooseVoice(
  ctx: Ctx,
  input: { sessionId: string; interpreter: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'choose-voice', input.sessionId);
    const seat = await mySeat(tx, ctx, session.id);
    await tx.seat.update({ where: { id: seat.id }, data: { hearsInterpreter: input.interpreter } });
    await appendAudit(tx, ctx, {
      action: 'choose-voice',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      duty,
      data: { interpreter: input.interpreter },
      topics: [`session:${session.id}`],
    });
  });
}
