import { DomainError } from '../../domain/errors.ts';
import { confirmMove } from '../apart/move-between-rooms.ts';
import { asHost, refreshGrantsSoon, type Staff, seatOf } from './as-host.ts';
import { type Coming, holdSeats, seatPerson, whoComes } from './seat-person.ts';

/** Somebody came to this seat: a party of the case, who acts for one, or another person by name. Twice is once. */
export async function arrive(
  ctx: Staff,
  input: { sessionId: string; seatId: string } & Coming,
): Promise<{ attendeeId: string }> {
  const { attendeeId, moved } = await asHost(
    ctx,
    'seat-attendees',
    input.sessionId,
    async (tx, { session }) => {
      await holdSeats(tx, session);
      const who = await whoComes(tx, session, input);
      if (who.there) return { answer: { attendeeId: who.there, moved: null } };
      const seat = await seatOf(tx, input);
      return seatPerson(tx, ctx, session, seat.id, who, null);
    },
  );
  if (moved) await confirmMove(ctx, moved);
  return { attendeeId };
}

/**
 * One person leaves a seat and another takes it in the same act, with the floor if the first had it: one audit row, one
 * line in the record; `back` is who left, as the swap back takes it. NOT_FOUND for who is not there, CONFLICT for who already is.
 */
export async function swap(
  ctx: Staff,
  input: { sessionId: string; attendeeId: string } & Coming,
): Promise<{ attendeeId: string; back: Coming }> {
  const swapped = await asHost(ctx, 'seat-attendees', input.sessionId, async (tx, { session }) => {
    await holdSeats(tx, session);
    const leaves = await tx.attendee.findFirst({
      where: { id: input.attendeeId, sessionId: session.id, leftAt: null },
      include: { agent: true },
    });
    if (!leaves) throw new DomainError('NOT_FOUND');
    const who = await whoComes(tx, session, input);
    const same = !who.party && !leaves.partyId && !leaves.agentId && who.name === leaves.name;
    if (who.there || same) throw new DomainError('CONFLICT', { reason: 'already-here' });
    const leftAt = ctx.deps.clock.now();
    await tx.attendee.update({ where: { id: leaves.id }, data: { leftAt, hasFloor: false } });
    const { answer, ...noted } = await seatPerson(tx, ctx, session, leaves.seatId, who, {
      ...leaves,
      leftAt,
    });
    const { agent, partyId, name } = leaves;
    const back: Coming = agent
      ? { partyId: agent.partyId, agentId: agent.id }
      : partyId
        ? { partyId }
        : { name };
    return { answer: { ...answer, back }, ...noted };
  });
  if (swapped.moved) await confirmMove(ctx, swapped.moved);
  return { attendeeId: swapped.attendeeId, back: swapped.back };
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
