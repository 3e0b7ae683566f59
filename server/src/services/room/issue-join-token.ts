import type {
  CaseStatus,
  CaucusStatus,
  Duty,
  PartySide,
  SeatKind,
  SessionKind,
  SessionStatus,
} from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { dutiesInSession, noFacts, type PermissionFacts, requireCan } from '../../domain/permissions.ts';
import { roomGrants } from '../../domain/room-grants.ts';
import { SECOND_ROOM_SIDE } from '../../domain/session/apart.ts';
import { requireDoor } from '../../domain/session/door.ts';
import type { RawTx } from '../../ports/statements.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { courtMaySee, dutiesIn, isInvitedByAll } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { LEASE_MS } from '../session/lobby.ts';
import { holdsSeat, ownAmong } from '../session/my-seat.ts';
import { transactRaw } from '../transact.ts';

/** Only the first connection needs the token: short, so that a leaked one is worth nothing. */
export const TOKEN_TTL_SECONDS = 180;

type Row = {
  seatId: string;
  identity: string;
  kind: SeatKind;
  staffUserId: string | null;
  partyId: string | null;
  agentId: string | null;
  deviceId: string | null;
  caseId: string;
  stationId: string;
  committeeId: string;
  caseStatus: CaseStatus;
  sessionKind: SessionKind;
  status: SessionStatus;
  room: string | null;
  checkingSeatId: string | null;
  hostId: string | null;
  hostHasSeat: boolean;
  microphoneOff: boolean;
  cameraOff: boolean;
  besideStation: boolean;
  admitted: boolean;
  locked: boolean;
  denied: boolean;
  /** On its way between two rooms. */
  moving: boolean;
  byTelephone: boolean;
  /** 穿梭调解: the sides are in two rooms. */
  apart: boolean;
  consents: boolean;
  /** The private talk that has this seat on its list, while it is prepared or runs. */
  caucus: { room: string; status: CaucusStatus } | null;
  appointments: { staffUserId: string; duty: Duty; status: string }[];
};

/**
 * A LiveKit token for one's own seat (of a handed-over screen: the station's, after a reload), after membership, session state, consent and admission. Refusals: NOT_FOUND,
 * NOT_ADMITTED, REMOVED_FROM_SESSION, SESSION_NOT_OPEN, CONSENT_MISSING, DUTY_MISSING, AUTHORITY_UNVERIFIED.
 * Asked `ahead` of entering it makes nobody present. The benchmark `join.endpoint`
 * runs this verb: one query, one update, one audit row.
 */
export async function issueJoinToken(
  ctx: Ctx,
  input: { sessionId: string; ahead?: boolean },
): Promise<{ token: string; identity: string; canPublish: boolean }> {
  const { seat, grants, room } = await transactRaw(ctx, async (tx) => {
    const seat = await findSeat(tx, ctx, input.sessionId);
    const duties = dutiesIn(ctx.principal, seat);
    const facts = await joinFacts(tx, ctx, duties, seat);
    const duty = requireCan(dutiesInSession(duties, 'join-room', seat.sessionKind), 'join-room', facts);
    const asked = duty === 'AGENT' && seat.kind !== 'STATION' && seat.status !== 'CHECKING';
    requireDoor({ ...seat, unverifiedAgent: asked && !(await isVerified(tx, ctx)) }, false);
    if (!seat.room) throw new DomainError('SESSION_NOT_OPEN', { status: seat.status });
    await requireOwnSide(tx, ctx, seat);
    // A browser that comes back by itself must not hang up on the person.
    if (seat.byTelephone) throw new DomainError('BY_TELEPHONE');
    // Out of the one room already, and not confirmed yet to have left: asked again in a moment.
    if (seat.moving || seat.caucus?.status === 'PREPARING')
      throw new DomainError('UNAVAILABLE', { reason: 'caucus' });
    const host =
      seat.staffUserId !== null
        ? seat.staffUserId === seat.hostId
        : seat.kind === 'STATION' && !seat.hostHasSeat;
    const grants = roomGrants({
      seatKind: seat.kind,
      stage: seat.status,
      removed: false,
      host,
      beingChecked: seat.checkingSeatId === seat.seatId,
      microphoneOff: seat.microphoneOff,
      cameraOff: seat.cameraOff,
      besideStation: seat.besideStation,
      room: seat.caucus ? 'CAUCUS' : 'MAIN',
      inCaucus: seat.caucus !== null,
    });
    if (!input.ahead)
      await tx.$executeRaw`UPDATE "Seat" SET "leaseUntil" = now() + make_interval(secs => ${LEASE_MS / 1000}) WHERE id = ${seat.seatId}::uuid`;
    await appendAudit(tx, ctx, {
      action: 'join-room',
      subject: { type: 'seat', id: seat.seatId },
      caseId: seat.caseId,
      duty,
      data: {
        stage: seat.status,
        ...(input.ahead ? { ahead: true } : {}),
        ...(seat.kind === 'STATION' && ctx.principal.kind === 'party' ? { handedOver: true } : {}),
      },
      topics: [`session:${input.sessionId}`],
    });
    return { seat, grants, room: seat.caucus?.room ?? seat.room };
  });
  const token = await ctx.deps.video.issueToken({
    room,
    identity: seat.identity,
    grants,
    ttlSeconds: TOKEN_TTL_SECONDS,
  });
  return { token, identity: seat.identity, canPublish: grants.canPublish };
}

