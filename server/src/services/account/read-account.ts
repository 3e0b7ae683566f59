import type { Account } from '../../contract/staff.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/** One's own sign-in means and living sessions. */
export async function readAccount(ctx: Ctx<StaffPrincipal>): Promise<Account> {
  return transact(ctx, async (tx) => {
    const now = new Date();
    const user = await tx.staffUser.findUniqueOrThrow({
      where: { id: ctx.principal.staffUserId },
      include: {
        passkeys: { orderBy: { createdAt: 'asc' } },
        sessions: {
          where: { revokedAt: null, expiresAt: { gt: now }, secondFactorAt: { not: null } },
          orderBy: { lastSeenAt: 'desc' },
          include: { device: true },
        },
        _count: { select: { backupCodes: { where: { usedAt: null } } } },
      },
    });
    return {
      name: user.name,
      loginName: user.loginName,
      hasPassword: user.passwordHash !== null,
      hasPin: user.pinHash !== null,
      backupCodesLeft: user._count.backupCodes,
      passkeys: user.passkeys.map((p) => ({
        id: p.id,
        name: p.name,
        createdAt: p.createdAt.toISOString(),
        lastUsedAt: p.lastUsedAt?.toISOString() ?? null,
      })),
      sessions: user.sessions.map((s) => ({
        id: s.id,
        method: s.method,
        device: s.device?.name ?? null,
        createdAt: s.createdAt.toISOString(),
        lastSeenAt: s.lastSeenAt.toISOString(),
        current: s.id === ctx.principal.sessionId,
      })),
    };
  });
}
