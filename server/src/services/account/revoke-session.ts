import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/** Ends one of one's own sessions, with whatever it handed over. NOT_FOUND for anybody else's. */
export async function revokeSession(ctx: Ctx<StaffPrincipal>, input: { sessionId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const revokedAt = new Date();
    const ended = await tx.staffSession.updateMany({
      where: { id: input.sessionId, staffUserId: ctx.principal.staffUserId, revokedAt: null },
      data: { revokedAt },
    });
    if (ended.count !== 1) throw new DomainError('NOT_FOUND');
    await tx.partySession.updateMany({
      where: { staffSessionId: input.sessionId, revokedAt: null },
      data: { revokedAt },
    });
    await appendAudit(tx, ctx, {
      action: 'sign-in:session-revoked',
      subject: { type: 'staff-session', id: input.sessionId },
    });
  });
}
