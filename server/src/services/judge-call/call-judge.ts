import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { callTopics, openCall, startRinging } from './ring.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;

/**
 * 连线法官: a one-line question rings at the paired judge, and further while nobody takes it. NOT_FOUND (`no-judge`)
 * when the station is paired with none. A call that rings already is the answer to a second press; pressed again as
 * urgent, it becomes urgent.
 */
export async function callJudge(
  ctx: Ctx<StaffPrincipal>,
  input: { sessionId: string; question: string; urgent?: boolean },
): Promise<{ callId: string }> {
  return transact(ctx, async (tx) => {
    const { duty, session, case: theCase } = await authoriseSession(tx, ctx, 'call-judge', input.sessionId);
    if (session.status === 'ENDED' || session.status === 'CANCELLED')
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
    // Two taps at the same moment ring once.
    await tx.$queryRaw`SELECT 1 FROM "Session" WHERE id = ${session.id}::uuid FOR UPDATE`;
    const pairing = await tx.pairing.findFirst({ where: { stationId: theCase.stationId, until: null } });
    if (!pairing) throw new DomainError('NOT_FOUND', { reason: 'no-judge' });
    const open = await tx.judgeCall.findFirst({ where: { sessionId: session.id, ...openCall } });
    if (open && (open.urgent || !input.urgent)) return { callId: open.id };
    const call = open
      ? await tx.judgeCall.update({ where: { id: open.id }, data: { urgent: true } })
      : await tx.judgeCall.create({
          data: {
            courtId: session.courtId,
            stationId: theCase.stationId,
            sessionId: session.id,
            caseId: theCase.id,
            callerId: ctx.principal.staffUserId,
            question: input.question,
            urgent: input.urgent ?? false,
            createdAt: new Date(),
          },
        });
    await startRinging(tx, ctx, call);
    await appendAudit(tx, ctx, {
      action: 'call-judge',
      subject: { type: 'call', id: call.id },
      caseId: theCase.id,
      duty,
      data: { urgent: call.urgent },
      topics: [`session:${session.id}`, `station:${theCase.stationId}`],
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
      where: { id: call.id, ...openCall },
      data: { cancelledAt: new Date() },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    await appendAudit(tx, ctx, {
      action: 'cancel-call',
      subject: { type: 'call', id: call.id },
      caseId: call.caseId,
      duty,
      topics: callTopics(call),
    });
  });
}
