import { randomBytes } from 'node:crypto';
import type { Duty, InviteAs, SeatKind } from '../../contract/enums.ts';
import { protectByFlag } from '../apart/protect-person.ts';
import { listNewSeats } from '../apart/second-room.ts';
import type { Ctx, Tx } from '../context.ts';
import { isInquiry } from './read-session.ts';

/** LiveKit identities are opaque: participant lists leak names otherwise. */
const newIdentity = (): string => randomBytes(12).toString('base64url');

const seatOfDuty: Partial<Record<Duty, SeatKind>> = {
  MEDIATOR: 'MEDIATOR',
  GUIDING_JUDGE: 'JUDGE',
  POLICE_LIAISON: 'INVITED',
  INVITED: 'INVITED',
  RECORDER: 'RECORDER',
};
const seatOfGuest: Record<InviteAs, SeatKind> = {
  GUEST: 'INVITED',
  INTERPRETER: 'INTERPRETER',
  OBSERVER: 'OBSERVER',
};

/**
 * A seat (座席) per device of a session: the station's screen, mediators, judge, and a seat of their own for every
 * party or agent who does not come to the station. Idempotent: existing seats stay.
 */
export async function createSeats(tx: Tx, ctx: Ctx, sessionId: string): Promise<void> {
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    include: {
      seats: true,
      station: {
        include: {
          devices: {
            where: { revokedAt: null, enrolledAt: { not: null } },
            orderBy: { enrolledAt: 'asc' },
            take: 1,
          },
        },
      },
      case: {
        include: { parties: { include: { agents: true } }, appointments: { where: { status: 'ACCEPTED' } } },
      },
    },
  });
  // In talks that have begun a person decides (protect-person.ts): that act parts the rooms in the same commit.
  const begun = await tx.session.count({
    where: { caseId: session.caseId, status: { notIn: ['SCHEDULED', 'ENDED', 'CANCELLED'] } },
  });
  if (begun === 0) await protectByFlag(tx, ctx, session.caseId);
  const { courtId } = ctx.principal;
  const base = { courtId, sessionId };
  const has = (test: (seat: (typeof session.seats)[number]) => boolean) => session.seats.some(test);
  const add = (
    kind: SeatKind,
    who: { staffUserId?: string; partyId?: string; agentId?: string; deviceId?: string },
  ) => tx.seat.create({ data: { ...base, kind, identity: newIdentity(), ...who } });
  const device = session.station.devices[0];
  if (!has((s) => s.kind === 'STATION')) await add('STATION', device ? { deviceId: device.id } : {});
  // The court's own inquiry has its judge for a host and no mediator.
  if (isInquiry(session) && session.hostId && !has((s) => s.staffUserId === session.hostId))
    await add('JUDGE', { staffUserId: session.hostId });
  for (const { duty, staffUserId, inviteAs } of isInquiry(session) ? [] : session.case.appointments) {
    const kind = duty === 'INVITED' ? seatOfGuest[inviteAs ?? 'GUEST'] : seatOfDuty[duty];
    if (!kind || has((s) => s.staffUserId === staffUserId)) continue;
    // A director who mediates or keeps the record sits at the station's screen.
    const atStation = await tx.dutyAssignment.count({
      where: { staffUserId, duty: 'DIRECTOR', stationId: session.stationId, until: null },
    });
    if ((kind === 'MEDIATOR' || kind === 'RECORDER') && atStation > 0 && device) continue;
    await add(kind, { staffUserId });
  }
  for (const party of session.case.parties) {
    if (!party.usesStation && !has((s) => s.partyId === party.id && s.agentId === null))
      await add('PARTY', { partyId: party.id });
    for (const agent of party.agents) {
      if (!has((s) => s.agentId === agent.id)) await add('AGENT', { partyId: party.id, agentId: agent.id });
    }
  }
  await listNewSeats(tx, sessionId);
}
