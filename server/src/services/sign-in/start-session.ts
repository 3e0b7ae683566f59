import { DomainError } from '../../domain/errors.ts';
import type { SignInMethod } from '../../generated/prisma/client.ts';
import type { Ctx, Deps, Principal, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';

/** A signed-in session ends after so long, whatever happens; unused for `STAFF_IDLE_MS` it ends earlier. */
export const STAFF_SESSION_MS = 12 * 3600_000;
export const STAFF_IDLE_MS = 2 * 3600_000;
/** Time to give the second factor. */
const HALF_SESSION_MS = 10 * 60_000;

export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/**
 * Opens a stored session and returns its cookie token. Without `secondFactor` it can do nothing but give one, and
 * that within ten minutes.
 */
export async function startStaffSession(
  tx: Tx,
  deps: Deps,
  input: {
    courtId: string;
    staffUserId: string;
    method: SignInMethod;
    deviceId?: string;
    secondFactor: boolean;
    challenge?: string;
  },
): Promise<string> {
  const token = newSecret();
  const now = new Date();
  const life = input.secondFactor ? STAFF_SESSION_MS : HALF_SESSION_MS;
  await tx.staffSession.create({
    data: {
      courtId: input.courtId,
      staffUserId: input.staffUserId,
      deviceId: input.deviceId ?? null,
      tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
      method: input.method,
      secondFactorAt: input.secondFactor ? now : null,
      challenge: input.challenge ?? null,
      expiresAt: new Date(now.getTime() + life),
    },
  });
  return token;
}

/** The second factor was given: the session becomes whole under a new token, so that the old cookie is worth nothing. */
export async function completeStaffSession(tx: Tx, deps: Deps, sessionId: string): Promise<string> {
  const token = newSecret();
  const now = new Date();
  const completed = await tx.staffSession.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: {
      tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
      secondFactorAt: now,
      lastSeenAt: now,
      challenge: null,
      expiresAt: new Date(now.getTime() + STAFF_SESSION_MS),
    },
  });
  if (completed.count !== 1) throw new DomainError('UNAUTHENTICATED');
  return token;
}

/**
 * Administrators and auditors always give TOTP or a passkey (domain.md section 6): a station device with a code, or a
 * government identity service, is not enough for them.
 */
export async function needsOwnFactor(tx: Tx, staffUserId: string): Promise<boolean> {
  const strict = await tx.dutyAssignment.count({
    where: {
      staffUserId,
      duty: { in: ['ADMINISTRATOR', 'AUDITOR'] },
      OR: [{ until: null }, { until: { gt: new Date() } }],
    },
  });
  return strict > 0;
}

/** The acting staff member as context of their own audit rows, before a session exists. */
export function asStaff(ctx: Ctx, staffUserId: string): Ctx {
  return {
    ...ctx,
    principal: {
      kind: 'staff',
      courtId: ctx.principal.courtId,
      staffUserId,
      name: '',
      sessionId: '',
      deviceId: null,
      deviceStationId: null,
      duties: [],
      guidedStations: [],
      secondFactor: false,
    },
  };
}
