import { DomainError } from '../../domain/errors.ts';
import { confirmMove, followSide, type Moved } from '../apart/move-between-rooms.ts';
import { lockCase } from '../apart/second-room.ts';
import { runningCaucus } from '../caucus/running-caucus.ts';
import { stopWithoutConsent } from '../recording/stop-recording.ts';
import { asHost, refreshGrantsSoon, type Staff, seatOf } from './as-host.ts';

/** Somebody came to this seat: a party of the case, who acts for one, or another person by name. Twice is once. */
export async function arrive(
  ctx: Staff,
  input: { sessionId: string; seatId: string; partyId?: string; agentId?: string; name?: string },
): Promise<{ attendeeId: string }> {
  const { attendeeId, moved } = await seatPerson(ctx, input);
  if (moved) await confirmMove(ctx, moved);
  return { attendeeId };
}

function seatPerson(
  ctx: Staff,
  input: Parameters<typeof arrive>[1],
): Promise<{ attendeeId: string; moved: Moved | null }> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    await lockCase(tx, session.caseId);
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    const seat = await seatOf(tx, input);
    // Whoever comes to a screen of a private talk would hear it.
    const running = await runningCaucus(tx, { sessionId: session.id });
    if (running?.seats.some((s) => s.seatId === seat.id)) throw new DomainError('CAUCUS_RUNNING');
    const party = input.partyId
      ? await tx.party.findFirst({ where: { id: input.partyId, caseId: session.caseId } })
      : null;
    const agent =
      party && input.agentId
        ? await tx.agent.findFirst({ where: { id: input.agentId, partyId: party.id } })
        : null;
    if ((input.partyId && !party) || (input.agentId && !agent)) throw new DomainError('NOT_FOUND');
    const name = agent?.name ?? party?.name ?? input.name;
    if (!name) throw new DomainError('BAD_REQUEST', { fields: ['name'] });
    const who = agent ? { agentId: agent.id } : { partyId: party?.id ?? null, agentId: null };
    const there = party
      ? await tx.attendee.findFirst({ where: { sessionId: session.id, ...who, leftAt: null } })
      : null;
    if (there) return { answer: { attendeeId: there.id, moved: null } };
    const moved = party ? await followSide(tx, ctx, session, seat.id, party.side) : null;
    const attendee = await tx.attendee.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        seatId: input.seatId,
        ...who,
        name,
        duty: agent ? 'AGENT' : party ? 'PARTY' : 'INVITED',
        place: '站点',
        arrivedAt: ctx.deps.clock.now(),
      },
    });
    await stopWithoutConsent(tx, ctx, session.id, 'ARRIVAL');
    return {
      answer: { attendeeId: attendee.id, moved },
      subject: { type: 'attendee', id: attendee.id },
      data: { seatId: input.seatId, partyId: party?.id ?? null, agentId: agent?.id ?? null },
    };
  });
}

/** Somebody left the seat. */
export function depart(ctx: Staff, input: { sessionId: string; attendeeId: string }): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const changed = await tx.attendee.updateMany({
      where: { id: input.attendeeId, sessionId: session.id, leftAt: null },
      data: { leftAt: ctx.deps.clock.now(), hasFloor: false },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'attendee', id: input.attendeeId }, data: { left: true } };
  });
}

/** One tap says who is speaking at a shared seat. */
export function giveFloor(ctx: Staff, input: { sessionId: string; attendeeId: string }): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const attendee = await tx.attendee.findFirst({
      where: { id: input.attendeeId, sessionId: session.id, leftAt: null },
    });
    if (!attendee) throw new DomainError('NOT_FOUND');
    await tx.attendee.updateMany({ where: { seatId: attendee.seatId }, data: { hasFloor: false } });
    await tx.attendee.update({ where: { id: attendee.id }, data: { hasFloor: true } });
    return { answer: undefined, subject: { type: 'attendee', id: attendee.id }, data: { floor: true } };
  });
}

/**
 * This seat's device stands in the same room as the station's: two of them would echo, so that only the station's
 * microphone and speaker are live. The station's own seat cannot stand beside itself (BAD_REQUEST).
 */
export function placeBesideStation(
  ctx: Staff,
  input: { sessionId: string; seatId: string; beside: boolean },
): Promise<void> {
  return asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    if (seat.kind === 'STATION') throw new DomainError('BAD_REQUEST', { fields: ['seatId'] });
    await tx.seat.update({ where: { id: seat.id }, data: { besideStation: input.beside } });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined, subject: { type: 'seat', id: seat.id }, data: { beside: input.beside } };
  });
}
