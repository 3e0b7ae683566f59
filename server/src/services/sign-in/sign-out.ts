import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * Ends the asking session and, for staff, what it handed over. A person at a handed-over screen ends their own session
 * only: the screen stays locked until the PIN. Doing it twice is fine.
 */
export async function signOut(ctx: Ctx): Promise<void> {
  const { principal } = ctx;
  if (principal.kind !== 'staff' && principal.kind !== 'party') return;
  await transact(ctx, async (tx) => {
    const revokedAt = new Date();
    if (principal.kind === 'staff') {
      const { sessionId } = principal;
      await tx.staffSession.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt } });
      await tx.partySession.updateMany({
        where: { staffSessionId: sessionId, revokedAt: null },
        data: { revokedAt },
      });
      await appendAudit(tx, ctx, {
        action: 'sign-in:sign-out',
        subject: { type: 'staff-session', id: sessionId },
      });
      return;
    }
    const { partySessionId, caseId } = principal;
    await tx.partySession.updateMany({ where: { id: partySessionId, revokedAt: null }, data: { revokedAt } });
    await appendAudit(tx, ctx, {
      action: 'sign-in:sign-out',
      subject: { type: 'party-session', id: partySessionId },
      caseId,
    });
  });
}
