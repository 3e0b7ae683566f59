import { DomainError } from '../../domain/errors.ts';
import { noFacts, requireCan } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/** 连线法官: a one-line question rings at the paired judge and the delegate of this session's station. */
export async function callJudge(
  ctx: Ctx<StaffPrincipal>,
  input: { sessionId: string; question: string },
): Promise<{ callId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, session, case: theCase } = await authoriseSession(tx, ctx, 'call-judge', input.sessionId);
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    // Two taps at the same moment ring once.
    await tx.$queryRaw`SELECT 1 FROM "Session" WHERE id = ${session.id}::uuid FOR UPDATE`;
    const pairing = await tx.pairing.findFirst({ where: { stationId: theCase.stationId, until: null } });
    if (!pairing) throw new DomainError('NOT_FOUND', { reason: 'no-judge' });
    const open = await tx.judgeCall.findFirst({
      where: { sessionId: session.id, takenAt: null, cancelledAt: null },
    });
    if (open) return { callId: open.id };
    const call = await tx.judgeCall.create({
      data: {
        courtId: session.courtId,
        stationId: theCase.stationId,
        sessionId: session.id,
        caseId: theCase.id,
        callerId: ctx.principal.staffUserId,
        question: input.question,
        createdAt: new Date(),
      },
    });
    const judges = [pairing.judgeId, pairing.delegateId].flatMap((id) => (id ? [`user:${id}`] : []));
    await appendAudit(tx, ctx, {
      action: 'call-judge',
      subject: { type: 'call', id: call.id },
      caseId: theCase.id,
      duty,
      topics: [...judges, `session:${session.id}`, `station:${theCase.stationId}`],
    });
    return { callId: call.id };
  });
}

/** The caller's side no longer needs the judge; CONFLICT when a judge has taken the call meanwhile. */
export async function cancelCall(ctx: Ctx<StaffPrincipal>, input: { callId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const call = await tx.judgeCall.findFirst({ where: { id: input.callId } });
    if (!call?.sessionId) throw new DomainError('NOT_FOUND');
    const { duty } = await authoriseSession(tx, ctx, 'cancel-call', call.sessionId);
    const changed = await tx.judgeCall.updateMany({
      where: { id: call.id, takenAt: null, cancelledAt: null },
      data: { cancelledAt: new Date() },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    const pairing = await tx.pairing.findFirst({ where: { stationId: call.stationId, until: null } });
    const judges = [pairing?.judgeId, pairing?.delegateId].flatMap((id) => (id ? [`user:${id}`] : []));
    await appendAudit(tx, ctx, {
      action: 'cancel-call',
      subject: { type: 'call', id: call.id },
      caseId: call.caseId,
      duty,
      topics: [...judges, `session:${call.sessionId}`, `station:${call.stationId}`],
    });
  });
}

/** Takes a ringing call: exactly one judge wins (CONFLICT for the other), gets a seat and is let in. */
export async function takeCall(
  ctx: Ctx<StaffPrincipal>,
  input: { callId: string },
): Promise<{ sessionId: string | null }> {
  return transact(ctx, async (tx) => {
    const duty = requireCan(
      ctx.principal.duties.map((d) => d.duty),
      'take-call',
      noFacts,
    );
    const me = ctx.principal.staffUserId;
    const call = await tx.judgeCall.findFirst({
      where: {
        id: input.callId,
        station: { pairings: { some: { until: null, OR: [{ judgeId: me }, { delegateId: me }] } } },
      },
    });
    if (!call) throw new DomainError('NOT_FOUND');
    const taken = await tx.judgeCall.updateMany({
      where: { id: call.id, takenAt: null, cancelledAt: null },
      data: { takenAt: new Date(), takenById: me },
    });
    if (taken.count !== 1) throw new DomainError('CONFLICT');
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
      topics: [
        `user:${me}`,
        `station:${call.stationId}`,
        ...(call.sessionId ? [`session:${call.sessionId}`] : []),
      ],
    });
    return { sessionId: call.sessionId };
  });
}

/** Calls that ring at the asking judge, longest waiting first. */
export async function listCalls(ctx: Ctx<StaffPrincipal>) {
  return transact(ctx, async (tx) => {
    requireCan(
      ctx.principal.duties.map((d) => d.duty),
      'take-call',
      noFacts,
    );
    const me = ctx.principal.staffUserId;
    const rows = await tx.judgeCall.findMany({
      where: {
        takenAt: null,
        cancelledAt: null,
        station: { pairings: { some: { until: null, OR: [{ judgeId: me }, { delegateId: me }] } } },
      },
      orderBy: { createdAt: 'asc' },
      include: { station: true, caller: true, case: true },
    });
    return rows.map((row) => ({
      id: row.id,
      question: row.question,
      stationName: row.station.name,
      callerName: row.caller.name,
      sessionId: row.sessionId,
      caseTitle: row.case?.title ?? null,
      since: row.createdAt.toISOString(),
      takenBy: null,
    }));
  });
}
