import { DomainError } from '../../domain/errors.ts';
import type { Tx } from '../context.ts';
import { stopWithoutConsent } from '../recording/stop-recording.ts';
import { asHost, refreshGrantsSoon, type Staff, seatOf } from './as-host.ts';

const admitting = ['CHECKING', 'OPEN', 'PAUSED'];

/** Lets one seat in. SESSION_NOT_OPEN before and after; SESSION_LOCKED while nobody new may enter. */
export function admit(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'admit', input.sessionId, async (tx, { session }) => {
    if (!admitting.includes(session.status))
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    if (session.locked) throw new DomainError('SESSION_LOCKED');
    const seat = await seatOf(tx, input);
    if (await tx.denial.count({ where: { seatId: seat.id, liftedAt: null } }))
      throw new DomainError('REMOVED_FROM_SESSION');
    await admitSeats(tx, ctx, input.sessionId, [seat.id]);
    return { answer: undefined, subject: { type: 'seat', id: seat.id } };
  });
}

/** Lets in everybody who waits outside; whoever was removed stays out. Answers how many. */
export function admitAll(ctx: Staff, sessionId: string): Promise<{ admitted: number }> {
  return asHost(ctx, 'admit', sessionId, async (tx, { session }) => {
    if (!admitting.includes(session.status))
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    if (session.locked) throw new DomainError('SESSION_LOCKED');
    const waiting = await tx.seat.findMany({
      where: {
        sessionId,
        leaseUntil: { gt: new Date() },
        admissions: { none: {} },
        denials: { none: { liftedAt: null } },
      },
      select: { id: true },
    });
    const ids = waiting.map((seat) => seat.id);
    await admitSeats(tx, ctx, sessionId, ids);
    return { answer: { admitted: ids.length }, data: { seats: ids } };
  });
}

/** While locked nobody new is let in; those inside stay and may come back after a lost connection. */
export function lockSession(ctx: Staff, input: { sessionId: string; locked: boolean }): Promise<void> {
  return asHost(ctx, 'lock-session', input.sessionId, async (tx, { session }) => {
    await tx.session.update({ where: { id: session.id }, data: { locked: input.locked } });
    return { answer: undefined, data: { locked: input.locked } };
  });
}

/** While 核对中: the one seat that speaks with the host now. */
export function chooseCheckedSeat(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'choose-checked-seat', input.sessionId, async (tx, { session }) => {
    if (session.status !== 'CHECKING')
      throw new DomainError('ILLEGAL_TRANSITION', { status: session.status });
    const seat = await seatOf(tx, input);
    if ((await tx.admission.count({ where: { seatId: seat.id } })) === 0)
      throw new DomainError('NOT_ADMITTED');
    await tx.session.update({ where: { id: session.id }, data: { checkingSeatId: seat.id } });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined, subject: { type: 'seat', id: seat.id } };
  });
}

export async function admitSeats(tx: Tx, ctx: Staff, sessionId: string, seatIds: string[]): Promise<void> {
  await tx.admission.createMany({
    data: seatIds.map((seatId) => ({
      courtId: ctx.principal.courtId,
      sessionId,
      seatId,
      admittedById: ctx.principal.staffUserId,
      at: new Date(),
    })),
    skipDuplicates: true,
  });
  // Whoever is let in has not been asked yet: what runs stops before they are seen or heard.
  await stopWithoutConsent(tx, ctx, sessionId, 'ARRIVAL');
}
