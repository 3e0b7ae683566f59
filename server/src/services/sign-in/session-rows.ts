import type { RawTx } from '../../ports/statements.ts';
import type { StandingDuty } from '../context.ts';
import { gathered } from '../gathered.ts';
import { locateCourts } from '../transact.ts';

/** Requests that come together are looked up together: where they belong, then who asks, court by court. */
export const courtOf = {
  staff: gathered<string, string | null>(({ statements }, _, hashes) =>
    locateCourts(statements, 'staff-session', hashes),
  ),
  party: gathered<string, string | null>(({ statements }, _, hashes) =>
    locateCourts(statements, 'party-session', hashes),
  ),
};
export const staffSessionOf = gathered<string, StaffSessionRow | undefined>(
  ({ statements }, courtId, hashes) =>
    statements.inCourt(courtId, async (tx) => inOrder(hashes, await findStaffSessions(tx, hashes))),
);
export const partySessionOf = gathered<string, PartySessionRow | undefined>(
  ({ statements }, courtId, hashes) =>
    statements.inCourt(courtId, async (tx) => inOrder(hashes, await findPartySessions(tx, hashes))),
);

function inOrder<T extends { tokenHash: string }>(hashes: string[], rows: T[]): (T | undefined)[] {
  const found = new Map(rows.map((row) => [row.tokenHash, row]));
  return hashes.map((hash) => found.get(hash));
}

type StaffSessionRow = {
  tokenHash: string;
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
function findStaffSessions(tx: RawTx, hashes: string[]): Promise<StaffSessionRow[]> {
  const now = new Date();
  return tx.$queryRaw`
    SELECT s."tokenHash", s.id, s."staffUserId", u.name, s."deviceId", d."stationId" AS "deviceStationId", s.method::text AS method,
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
    WHERE s."tokenHash" = ANY(${hashes}::text[])`;
}

type PartySessionRow = {
  tokenHash: string;
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

function findPartySessions(tx: RawTx, hashes: string[]): Promise<PartySessionRow[]> {
  const now = new Date();
  return tx.$queryRaw`
    SELECT s."tokenHash", s.id, s."caseId", COALESCE(s."partyId", a."partyId") AS "partyId", s."agentId",
      COALESCE(a.name, p.name, '') AS name, s.kind::text AS via,
      CASE s."answeredAs" WHEN 'FAMILY' THEN 'FAMILY' ELSE 'SELF' END AS "answeredAs",
      s."deviceId", s."lastSeenAt", s."staffSessionId", f."lastSeenAt" AS "staffSeenAt",
      (s."revokedAt" IS NOT NULL OR s."expiresAt" <= ${now}::timestamptz OR i."revokedAt" IS NOT NULL
        OR d."revokedAt" IS NOT NULL OR f."revokedAt" IS NOT NULL) AS over
    FROM "PartySession" s LEFT JOIN "Party" p ON p.id = s."partyId" LEFT JOIN "Agent" a ON a.id = s."agentId"
      LEFT JOIN "Invitation" i ON i.id = s."invitationId" LEFT JOIN "Device" d ON d.id = s."deviceId"
      LEFT JOIN "StaffSession" f ON f.id = s."staffSessionId"
    WHERE s."tokenHash" = ANY(${hashes}::text[])`;
}

/** A session that somebody writes just now is passed over: its next request writes the time. */
export const touchStaffSession = gathered<string, null>(({ statements }, courtId, ids) =>
  statements.inCourt(courtId, async (tx) => {
    await tx.$executeRaw`
      UPDATE "StaffSession" SET "lastSeenAt" = ${new Date()}::timestamptz WHERE id IN (
        SELECT id FROM "StaffSession" WHERE id = ANY(${ids}::uuid[]) FOR UPDATE SKIP LOCKED)`;
    return ids.map(() => null);
  }),
);
export const touchPartySession = gathered<string, null>(({ statements }, courtId, ids) =>
  statements.inCourt(courtId, async (tx) => {
    await tx.$executeRaw`
      UPDATE "PartySession" SET "lastSeenAt" = ${new Date()}::timestamptz WHERE id IN (
        SELECT id FROM "PartySession" WHERE id = ANY(${ids}::uuid[]) FOR UPDATE SKIP LOCKED)`;
    return ids.map(() => null);
  }),
);
