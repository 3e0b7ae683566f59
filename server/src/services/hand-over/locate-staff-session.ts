import type { Deps } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';

/**
 * The stored staff session behind a cookie even while its screen is handed over. Null when it is over (revoked or
 * expired, its person disabled, its device revoked).
 */
export async function locateStaffSession(deps: Deps, staffToken: string | undefined) {
  if (!staffToken) return null;
  const tokenHash = hashSecret(deps.settings.tokenKey, 'staff-session', staffToken);
  const courtId = await locateCourt(deps.db, 'staff-session', tokenHash);
  if (!courtId) return null;
  const session = await inCourt(deps.db, courtId, (tx) =>
    tx.staffSession.findUnique({
      where: { tokenHash },
      include: {
        staffUser: true,
        device: true,
        handOvers: {
          where: { kind: 'HAND_OVER' },
          include: { party: true, agent: true },
          orderBy: { createdAt: 'desc' },
          take: 1,
        },
      },
    }),
  );
  if (!session || session.revokedAt || session.expiresAt <= new Date()) return null;
  if (session.staffUser.disabledAt || session.device?.revokedAt) return null;
  return session;
}
