import type { SignInMethod } from '../../generated/prisma/client.ts';
import type { Deps, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';

export const STAFF_SESSION_MS = 12 * 3600_000;

/** Opens a stored session and returns its cookie token. Without a second factor it can only give one. */
export async function startStaffSession(
  tx: Tx,
  deps: Deps,
  input: { courtId: string; staffUserId: string; method: SignInMethod; deviceId?: string; secondFactor: boolean },
): Promise<string> {
  const token = newSecret();
  const now = new Date();
  await tx.staffSession.create({
    data: {
      courtId: input.courtId,
      staffUserId: input.staffUserId,
      deviceId: input.deviceId ?? null,
      tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
      method: input.method,
      secondFactorAt: input.secondFactor ? now : null,
      expiresAt: new Date(now.getTime() + STAFF_SESSION_MS),
    },
  });
  return token;
}
