import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** Ends the asking session. Doing it twice is fine. */
export async function signOut(ctx: Ctx): Promise<void> {
  const { principal } = ctx;
  await transact(ctx, async (tx) => {
    const revokedAt = new Date();
    if (principal.kind === 'staff') await tx.staffSession.updateMany({ where: { id: principal.sessionId, revokedAt: null }, data: { revokedAt } });
    else if (principal.kind === 'party') await tx.partySession.updateMany({ where: { id: principal.partySessionId, revokedAt: null }, data: { revokedAt } });
    else return;
    await appendAudit(tx, ctx, { action: 'sign-in:sign-out', subject: { type: principal.kind, id: null } });
  });
}
