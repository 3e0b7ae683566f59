import { DomainError } from '../../domain/errors.ts';
import { asHost, refreshGrantsSoon, type Staff, seatOf } from './as-host.ts';
import { isHostSeat } from './host-seat.ts';

/** Takes a seat's microphone or camera away, or gives it back; until then the seat cannot switch it on itself. */
export function mute(
  ctx: Staff,
  input: { sessionId: string; seatId: string; kind: 'audio' | 'video'; off: boolean },
): Promise<void> {
  return asHost(ctx, 'mute', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    await tx.seat.update({
      where: { id: seat.id },
      data: input.kind === 'audio' ? { micMutedByHost: input.off } : { camMutedByHost: input.off },
    });
    await refreshGrantsSoon(tx, ctx, session);
    return {
      answer: undefined,
      subject: { type: 'seat', id: seat.id },
      data: { kind: input.kind, off: input.off },
    };
  });
}

/** Takes every microphone away but that of whoever presides, or gives all of them back. */
export function muteAll(ctx: Staff, input: { sessionId: string; off: boolean }): Promise<void> {
  return asHost(ctx, 'mute', input.sessionId, async (tx, { session }) => {
    const seats = await tx.seat.findMany({
      where: { sessionId: session.id },
      select: { id: true, kind: true, staffUserId: true },
    });
    const others = seats.filter((seat) => !isHostSeat({ hostId: session.hostId, seats }, seat));
    await tx.seat.updateMany({
      where: { id: { in: others.map((seat) => seat.id) } },
      data: { micMutedByHost: input.off },
    });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined, data: { kind: 'audio', off: input.off, seats: others.map((s) => s.id) } };
  });
}

/** Makes one seat large on everybody's page, in place of the one before, or nobody. */
export function spotlight(
  ctx: Staff,
  input: { sessionId: string; seatId: string; on: boolean },
): Promise<void> {
  return asHost(ctx, 'spotlight', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    if (input.on) await tx.session.update({ where: { id: session.id }, data: { spotlightSeatId: seat.id } });
    else
      await tx.session.updateMany({
        where: { id: session.id, spotlightSeatId: seat.id },
        data: { spotlightSeatId: null },
      });
    return { answer: undefined, subject: { type: 'seat', id: seat.id }, data: { on: input.on } };
  });
}

/**
 * Removes for good: no new token, the open connection is cut, a refreshed LiveKit token does not bring them back.
 * Whoever presides cannot be removed (FORBIDDEN).
 */
export function removeFromSession(
  ctx: Staff,
  input: { sessionId: string; seatId: string; reason: string },
): Promise<void> {
  return asHost(ctx, 'remove-participant', input.sessionId, async (tx, { session }) => {
    const seat = await seatOf(tx, input);
    const seats = await tx.seat.findMany({ where: { sessionId: session.id }, select: { staffUserId: true } });
    if (isHostSeat({ hostId: session.hostId, seats }, seat))
      throw new DomainError('FORBIDDEN', { reason: 'host' });
    await tx.denial.create({
      data: {
        courtId: session.courtId,
        sessionId: session.id,
        seatId: seat.id,
        byId: ctx.principal.staffUserId,
        reason: input.reason,
        at: new Date(),
      },
    });
    await tx.admission.deleteMany({ where: { seatId: seat.id } });
    await tx.seat.update({ where: { id: seat.id }, data: { leaseUntil: null, handRaisedAt: null } });
    if (session.checkingSeatId === seat.id)
      await tx.session.update({ where: { id: session.id }, data: { checkingSeatId: null } });
    const caucus = await tx.caucus.findFirst({ where: { sessionId: session.id, endedAt: null } });
    for (const room of [session.room, caucus?.room])
      if (room)
        await ctx.deps.jobs.enqueue(tx, 'video.remove', {
          courtId: session.courtId,
          room,
          identity: seat.identity,
        });
    return { answer: undefined, subject: { type: 'seat', id: seat.id }, personal: { reason: input.reason } };
  });
}

/** A removed seat may ask again; it still has to be let in. */
export function liftRemoval(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'lift-removal', input.sessionId, async (tx, { session }) => {
    const changed = await tx.denial.updateMany({
      where: { seatId: input.seatId, sessionId: session.id, liftedAt: null },
      data: { liftedAt: new Date() },
    });
    if (changed.count === 0) throw new DomainError('NOT_FOUND');
    return { answer: undefined, subject: { type: 'seat', id: input.seatId } };
  });
}

/** The host has served a raised hand. */
export function lowerHand(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'lower-hand', input.sessionId, async (tx) => {
    const seat = await seatOf(tx, input);
    await tx.seat.update({ where: { id: seat.id }, data: { handRaisedAt: null } });
    return { answer: undefined, subject: { type: 'seat', id: seat.id } };
  });
}
