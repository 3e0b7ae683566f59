import type { SessionKind } from '../../contract/enums.ts';
import type { SeatView, SessionView } from '../../contract/session.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { type OpenGuard, openGuards } from '../../domain/session/open-guards.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { placeSeats } from '../apart/place-seats.ts';
import { standing } from '../apart/second-room.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { townOf } from '../judge-call/duty-list.ts';
import type { CallReach } from '../judge-call/ring.ts';
import { transact } from '../transact.ts';
import { transcriptionState } from '../transcription/speech-hurdle.ts';
import { isHostSeat } from './host-seat.ts';
import { isMySeat } from './my-seat.ts';
import { selfTestOf } from './self-test-of.ts';
import { lobbyOf } from './tell-lobby.ts';

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
  checkItems: { orderBy: { at: 'asc' }, include: { attendee: true } },
  judgeCalls: {
    where: { cancelledAt: null },
    orderBy: { createdAt: 'desc' },
    take: 1,
    include: { takenBy: true },
  },
  caucuses: { where: { kind: 'APART', endedAt: null }, include: { seats: true } },
  case: {
    include: {
      protections: { where: standing },
      parties: {
        orderBy: { position: 'asc' },
        include: {
          agents: { include: { identityChecks: { take: 1 } } },
          identityChecks: { where: { agentId: null }, orderBy: { checkedAt: 'desc' }, take: 1 },
        },
      },
      appointments: {
        where: { status: 'ACCEPTED', duty: { in: ['MEDIATOR', 'INVITED'] } },
        include: { staffUser: true },
      },
    },
  },
} satisfies Prisma.SessionInclude;
export type SessionDetail = Prisma.SessionGetPayload<{ include: typeof include }>;

export function loadSession(tx: Tx, sessionId: string): Promise<SessionDetail> {
  return tx.session.findUniqueOrThrow({ where: { id: sessionId }, include });
}

type PersonToCheck = {
  name: string;
  identityChecked: boolean;
  detail: string | null;
  /** A party by its own record, anybody else by the person at the seat. */
  partyId: string | null;
  attendeeId: string | null;
  /** Who acts for a party. */
  agentId: string | null;
};

export const isInquiry = ({ kind }: { kind: SessionKind }): boolean => kind === 'CONFIRMATION_INQUIRY';

/** Checked once for the talks; the court's inquiry checks anew, on its own day. */
function isChecked(session: SessionDetail, check: { checkedAt: Date } | undefined): boolean {
  if (!check || !isInquiry(session)) return check !== undefined;
  return shanghaiDay(check.checkedAt) >= shanghaiDay(session.plannedStart);
}

/**
 * Everybody whose identity is checked before a session opens (参照在线调解规则 17, other participants too): each party,
 * unless only its agent came; then agents and other people who are here. Staff have signed in with two factors.
 */
function peopleToCheck(session: SessionDetail): PersonToCheck[] {
  const here = session.seats.flatMap((seat) => seat.attendees);
  const parties = session.case.parties.filter(
    (party) =>
      here.some((a) => a.partyId === party.id && a.agentId === null) ||
      !here.some((a) => party.agents.some((agent) => agent.id === a.agentId)),
  );
  const others = here.filter((a) => a.staffUserId === null && (a.agentId !== null || a.partyId === null));
  return [
    ...parties.map((party) => ({
      name: party.name,
      identityChecked: isChecked(session, party.identityChecks[0]),
      detail: isChecked(session, party.identityChecks[0]) ? party.idNumberMasked : null,
      partyId: party.id,
      attendeeId: null,
      agentId: null,
    })),
    ...others.map((person) => {
      const check = session.checkItems.findLast(
        ({ kind, attendee }) =>
          kind === 'IDENTITY' &&
          attendee !== null &&
          attendee.agentId === person.agentId &&
          attendee.name === person.name,
      );
      const agent = session.case.parties.flatMap((p) => p.agents).find((a) => a.id === person.agentId);
      // Who acts for somebody is known by name and by authority (民诉法 62, by analogy).
      const authorised = !agent || agent.verifiedAt !== null;
      const compared = check !== undefined || (agent?.identityChecks.length ?? 0) > 0;
      return {
        name: person.name,
        identityChecked: compared && authorised,
        detail: authorised ? (check?.note ?? agent?.idNumberMasked ?? null) : '授权委托书（监护证明）待核对',
        partyId: null,
        attendeeId: person.id,
        agentId: person.agentId,
      };
    }),
  ];
}