/** The condition that some duties need; asked only for those. */
async function joinFacts(tx: RawTx, ctx: Ctx, duties: Duty[], seat: Row): Promise<PermissionFacts> {
  const { caseId, sessionKind } = seat;
  if (sessionKind === 'CONFIRMATION_INQUIRY')
    return duties.includes('CONFIRMING_JUDGE')
      ? { ...noFacts, inquiry: await courtMaySee(tx, caseId) }
      : noFacts;
  const invited = duties.includes('INVITED') || duties.includes('POLICE_LIAISON');
  return invited ? { ...noFacts, invitedAgreed: await isInvitedByAll(tx, caseId, ctx.principal) } : noFacts;
}

/** A handed-over screen is in the room of its own side; a party's own seat is on the list of that room alone. */
async function requireOwnSide(tx: RawTx, ctx: Ctx, seat: Row): Promise<void> {
  if (!seat.apart || ctx.principal.kind !== 'party') return;
  const [party] = await tx.$queryRaw<{ side: PartySide }[]>`
    SELECT side::text AS side FROM "Party" WHERE id = ${ctx.principal.partyId}::uuid`;
  if ((party?.side === SECOND_ROOM_SIDE) !== (seat.caucus !== null)) throw new DomainError('KEPT_APART');
}

/** Whether somebody verified this agent's authority; who acts for nobody needs none. */
async function isVerified(tx: RawTx, ctx: Ctx): Promise<boolean> {
  if (ctx.principal.kind !== 'party') return true;
  const [agent] = await tx.$queryRaw<{ verified: boolean }[]>`
    SELECT "verifiedAt" IS NOT NULL AS verified FROM "Agent" WHERE id = ${ctx.principal.agentId}::uuid`;
  return agent?.verified ?? false;
}

/** Everything that the decision needs, in one query: the seats of the session that may be the asking person's. */
async function findSeat(tx: RawTx, ctx: Ctx, sessionId: string): Promise<Row> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id AS "seatId", s.identity, s.kind::text AS kind, s."staffUserId", s."partyId", s."agentId", s."deviceId",
      e."caseId", c."stationId", c."committeeId", c.status::text AS "caseStatus", e.kind::text AS "sessionKind", e.status::text AS status, e.room,
      e."checkingSeatId", e."hostId", e.locked, s."micMutedByHost" AS "microphoneOff", s."camMutedByHost" AS "cameraOff", s."besideStation",
      EXISTS (SELECT 1 FROM "Seat" h WHERE h."sessionId" = e.id AND h."staffUserId" = e."hostId") AS "hostHasSeat",
      EXISTS (SELECT 1 FROM "Admission" a WHERE a."seatId" = s.id) AS admitted,
      EXISTS (SELECT 1 FROM "Denial" d WHERE d."seatId" = s.id AND d."liftedAt" IS NULL) AS denied,
      s."movingSince" IS NOT NULL AS moving, s."byTelephone",
      EXISTS (SELECT 1 FROM "Caucus" k WHERE k."sessionId" = e.id AND k."endedAt" IS NULL AND k.kind = 'APART') AS apart,
      (s."partyId" IS NULL OR NOT EXISTS (
        SELECT 1 FROM unnest(ARRAY['MEDIATION', 'ONLINE']::"ConsentItem"[]) AS need
        WHERE NOT COALESCE((SELECT k.agreed AND k."withdrawnAt" IS NULL FROM "Consent" k
          WHERE k."partyId" = s."partyId" AND k.item = need ORDER BY k.at DESC, k.id DESC LIMIT 1), false))) AS consents,
      (SELECT json_build_object('room', q.room, 'status', q.status) FROM "CaucusMember" m
        JOIN "Caucus" q ON q.id = m."caucusId" AND q."endedAt" IS NULL
        WHERE m."courtId" = s."courtId" AND m."seatId" = s.id) AS caucus,
      COALESCE((SELECT json_agg(json_build_object('staffUserId', p."staffUserId", 'duty', p.duty, 'status', p.status))
        FROM "Appointment" p WHERE p."caseId" = e."caseId" AND p.status = 'ACCEPTED'), '[]'::json) AS appointments
    FROM "Seat" s JOIN "Session" e ON e.id = s."sessionId" JOIN "Case" c ON c.id = e."caseId"
    WHERE s."sessionId" = ${sessionId}::uuid`;
  if (rows.length === 0 || (ctx.principal.kind === 'party' && ctx.principal.caseId !== rows[0]?.caseId))
    throw new DomainError('NOT_FOUND');
  return ownAmong(rows, (row) => holdsSeat(ctx.principal, row, row.stationId));
}
