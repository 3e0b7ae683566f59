import { DomainError } from '../../domain/errors.ts';
import type { Deps, Principal, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { STAFF_IDLE_MS } from './start-session.ts';

export type Tokens = { staff: string | undefined; party: string | undefined; device: string | undefined };

/** A session's last use is written at most once in so long. */
const TOUCH_MS = 60_000;

/**
 * Who the request's cookies say is asking. The web says which of its two entries asks (`as`), because a station
 * device may hold a staff and a party session at once. A handed-over screen refuses the staff session
 * (SCREEN_HANDED_OVER) until it is taken back.
 */
export async function resolvePrincipal(
  deps: Deps,
  tokens: Tokens,
  as: 'staff' | 'party',
): Promise<Principal | null> {
  if (as === 'party') return tokens.party ? resolveParty(deps, tokens.party) : null;
  if (tokens.staff) {
    const staff = await resolveStaff(deps, tokens.staff);
    if (staff) return staff;
  }
  return tokens.device ? resolveDevice(deps, tokens.device) : null;
}

async function resolveStaff(deps: Deps, token: string): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'staff-session', token);
  const courtId = await locateCourt(deps.db, 'staff-session', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return inCourt(deps.db, courtId, async (tx) => {
    const session = await tx.staffSession.findUnique({
      where: { tokenHash },
      include: {
        staffUser: { include: { duties: { where: { OR: [{ until: null }, { until: { gt: now } }] } } } },
        device: true,
        handOvers: { where: { kind: 'HAND_OVER', revokedAt: null, expiresAt: { gt: now } }, take: 1 },
      },
    });
    if (!session || session.revokedAt || session.expiresAt <= now || session.staffUser.disabledAt)
      return null;
    if (session.device?.revokedAt) return null;
    if (session.lastSeenAt.getTime() + STAFF_IDLE_MS <= now.getTime()) return null;
    // A passkey was asked for by name only: until it answers, this session is nobody's.
    if (session.method === 'PASSKEY' && !session.secondFactorAt) return null;
    if (session.handOvers.length > 0) throw new DomainError('SCREEN_HANDED_OVER');
    await touchStaff(tx, session, now);
    return {
      kind: 'staff',
      courtId,
      staffUserId: session.staffUserId,
      name: session.staffUser.name,
      sessionId: session.id,
      deviceId: session.deviceId,
      deviceStationId: session.device?.stationId ?? null,
      duties: session.staffUser.duties.map((d) => ({
        duty: d.duty,
        stationId: d.stationId,
        committeeId: d.committeeId,
      })),
      secondFactor: session.secondFactorAt !== null,
    };
  });
}

async function resolveParty(deps: Deps, token: string): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'party-session', token);
  const courtId = await locateCourt(deps.db, 'party-session', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return inCourt(deps.db, courtId, async (tx) => {
    const session = await tx.partySession.findUnique({
      where: { tokenHash },
      include: { party: true, agent: true, invitation: true, device: true, staffSession: true },
    });
    if (!session || session.revokedAt || session.expiresAt <= now || session.invitation?.revokedAt)
      return null;
    if (session.device?.revokedAt || session.staffSession?.revokedAt) return null;
    if (session.lastSeenAt.getTime() + TOUCH_MS <= now.getTime())
      await tx.partySession.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
    // While a person uses the handed-over screen, the director's session behind it does not go idle.
    if (session.staffSession) await touchStaff(tx, session.staffSession, now);
    return {
      kind: 'party',
      courtId,
      partySessionId: session.id,
      caseId: session.caseId,
      partyId: session.partyId ?? session.agent?.partyId ?? null,
      agentId: session.agentId,
      name: session.agent?.name ?? session.party?.name ?? '',
      via: session.kind,
      deviceId: session.deviceId,
    };
  });
}

async function resolveDevice(deps: Deps, token: string): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'device', token);
  const courtId = await locateCourt(deps.db, 'device', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return inCourt(deps.db, courtId, async (tx) => {
    const device = await tx.device.findUnique({ where: { tokenHash } });
    if (!device || device.revokedAt) return null;
    if (!device.lastSeenAt || device.lastSeenAt.getTime() + TOUCH_MS <= now.getTime())
      await tx.device.updateMany({ where: { id: device.id }, data: { lastSeenAt: now } });
    return { kind: 'device', courtId, deviceId: device.id, stationId: device.stationId };
  });
}

async function touchStaff(tx: Tx, session: { id: string; lastSeenAt: Date }, now: Date): Promise<void> {
  if (session.lastSeenAt.getTime() + TOUCH_MS > now.getTime()) return;
  await tx.staffSession.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } });
}