/** What must be done before this session opens, and what is; whom an identity line is about. */
export function guardsOf(
  session: SessionDetail,
): (OpenGuard & Pick<PersonToCheck, 'partyId' | 'attendeeId' | 'agentId'>)[] {
  const said = (kind: string) => {
    const found = session.checkItems.findLast((item) => item.kind === kind);
    return found ? `${found.language ?? ''} · ${found.reader ?? ''}` : null;
  };
  const people = peopleToCheck(session);
  const guards = openGuards({
    track: session.case.track,
    inquiry: isInquiry(session),
    parties: people,
    mediators: session.case.appointments
      .filter((a) => a.duty === 'MEDIATOR')
      .map((a) => ({ name: a.staffUser.name, disclosed: a.disclosedAt !== null })),
    warningGiven: said('FALSE_MEDIATION_WARNING'),
    rightsRead: said('RIGHTS_NOTICE'),
  });
  // Identity lines come first, one a person.
  return guards.map((guard, i) => {
    const person = guard.kind === 'IDENTITY' ? people[i] : undefined;
    return {
      ...guard,
      partyId: person?.partyId ?? null,
      attendeeId: person?.attendeeId ?? null,
      agentId: person?.agentId ?? null,
    };
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
    const mine = session.seats.find((seat) => isMySeat(ctx.principal, seat, session.stationId));
    const placed = placeSeats(session, ctx.principal, mine?.id ?? null);
    const seats = placed.seats.map(
      (seat): SeatView => ({
        id: seat.id,
        identity: seat.identity,
        kind: seat.kind,
        label: labelOf(seat, session.station.name),
        partyId: seat.partyId,
        mine: isMySeat(ctx.principal, seat, session.stationId),
        present: !placed.isDark(seat) && seat.leaseUntil !== null && seat.leaseUntil > now,
        waitingSince: placed.isDark(seat) ? null : (seat.enteredAt?.toISOString() ?? null),
        connected: !placed.isDark(seat) && isConnected(seat),
        admitted: seat.admissions.length > 0,
        removed: seat.denials.length > 0,
        handRaisedAt: placed.isDark(seat) ? null : (seat.handRaisedAt?.toISOString() ?? null),
        microphoneOff: seat.micMutedByHost,
        cameraOff: seat.camMutedByHost,
        besideStation: seat.besideStation,
        spotlit: !placed.isDark(seat) && session.spotlightSeatId === seat.id,
        beingChecked: !placed.isDark(seat) && session.checkingSeatId === seat.id,
        selfTest: ctx.principal.kind === 'staff' ? selfTestOf(seat) : null,
        host: isHostSeat(session, seat),
        byTelephone: seat.byTelephone,
        hearsInterpreter: seat.hearsInterpreter,
        language: languageOf(session, seat),
        room: placed.roomOf(seat.id),
        attendees: placed.attendeesOf(seat).map((a) => ({
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
      kind: session.kind,
      status: session.status,
      stationName: session.station.name,
      stationPhone: session.station.phone,
      plannedStart: session.plannedStart.toISOString(),
      plannedEnd: session.plannedEnd.toISOString(),
      openedAt: session.openedAt?.toISOString() ?? null,
      endedAt: session.endedAt?.toISOString() ?? null,
      pausedBecause: session.pausedBecause,
      result: session.result,
      apart: placed.view,
      telephone: ctx.deps.telephone !== undefined,
      transcription: await transcriptionState(tx, ctx.deps, session),
      seats,
      mySeatId: seats.find((s) => s.mine)?.id ?? null,
      lobby: lobbyOf(session),
      locked: session.locked,
      judgeCall: await judgeCallOf(tx, session, ctx),
      checklist: guardsOf(session)
        .filter(placed.guardSeen)
        .map((guard) => ({
          ...guard,
          detail: mayReadDetail(ctx, guard) ? guard.detail : null,
        })),
      can: allowedActions(duties, facts, session.kind),
    };
  });
}

/** A party sees no number of the other side, not even masked. */
const mayReadDetail = (ctx: Ctx, guard: { partyId: string | null; kind: string }): boolean =>
  ctx.principal.kind !== 'party' || guard.kind !== 'IDENTITY' || guard.partyId === ctx.principal.partyId;

/** The call to the judge that rings or was answered; what was asked stays among staff. */
async function judgeCallOf(tx: Tx, session: SessionDetail, ctx: Ctx): Promise<SessionView['judgeCall']> {
  const call = session.judgeCalls[0];
  if (!call || ctx.principal.kind !== 'staff') return null;
  const { id, question, urgent } = call;
  const judges = await tx.staffUser.findMany({
    where: { id: { in: call.rungIds } },
    select: { id: true, name: true },
  });
  return {
    id,
    question,
    urgent,
    since: call.createdAt.toISOString(),
    ringingAt: call.takenBy ? [] : judges.map((judge) => judge.name),
    reached: (call.reached as CallReach[])
      .filter((one) => !call.takenBy && call.rungIds.includes(one.id))
      .map(({ id: judgeId, ways }) => ({
        name: judges.find((judge) => judge.id === judgeId)?.name ?? '',
        ways,
      })),
    dutyPhone: (await townOf(tx, session.stationId))?.dutyPhone ?? null,
    takenBy: call.takenBy?.name ?? null,
  };
}

function languageOf({ case: theCase }: SessionDetail, seat: SessionDetail['seats'][number]): string | null {
  if (seat.kind !== 'INTERPRETER') return null;
  return theCase.appointments.find((a) => a.staffUserId === seat.staffUserId)?.language ?? null;
}

function labelOf(seat: SessionDetail['seats'][number], stationName: string): string {
  if (seat.kind === 'STATION') return stationName;
  return seat.agent?.name ?? seat.party?.name ?? seat.staffUser?.name ?? '';
}
