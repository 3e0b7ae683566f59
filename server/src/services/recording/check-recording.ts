import type { z } from 'zod';
import type { RecordingCheck } from '../../contract/recording.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { verifyRecording } from './verify-recording.ts';

/** Walks one recording of the case for whoever may play it; the answer is written into the audit log. */
export async function checkRecording(
  ctx: Ctx,
  input: { caseId: string; recordingId: string },
): Promise<z.infer<typeof RecordingCheck>> {
  const { courtId } = ctx.principal;
  const duty = await transact(ctx, async (tx) => {
    const authorised = await authoriseCase(tx, ctx, 'play-recording', input.caseId);
    const mine = await tx.recording.count({
      where: { id: input.recordingId, session: { caseId: input.caseId } },
    });
    if (mine !== 1) throw new DomainError('NOT_FOUND');
    return authorised.duty;
  });
  const report = await verifyRecording(ctx.deps, courtId, input.recordingId);
  await transact(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'play-recording',
      subject: { type: 'recording', id: input.recordingId },
      caseId: input.caseId,
      duty,
      data: { checked: true, links: report.links, faults: report.faults.length },
    }),
  );
  const { links, head, stamps, newestStamp, deleted, faults } = report;
  return { links, head, stamps, newestStamp: newestStamp?.toISOString() ?? null, deleted, faults };
}
