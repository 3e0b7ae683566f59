import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { countFailure } from '../sign-in/count-failure.ts';
import { hashPassword, verifyPassword } from '../sign-in/password.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/**
 * Changes one's own password and ends every other session. WRONG_CREDENTIALS for a wrong current one, counted like
 * any failed sign-in (ACCOUNT_LOCKED).
 */
export async function changePassword(
  ctx: Ctx<StaffPrincipal>,
  input: { current: string; next: string },
): Promise<void> {
  const { staffUserId, sessionId } = ctx.principal;
  const user = await transact(ctx, (tx) => tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } }));
  if (user.lockedAt) throw new DomainError('ACCOUNT_LOCKED');
  if (!(await verifyPassword(input.current, user.passwordHash))) {
    const locked = await transact(ctx, (tx) => countFailure(tx, ctx, staffUserId, 'password'));
    throw new DomainError(locked ? 'ACCOUNT_LOCKED' : 'WRONG_CREDENTIALS');
  }
  const passwordHash = await hashPassword(input.next);
  await transact(ctx, async (tx) => {
    const changed = await tx.staffUser.updateMany({
      where: { id: staffUserId, passwordHash: user.passwordHash, lockedAt: null },
      data: { passwordHash },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    await tx.staffSession.updateMany({
      where: { staffUserId, revokedAt: null, id: { not: sessionId } },
      data: { revokedAt: new Date() },
    });
    await appendAudit(tx, ctx, {
      action: 'sign-in:password-changed',
      subject: { type: 'staff', id: staffUserId },
    });
  });
}
