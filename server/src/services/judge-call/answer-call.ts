import type { Duty } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { barredTogether, noFacts, requireCan } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { callTopics, judgesAround, openCall, quietJudges, startRinging } from './ring.ts';

type Judge = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** Takes a ringing call: exactly one judge wins (CONFLICT for the other), gets a seat and is let in. */
export async function takeCall(ctx: Judge, input: { callId: string }): Promise<{ sessionId: string | null }> {
  return transact(ctx, async (tx) => {
    const duty = mayAnswer(ctx, 'take-call');
    const me = ctx.principal.staffUserId;
    const call = await tx.judgeCall.findFirst({ where: { id: input.callId, rungIds: { has: me } } });
    if (!call) throw new DomainError('NOT_FOUND');
    const taken = await tx.judgeCall.updateMany({
      where: { id: call.id, ...openCall, rungIds: { has: me } },
      data: { takenAt: new Date(), takenById: me },
    });
    if (taken.count !== 1) throw new DomainError('CONFLICT');
    if (call.caseId) await appointJudge(tx, ctx, call.caseId);
    if (call.sessionId) {
      const seat =
        (await tx.seat.findFirst({ where: { sessionId: call.sessionId, staffUserId: me } })) ??
        (await tx.seat.create({
          data: {
            courtId: call.courtId,
            sessionId: call.sessionId,
            kind: 'JUDGE',
            staffUserId: me,
            identity: crypto.randomUUID(),
          },
        }));
      await tx.admission.createMany({
        data: {
          courtId: call.courtId,
          sessionId: call.sessionId,
          seatId: seat.id,
          admittedById: call.callerId,
          at: new Date(),
        },
        skipDuplicates: true,
      });
    }
    await appendAudit(tx, ctx, {
      action: 'take-call',
      subject: { type: 'call', id: call.id },
      caseId: call.caseId,
      duty,
      topics: callTopics(call),
    });
    return { sessionId: call.sessionId };
  });
}

/**
 * Whoever takes the call guides this case from here, also a judge of the town who is not paired with the station.
 * DUTIES_BARRED for somebody with another part in it.
 */
async function appointJudge(tx: Tx, ctx: Judge, caseId: string): Promise<void> {
  const { staffUserId, courtId, guidedStations } = ctx.principal;
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: { appointments: { where: { staffUserId, status: { in: ['OFFERED', 'ACCEPTED'] } } } },
  });
  const held = theCase.appointments.map((a) => a.duty);
  if (held.includes('GUIDING_JUDGE') || guidedStations.includes(theCase.stationId)) return;
  const barred = barredTogether([...held, 'GUIDING_JUDGE']);
  if (barred && !barred.warnOnly) throw new DomainError('DUTIES_BARRED', { pair: barred.pair });
  const now = ctx.deps.clock.now();
  await tx.appointment.create({
    data: {
      courtId,
      caseId,
      staffUserId,
      duty: 'GUIDING_JUDGE',
      status: 'ACCEPTED',
      offeredAt: now,
      respondedAt: now,
      chosenBy: 'COMMITTEE',
    },
  });
}

/**
 * Hands a ringing call to a colleague around (转给同事): it rings there at once and no longer here. NOT_FOUND when it
 * does not ring at the asking judge or the colleague is none of the town's; CONFLICT when somebody took it meanwhile.
 */
export async function handCall(ctx: Judge, input: { callId: string; toId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = mayAnswer(ctx, 'hand-call');
    const me = ctx.principal.staffUserId;
    await tx.$queryRaw`SELECT 1 FROM "JudgeCall" WHERE id = ${input.callId}::uuid FOR UPDATE`;
    const call = await tx.judgeCall.findFirst({ where: { id: input.callId, rungIds: { has: me } } });
    const colleagues = call ? await judgesAround(tx, call.stationId) : [];
    if (!call || input.toId === me || !colleagues.some((one) => one.id === input.toId))
      throw new DomainError('NOT_FOUND');
    const changed = await tx.judgeCall.updateMany({
      where: { id: call.id, ...openCall },
      data: {
        handedToId: input.toId,
        handedAt: new Date(),
        rungIds: call.rungIds.filter((id) => id !== me && id !== input.toId),
      },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'hand-call',
      subject: { type: 'call', id: call.id },
      caseId: call.caseId,
      duty,
      data: { toId: input.toId },
      topics: callTopics(call),
    });
    await startRinging(tx, ctx, await tx.judgeCall.findUniqueOrThrow({ where: { id: call.id } }));
  });
}

/** Calls that ring at the asking judge, the urgent first, then longest waiting; with whom each may be handed to. */
export async function listCalls(ctx: Judge) {
  return transact(ctx, async (tx) => {
    mayAnswer(ctx, 'take-call');
    const me = ctx.principal.staffUserId;
    const quiet = (await quietJudges(tx, [me])).has(me);
    const rows = await tx.judgeCall.findMany({
      where: { ...openCall, rungIds: { has: me }, ...(quiet ? { urgent: true } : {}) },
      orderBy: [{ urgent: 'desc' }, { createdAt: 'asc' }],
      take: 50,
      include: { station: true, caller: true, case: true },
    });
    const around = new Map<string, { id: string; name: string }[]>();
    for (const { stationId } of rows) {
      if (around.has(stationId)) continue;
      const others = (await judgesAround(tx, stationId)).filter((judge) => judge.id !== me);
      around.set(
        stationId,
        others.map(({ id, name }) => ({ id, name })),
      );
    }
    return rows.map((row) => ({
      id: row.id,
      question: row.question,
      urgent: row.urgent,
      stationName: row.station.name,
      callerName: row.caller.name,
      sessionId: row.sessionId,
      caseTitle: row.case?.title ?? null,
      since: row.createdAt.toISOString(),
      colleagues: around.get(row.stationId) ?? [],
    }));
  });
}

function mayAnswer(ctx: Judge, action: 'take-call' | 'hand-call'): Duty {
  return requireCan(
    ctx.principal.duties.map((d) => d.duty),
    action,
    noFacts,
  );
}
