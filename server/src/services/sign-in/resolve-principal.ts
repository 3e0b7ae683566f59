import { DomainError } from '../../domain/errors.ts';
import type { RawTx } from '../../ports/statements.ts';
import type { Deps, Principal, StandingDuty } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { locateCourt } from '../transact.ts';
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
  const courtId = await locateCourt(deps.statements, 'staff-session', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return deps.statements.inCourt(courtId, async (tx) => {
    const session = await findStaffSession(tx, tokenHash, now);
    if (!session || session.over) return null;
    if (session.lastSeenAt.getTime() + STAFF_IDLE_MS <= now.getTime()) return null;
    // A passkey was asked for by name only: until it answers, this session is nobody's.
    if (session.method === 'PASSKEY' && !session.secondFactor) return null;
    if (session.handedOver) throw new DomainError('SCREEN_HANDED_OVER');
    if (!quietly) await touchStaff(tx, session, now);
    const { id, staffUserId, name, deviceId, deviceStationId, duties, guidedStations, secondFactor } =
      session;
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
  });
}

type StaffSessionRow = {
  id: string;
  staffUserId: string;
  name: string;
  deviceId: string | null;
  deviceStationId: string | null;
  method: string;
  secondFactor: boolean;
  lastSeenAt: Date;
  /** Revoked, expired, or its person or device is no longer allowed. */
  over: boolean;
  handedOver: boolean;
  duties: StandingDuty[];
  guidedStations: string[];
};

/** One query, because every request of every staff member asks it. */
async function findStaffSession(
  tx: RawTx,
  tokenHash: string,
  now: Date,
): Promise<StaffSessionRow | undefined> {
  const rows = await tx.$queryRaw<StaffSessionRow[]>`
    SELECT s.id, s."staffUserId", u.name, s."deviceId", d."stationId" AS "deviceStationId", s.method::text AS method,
      s."secondFactorAt" IS NOT NULL AS "secondFactor", s."lastSeenAt",
      (s."revokedAt" IS NOT NULL OR s."expiresAt" <= ${now}::timestamptz OR u."disabledAt" IS NOT NULL
        OR d."revokedAt" IS NOT NULL) AS over,
      s."handedOverAt" IS NOT NULL AS "handedOver",
      COALESCE((SELECT json_agg(json_build_object('duty', a.duty, 'stationId', a."stationId",
          'committeeId', a."committeeId") ORDER BY a.since, a.id)
        FROM "DutyAssignment" a WHERE a."staffUserId" = s."staffUserId"
          AND (a.until IS NULL OR a.until > ${now}::timestamptz)), '[]'::json) AS duties,
      COALESCE((SELECT json_agg(p."stationId") FROM "Pairing" p WHERE p.until IS NULL
        AND (p."judgeId" = s."staffUserId" OR p."delegateId" = s."staffUserId")), '[]'::json) AS "guidedStations"
    FROM "StaffSession" s JOIN "StaffUser" u ON u.id = s."staffUserId" LEFT JOIN "Device" d ON d.id = s."deviceId"
    WHERE s."tokenHash" = ${tokenHash}`;
  return rows[0];
}

type PartySessionRow = {
  id: string;
  caseId: string;
  partyId: string | null;
  agentId: string | null;
  name: string;
  via: 'LINK' | 'HAND_OVER';
  answeredAs: 'SELF' | 'FAMILY';
  deviceId: string | null;
  lastSeenAt: Date;
  staffSessionId: string | null;
  staffSeenAt: Date | null;
  /** Revoked or expired, or its link, device or the director's session behind it is. */
  over: boolean;
};

async function resolveParty(deps: Deps, token: string, quietly: boolean): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'party-session', token);
  const courtId = await locateCourt(deps.statements, 'party-session', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return deps.statements.inCourt(courtId, async (tx) => {
    const session = await findPartySession(tx, tokenHash, now);
    if (!session || session.over) return null;
    const { id, staffSessionId, staffSeenAt, lastSeenAt, ...who } = session;
    if (!quietly && lastSeenAt.getTime() + TOUCH_MS <= now.getTime())
      await tx.$executeRaw`UPDATE "PartySession" SET "lastSeenAt" = ${now}::timestamptz WHERE id = ${id}::uuid`;
    // While a person uses the handed-over screen, the director's session behind it does not go idle.
    if (!quietly && staffSessionId && staffSeenAt)
      await touchStaff(tx, { id: staffSessionId, lastSeenAt: staffSeenAt }, now);
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
  });
}

async function findPartySession(
  tx: RawTx,
  tokenHash: string,
  now: Date,
): Promise<PartySessionRow | undefined> {
  const rows = await tx.$queryRaw<PartySessionRow[]>`
    SELECT s.id, s."caseId", COALESCE(s."partyId", a."partyId") AS "partyId", s."agentId",
      COALESCE(a.name, p.name, '') AS name, s.kind::text AS via,
      CASE s."answeredAs" WHEN 'FAMILY' THEN 'FAMILY' ELSE 'SELF' END AS "answeredAs",
      s."deviceId", s."lastSeenAt", s."staffSessionId", f."lastSeenAt" AS "staffSeenAt",
      (s."revokedAt" IS NOT NULL OR s."expiresAt" <= ${now}::timestamptz OR i."revokedAt" IS NOT NULL
        OR d."revokedAt" IS NOT NULL OR f."revokedAt" IS NOT NULL) AS over
    FROM "PartySession" s LEFT JOIN "Party" p ON p.id = s."partyId" LEFT JOIN "Agent" a ON a.id = s."agentId"
      LEFT JOIN "Invitation" i ON i.id = s."invitationId" LEFT JOIN "Device" d ON d.id = s."deviceId"
      LEFT JOIN "StaffSession" f ON f.id = s."staffSessionId"
    WHERE s."tokenHash" = ${tokenHash}`;
  return rows[0];
}

async function resolveDevice(deps: Deps, token: string, quietly: boolean): Promise<Principal | null> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'device', token);
  const courtId = await locateCourt(deps.statements, 'device', tokenHash);
  if (!courtId) return null;
  const now = new Date();
  return deps.statements.inCourt(courtId, async (tx) => {
    const [device] = await tx.$queryRaw<{ id: string; stationId: string; lastSeenAt: Date | null }[]>`
      SELECT id, "stationId", "lastSeenAt" FROM "Device" WHERE "tokenHash" = ${tokenHash} AND "revokedAt" IS NULL`;
    if (!device) return null;
    const { id, stationId, lastSeenAt } = device;
    if (!quietly && (!lastSeenAt || lastSeenAt.getTime() + TOUCH_MS <= now.getTime()))
      await tx.$executeRaw`UPDATE "Device" SET "lastSeenAt" = ${now}::timestamptz WHERE id = ${id}::uuid`;
    return { kind: 'device', courtId, deviceId: id, stationId };
  });
}

async function touchStaff(tx: RawTx, session: { id: string; lastSeenAt: Date }, now: Date): Promise<void> {
  if (session.lastSeenAt.getTime() + TOUCH_MS > now.getTime()) return;
  await tx.$executeRaw`UPDATE "StaffSession" SET "lastSeenAt" = ${now}::timestamptz WHERE id = ${session.id}::uuid`;
}
