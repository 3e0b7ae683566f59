import { DomainError } from '../../domain/errors.ts';
import type { Deps, Principal } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { locateCourts } from '../transact.ts';
import {
  courtOf,
  partySessionOf,
  staffSessionOf,
  touchPartySession,
  touchStaffSession,
} from './session-rows.ts';
import { STAFF_IDLE_MS } from './start-session.ts';

export type Tokens = { staff: string | undefined; party: string | undefined; device: string | undefined };

/** A session's last use is written at most once in so long. */
const TOUCH_MS = 60_000;

/**
 * Who the request's cookies say is asking. The web says which of its two entries asks (`as`), because a station
 * device may hold a staff and a party session at once. A handed-over screen refuses the staff session
 * (SCREEN_HANDED_OVER) until the PIN takes it back, also when the person has signed out or their time has run out.
 * `quietly` leaves the time of last use as it is.
 */
export async function resolvePrincipal(
  deps: Deps,
  tokens: Tokens,
  as: 'staff' | 'party',
  quietly = false,
): Promise<Principal | null> {
  if (as === 'party') return tokens.party ? resolveParty(deps, tokens.party, quietly) : null;
  if (tokens.staff) {
    const staff = await resolveStaff(deps, tokens.staff, quietly);
    if (staff) return staff;
  }
  return tokens.device ? resolveDevice(deps, tokens.device, quietly) : null;
}

async function resolveStaff(deps: Deps, token: string, quietly: boolean): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'staff-session', token);
  const courtId = await courtOf.staff(deps, '', tokenHash);
  if (!courtId) return null;
  const session = await staffSessionOf(deps, courtId, tokenHash);
  if (!session || session.over) return null;
  if (session.lastSeenAt.getTime() + STAFF_IDLE_MS <= Date.now()) return null;
  // A passkey was asked for by name only: until it answers, this session is nobody's.
  if (session.method === 'PASSKEY' && !session.secondFactor) return null;
  if (session.handedOver) throw new DomainError('SCREEN_HANDED_OVER');
  if (!quietly) await touchStaff(deps, courtId, session);
  const { id, staffUserId, name, deviceId, deviceStationId, duties, guidedStations, secondFactor } = session;
  return {
    kind: 'staff',
    courtId,
    staffUserId,
    name,
    sessionId: id,
    deviceId,
    deviceStationId,
    duties,
    guidedStations,
    secondFactor,
  };
}

async function resolveParty(deps: Deps, token: string, quietly: boolean): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'party-session', token);
  const courtId = await courtOf.party(deps, '', tokenHash);
  if (!courtId) return null;
  const session = await partySessionOf(deps, courtId, tokenHash);
  if (!session || session.over) return null;
  const { id, staffSessionId, staffSeenAt, lastSeenAt, ...who } = session;
  if (!quietly && isStale(lastSeenAt)) await touchPartySession(deps, courtId, id);
  // While a person uses the handed-over screen, the director's session behind it does not go idle.
  if (!quietly && staffSessionId && staffSeenAt)
    await touchStaff(deps, courtId, { id: staffSessionId, lastSeenAt: staffSeenAt });
  return {
    kind: 'party',
    courtId,
    partySessionId: id,
    caseId: who.caseId,
    partyId: who.partyId,
    agentId: who.agentId,
    name: who.name,
    via: who.via,
    answeredAs: who.answeredAs,
    deviceId: who.deviceId,
  };
}

async function resolveDevice(deps: Deps, token: string, quietly: boolean): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'device', token);
  const [courtId] = await locateCourts(deps.statements, 'device', [tokenHash]);
  if (!courtId) return null;
  return deps.statements.inCourt(courtId, async (tx) => {
    const [device] = await tx.$queryRaw<{ id: string; stationId: string; lastSeenAt: Date | null }[]>`
      SELECT id, "stationId", "lastSeenAt" FROM "Device" WHERE "tokenHash" = ${tokenHash} AND "revokedAt" IS NULL`;
    if (!device) return null;
    const { id, stationId, lastSeenAt } = device;
    if (!quietly && (!lastSeenAt || isStale(lastSeenAt)))
      await tx.$executeRaw`UPDATE "Device" SET "lastSeenAt" = ${new Date()}::timestamptz WHERE id = ${id}::uuid`;
    return { kind: 'device', courtId, deviceId: id, stationId };
  });
}

const isStale = (lastSeenAt: Date): boolean => lastSeenAt.getTime() + TOUCH_MS <= Date.now();

async function touchStaff(
  deps: Deps,
  courtId: string,
  session: { id: string; lastSeenAt: Date },
): Promise<void> {
  if (isStale(session.lastSeenAt)) await touchStaffSession(deps, courtId, session.id);
}
