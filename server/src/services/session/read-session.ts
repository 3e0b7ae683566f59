import type { SeatView, SessionView } from '../../contract/session.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { type OpenGuard, openGuards } from '../../domain/session/open-guards.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { isMySeat } from './my-seat.ts';

const include = {
  station: true,
  seats: {
    orderBy: { id: 'asc' },
    include: {
      attendees: { where: { leftAt: null }, orderBy: { arrivedAt: 'asc' } },
      admissions: true,
      denials: { where: { liftedAt: null } },
      staffUser: true,
      party: true,
      agent: true,
    },
  },
  checkItems: true,
  case: {
    include: {
      parties: {
        orderBy: { position: 'asc' },
        include: { identityChecks: { where: { agentId: null }, orderBy: { checkedAt: 'desc' }, take: 1 } },
      },
      appointments: { where: { status: 'ACCEPTED', duty: 'MEDIATOR' }, include: { staffUser: true } },
    },
  },
} satisfies Prisma.SessionInclude;
export type SessionDetail = Prisma.SessionGetPayload<{ include: typeof include }>;

export function loadSession(tx: Tx, sessionId: string): Promise<SessionDetail> {
  return tx.session.findUniqueOrThrow({ where: { id: sessionId }, include });
}

/** What must be done before this session opens, and what is. */
export function guardsOf(session: SessionDetail): OpenGuard[] {
  const item = (kind: string) => session.checkItems.findLast((c) => c.kind === kind);
  const said = (kind: string) => {
    const found = item(kind);
    return found ? `${found.language ?? ''} · ${found.reader ?? ''}` : null;
  };
  return openGuards({
    track: session.case.track,
    parties: session.case.parties.map((p) => ({
      name: p.name,
      identityChecked: p.identityChecks.length > 0,
      detail: p.identityChecks.length > 0 ? p.idNumberMasked : null,
    })),
    mediators: session.case.appointments.map((a) => ({
      name: a.staffUser.name,
      disclosed: a.disclosedAt !== null,
    })),
    warningGiven: said('FALSE_MEDIATION_WARNING'),
    rightsRead: said('RIGHTS_NOTICE'),
  });
}

export const isConnected = (seat: { connectedAt: Date | null; disconnectedAt: Date | null }): boolean =>
  seat.connectedAt !== null && (seat.disconnectedAt === null || seat.disconnectedAt < seat.connectedAt);

/** The session as this person sees it: seats with people by name, presence, checklist, what they may do. */
export async function readSession(ctx: Ctx, sessionId: string): Promise<SessionView> {
  return transact(ctx, async (tx) => {
    const { duties, facts } = await authoriseSession(tx, ctx, 'read-session', sessionId);
    const session = await loadSession(tx, sessionId);
    const now = new Date();
    const seats = session.seats.map(
      (seat): SeatView => ({
        id: seat.id,
        identity: seat.identity,
        kind: seat.kind,
        label: labelOf(seat, session.station.name),
        partyId: seat.partyId,
        mine: isMySeat(ctx.principal, seat, session.stationId),
        present: seat.leaseUntil !== null && seat.leaseUntil > now,
        waitingSince: seat.enteredAt?.toISOString() ?? null,
        connected: isConnected(seat),
        admitted: seat.admissions.length > 0,
        removed: seat.denials.length > 0,
        handRaisedAt: seat.handRaisedAt?.toISOString() ?? null,
        beingChecked: session.checkingSeatId === seat.id,
        host: isHostSeat(session, seat),
        attendees: seat.attendees.map((a) => ({
          id: a.id,
          name: a.name,
          duty: a.duty,
          partyId: a.partyId,
          hasFloor: a.hasFloor,
          arrivedAt: a.arrivedAt.toISOString(),
        })),
      }),
    );
    return {
      id: session.id,
      caseId: session.caseId,
      caseTitle: session.case.title,
      caseNumber: session.case.number,
      status: session.status,
      stationName: session.station.name,
      stationPhone: session.station.phone,
      plannedStart: session.plannedStart.toISOString(),
      plannedEnd: session.plannedEnd.toISOString(),
      openedAt: session.openedAt?.toISOString() ?? null,
      endedAt: session.endedAt?.toISOString() ?? null,
      pausedBecause: session.pausedBecause,
      result: session.result,
      seats,
      mySeatId: seats.find((s) => s.mine)?.id ?? null,
      checklist: guardsOf(session),
      can: allowedActions(duties, facts),
    };
  });
}

/** The presiding mediator's seat; where a director mediates at the station, the station's screen. */
export function isHostSeat(
  session: { hostId: string | null; seats?: { staffUserId: string | null }[] },
  seat: { kind: string; staffUserId: string | null },
): boolean {
  if (seat.staffUserId !== null) return seat.staffUserId === session.hostId;
  return (
    seat.kind === 'STATION' &&
    !session.seats?.some((s) => s.staffUserId !== null && s.staffUserId === session.hostId)
  );
}

function labelOf(seat: SessionDetail['seats'][number], stationName: string): string {
  if (seat.kind === 'STATION') return stationName;
  return seat.agent?.name ?? seat.party?.name ?? seat.staffUser?.name ?? '';
}
