import { DomainError } from '../../domain/errors.ts';
import { requireDoor, running } from '../../domain/session/door.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { hasConsent } from '../case/read-case.ts';
import type { Ctx, Tx } from '../context.ts';
import { inCourt, transact } from '../transact.ts';
import { admitSeats } from './admit.ts';
import { asHost, type Staff } from './as-host.ts';
import { mySeat } from './my-seat.ts';

/** Dialling writes down two times. */
const SAME_ACT_MS = 1000;

/**
 * A party or agent whose line carries nothing more takes part by telephone: the number of the file is dialled, and the
 * person keeps the seat, marked 电话 in the record. NOT_FOUND where no telephone is configured or no number is known,
 * SESSION_NOT_OPEN, CONSENT_MISSING, REMOVED_FROM_SESSION; SESSION_LOCKED for somebody new, AUTHORITY_UNVERIFIED once
 * talks have begun; CONFLICT while one is dialled already.
 */
export function dialSeat(ctx: Staff, input: { sessionId: string; seatId: string }): Promise<void> {
  return asHost(ctx, 'dial-person', input.sessionId, async (tx, { session }) => {
    const seat = await tx.seat.findFirst({
      where: { id: input.seatId, sessionId: session.id, partyId: { not: null } },
      include: {
        party: { include: { consents: { orderBy: { at: 'asc' } } } },
        agent: true,
        denials: { where: { liftedAt: null } },
        admissions: { take: 1 },
      },
    });
    const sealed = seat?.agent ? seat.agent.phoneEnc : seat?.party?.phoneEnc;
    if (!seat?.partyId || !sealed || !ctx.deps.telephone)
      throw new DomainError('NOT_FOUND', { reason: 'telephone' });
    const { party } = seat;
    const door = {
      status: session.status,
      unverifiedAgent: seat.agent !== null && !seat.agent.verifiedAt,
      denied: seat.denials.length > 0,
      consents: ['MEDIATION', 'ONLINE'].every((item) => party !== null && hasConsent(party, item)),
      admitted: seat.admissions.length > 0,
      locked: session.locked,
    };
    requireDoor(door, true);
    const now = ctx.deps.clock.now();
    const dialled = await tx.seat.updateMany({
      where: { id: seat.id, byTelephone: false },
      data: { byTelephone: true, dialledAt: new Date() },
    });
    if (dialled.count !== 1) throw new DomainError('CONFLICT', { reason: 'telephone' });
    const there = { sessionId: session.id, seatId: seat.id, leftAt: null };
    const marked = await tx.attendee.updateMany({ where: there, data: { place: '电话' } });
    if (marked.count === 0)
      await tx.attendee.create({
        data: {
          courtId: session.courtId,
          sessionId: session.id,
          seatId: seat.id,
          ...(seat.agentId ? { agentId: seat.agentId } : { partyId: seat.partyId }),
          name: seat.agent?.name ?? seat.party?.name ?? '',
          duty: seat.agentId ? 'AGENT' : 'PARTY',
          place: '电话',
          arrivedAt: now,
        },
      });
    await admitSeats(tx, ctx, session.id, [seat.id]);
    await ctx.deps.jobs.enqueue(tx, 'telephone.dial', { courtId: session.courtId, seatId: seat.id });
    return { answer: undefined, subject: { type: 'seat', id: seat.id } };
  });
}

/**
 * The job: dials into whichever room the seat belongs now, but nobody who was removed meanwhile. A call that cannot be
 * placed gives the seat back to its browser.
 */
export async function dialNow(ctx: Ctx, seatId: string): Promise<void> {
  const { deps, principal } = ctx;
  const found = await inCourt(deps.db, principal.courtId, (tx) =>
    tx.seat.findFirst({
      where: {
        id: seatId,
        byTelephone: true,
        admissions: { some: {} },
        denials: { none: { liftedAt: null } },
        session: { status: { in: [...running] } },
      },
      include: {
        session: true,
        party: true,
        agent: true,
        caucuses: { where: { caucus: { endedAt: null, status: 'OPEN' } }, include: { caucus: true } },
      },
    }),
  );
  const room = found?.caucuses[0]?.caucus.room ?? found?.session.room;
  const holder = found?.agent ?? found?.party;
  if (!found || !room || !holder?.phoneEnc || !deps.telephone) return;
  const table = found.agent ? 'Agent' : 'Party';
  const at = { courtId: found.courtId, table, rowId: holder.id, column: 'phoneEnc' };
  const to = deps.cipher.decrypt(at, holder.phoneEnc);
  const placed = await deps.telephone.dial({ room, identity: found.identity, to }).then(
    () => true,
    (error: unknown) => {
      deps.log.warn({ err: error }, 'a telephone call could not be placed');
      return false;
    },
  );
  if (placed) return;
  await transact(ctx, async (tx) => {
    await offTelephone(tx, [found]);
    await appendAudit(tx, ctx, {
      action: 'system:dial-failed',
      subject: { type: 'seat', id: seatId },
      caseId: found.session.caseId,
      topics: [`session:${found.sessionId}`],
    });
  });
}

/**
 * These seats are their browsers' again. Whoever was never reached was not there: presence, and a consent to being
 * recorded, are asked of people who are.
 */
export async function offTelephone(
  tx: Tx,
  seats: { id: string; connectedAt: Date | null; dialledAt: Date | null }[],
): Promise<void> {
  const ids = seats.map(({ id }) => id);
  await tx.seat.updateMany({ where: { id: { in: ids } }, data: { byTelephone: false } });
  for (const { id, connectedAt, dialledAt } of seats) {
    if (connectedAt && dialledAt && connectedAt >= dialledAt) continue;
    const called = { seatId: id, leftAt: null, place: '电话' };
    const since = new Date((dialledAt?.getTime() ?? 0) - SAME_ACT_MS);
    await tx.attendee.updateMany({
      where: { ...called, arrivedAt: { gte: since } },
      data: { leftAt: new Date() },
    });
    // Who was there by browser before is so still.
    await tx.attendee.updateMany({ where: called, data: { place: '远程' } });
  }
}

/** The person comes back by browser: the telephone is hung up, and a token is there again. Twice is once. */
export async function hangUp(ctx: Ctx, input: { sessionId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const seat = await mySeat(tx, ctx, input.sessionId);
    const session = await tx.session.findUniqueOrThrow({
      where: { id: input.sessionId },
      include: { caucuses: { where: { endedAt: null } } },
    });
    if (!seat.byTelephone) return;
    await tx.seat.update({ where: { id: seat.id }, data: { byTelephone: false } });
    await tx.attendee.updateMany({
      where: { seatId: seat.id, leftAt: null, place: '电话' },
      data: { place: '远程' },
    });
    for (const room of [session.room, ...session.caucuses.map((caucus) => caucus.room)])
      if (room)
        await ctx.deps.jobs.enqueue(tx, 'video.remove', {
          courtId: seat.courtId,
          room,
          identity: seat.identity,
        });
    await appendAudit(tx, ctx, {
      action: 'system:hung-up',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      topics: [`session:${session.id}`],
    });
  });
}
