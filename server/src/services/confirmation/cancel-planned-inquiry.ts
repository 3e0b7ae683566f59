import type { Tx } from '../context.ts';
import { transitionSession } from '../session/transition-session.ts';

/** An inquiry that is planned and has not begun is cancelled; its judge and screen are free again. */
export async function cancelPlannedInquiry(tx: Tx, caseId: string, endReason: string): Promise<void> {
  const planned = await tx.session.findMany({
    where: { caseId, kind: 'CONFIRMATION_INQUIRY', status: 'SCHEDULED' },
  });
  for (const session of planned) {
    await transitionSession(tx, session, 'reschedule', { endReason });
    await tx.booking.updateMany({ where: { sessionId: session.id }, data: { active: false } });
  }
}
