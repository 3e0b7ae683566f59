import type { SelfTest } from '../../contract/self-test.ts';
import { DomainError } from '../../domain/errors.ts';
import type { RawTx } from '../../ports/statements.ts';
import { appendAudit, emitLive } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import { requireConsents } from '../consents/answer-consents.ts';
import type { Ctx, Deps, Principal, Tx } from '../context.ts';
import { gathered } from '../gathered.ts';
import { inCourt, transact, transactRaw } from '../transact.ts';
import { heldSeats, mySeat } from './my-seat.ts';

/**
 * A seat is held for so long without a heartbeat. The web renews every 5 s and the sweep runs every 3 s: somebody who
 * is gone is noticed after 15 s at the latest.
 */
export const LEASE_MS = 12_000;

const leaseEnd = (): Date => new Date(Date.now() + LEASE_MS);

/**
 * Takes one's own seat in the lobby, with the result of the device check. A party must have agreed to mediation and to
 * going online. The station's screen sits its director down by name.
 */
export async function enterLobby(
  ctx: Ctx,
  input: { sessionId: string; selfTest?: SelfTest },
): Promise<{ seatId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'enter-lobby', input.sessionId);
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    const seat = await mySeat(tx, ctx, session.id);
    if (ctx.principal.kind === 'party' && ctx.principal.partyId)
      await requireConsents(tx, ctx.principal.partyId, ['MEDIATION', 'ONLINE']);
    if (await tx.denial.count({ where: { seatId: seat.id, liftedAt: null } }))
      throw new DomainError('REMOVED_FROM_SESSION');
    const now = new Date();
    await tx.seat.update({
      where: { id: seat.id },
      data: {
        leaseUntil: leaseEnd(),
        enteredAt: seat.leaseUntil ? seat.enteredAt : now,
        ...(input.selfTest ? { selfTest: { ...input.selfTest, at: now.toISOString() } } : {}),
        ...(seat.kind === 'STATION' && ctx.principal.kind === 'staff'
          ? { deviceId: ctx.principal.deviceId }
          : {}),
      },
    });
    await sitDown(tx, ctx, seat, duty);
    await appendAudit(tx, ctx, {
      action: 'enter-lobby',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      duty,
      topics: [`session:${session.id}`],
    });
    return { seatId: seat.id };
  });
}

/**
 * Renews the lease; says when the seat was lost meanwhile, so that the page enters again. A handed-over screen renews
 * the station's. Beats of a court that come within GATHER_MS are renewed together; one whose seat is lost, or being
 * written by somebody just now, is asked for alone and keeps nobody waiting.
 */
export async function renewLease(ctx: Ctx, input: { sessionId: string }): Promise<{ held: boolean }> {
  const { principal } = ctx;
  const beat = { principal, sessionId: input.sessionId.toLowerCase() };
  const { seatId, held } = await renewTogether(ctx.deps, principal.courtId, beat);
  return { held: held || (await transactRaw(ctx, (tx) => renewOne(tx, seatId))) };
}

/** Nobody waits for a heartbeat's answer. */
const GATHER_MS = 50;

const renewTogether = gathered<
  { principal: Principal; sessionId: string },
  { seatId: string; held: boolean }
>(
  ({ statements }, courtId, beats) =>
    statements.inCourt(courtId, async (tx) => {
      const seats = await heldSeats(tx, beats);
      const ids = seats.flatMap((seat) => (seat instanceof DomainError ? [] : [seat.id]));
      const held = await renewFree(tx, [...new Set(ids)]);
      return seats.map((seat) =>
        seat instanceof DomainError ? seat : { seatId: seat.id, held: held.has(seat.id) },
      );
    }),
  GATHER_MS,
);

/** Renews those that are held and that nobody writes just now: whoever waits for no row is in no deadlock. */
async function renewFree(tx: RawTx, ids: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH free AS (SELECT id FROM "Seat" WHERE id = ANY(${ids}::uuid[]) AND "leaseUntil" > ${new Date()}
      FOR UPDATE SKIP LOCKED)
    UPDATE "Seat" seat SET "leaseUntil" = ${leaseEnd()} FROM free WHERE seat.id = free.id RETURNING seat.id`;
  return new Set(rows.map(({ id }) => id));
}

/** Waits for whoever writes this seat. False when it was lost. */
async function renewOne(tx: RawTx, id: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE "Seat" SET "leaseUntil" = ${leaseEnd()} WHERE id = ${id}::uuid AND "leaseUntil" > ${new Date()}`;
  return count === 1;
}

/**
 * Leaves the lobby or room; the session goes on. Whoever sat at a seat of their own is gone by name as well; people at
 * the station's screen are still there, and leave one by one.
 */
export async function leaveSession(ctx: Ctx, input: { sessionId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const seat = await mySeat(tx, ctx, input.sessionId);
    const session = await tx.session.findUniqueOrThrow({ where: { id: input.sessionId } });
    await tx.seat.update({ where: { id: seat.id }, data: { leaseUntil: null, handRaisedAt: null } });
    if (seat.kind !== 'STATION')
      await tx.attendee.updateMany({
        where: { seatId: seat.id, leftAt: null },
        data: { leftAt: ctx.deps.clock.now(), hasFloor: false },
      });
    await appendAudit(tx, ctx, {
      action: 'system:left',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      topics: [`session:${session.id}`],
    });
  });
}

/** Tells sessions whose seats were lost. Runs every few seconds for every court. */
export async function sweepLeases(deps: Deps): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const court of courts) {
    await inCourt(deps.db, court.id, async (tx) => {
      const lost = await tx.seat.findMany({
        where: { leaseUntil: { lt: new Date() } },
        select: { id: true, sessionId: true },
      });
      if (lost.length === 0) return;
      await tx.seat.updateMany({
        where: { id: { in: lost.map((s) => s.id) }, leaseUntil: { lt: new Date() } },
        data: { leaseUntil: null },
      });
      await emitLive(tx, [...new Set(lost.map((s) => `session:${s.sessionId}`))], 'presence.lost');
    });
  }
}

/** Who signs in at a seat is present there by name. */
async function sitDown(
  tx: Tx,
  ctx: Ctx,
  seat: { id: string; sessionId: string; courtId: string; kind: string },
  duty: Parameters<typeof appendAudit>[2]['duty'],
): Promise<void> {
  const { principal } = ctx;
  const who =
    principal.kind === 'staff'
      ? { staffUserId: principal.staffUserId }
      : principal.kind === 'party'
        ? principal.agentId
          ? { agentId: principal.agentId }
          : { partyId: principal.partyId }
        : null;
  if (!who || !duty || principal.kind === 'device' || principal.kind === 'system') return;
  const there = await tx.attendee.count({ where: { sessionId: seat.sessionId, ...who, leftAt: null } });
  if (there > 0) return;
  await tx.attendee.create({
    data: {
      courtId: seat.courtId,
      sessionId: seat.sessionId,
      seatId: seat.id,
      ...who,
      name: principal.name,
      duty,
      place: seat.kind === 'STATION' ? '站点' : '远程',
      arrivedAt: ctx.deps.clock.now(),
    },
  });
}
