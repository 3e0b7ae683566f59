import type { z } from 'zod';
import type { CaseRequestKind } from '../../contract/enums.ts';
import type { RequestInput } from '../../contract/representation.ts';
import { talksAreOver } from '../../domain/case/lifecycle.ts';
import { dayAsDate, lastDayOrEstimate } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { stopSessions } from '../case/end-talks.ts';
import { lockCase } from '../case/lock-case.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { everybodyOf } from './suspend.ts';

/**
 * A side asks for more time or for another mediator, with its reason; a host records what a party at the station asks.
 * More time needs every party: the last one's request moves the limit by a month from its day (宁波市人民调解条例 27).
 * CONFLICT when this party has asked already, ILLEGAL_TRANSITION when talks are over or the agreement is in effect.
 */
export async function askProcedure(
  ctx: Ctx,
  input: { caseId: string } & z.infer<typeof RequestInput>,
): Promise<{ extended: boolean }> {
  return transact(ctx, async (tx) => {
    const { principal } = ctx;
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'ask-procedure', input.caseId);
    const partyId = principal.kind === 'party' ? principal.partyId : input.partyId;
    if (!partyId) throw new DomainError('BAD_REQUEST', { fields: ['partyId'] });
    const going =
      !talksAreOver(theCase.status) && !['PERFORMING', 'BREACHED', 'SUSPENDED'].includes(theCase.status);
    if (!going) throw new DomainError('ILLEGAL_TRANSITION', { status: theCase.status });
    // Both sides at the same moment: the second one sees the first one's request, and moves the limit once.
    await lockCase(tx, theCase.id);
    const parties = await tx.party.findMany({ where: { caseId: theCase.id }, select: { id: true } });
    if (!parties.some((p) => p.id === partyId)) throw new DomainError('NOT_FOUND');
    const open = { caseId: theCase.id, kind: input.kind, settledAt: null };
    if (await tx.caseRequest.count({ where: { ...open, partyId } })) throw new DomainError('CONFLICT');
    const now = ctx.deps.clock.now();
    await tx.caseRequest.create({
      data: {
        courtId: theCase.courtId,
        caseId: theCase.id,
        partyId,
        recordedById: principal.kind === 'staff' ? principal.staffUserId : null,
        kind: input.kind,
        reason: input.reason,
        at: now,
      },
    });
    const asked = await tx.caseRequest.findMany({ where: open, select: { partyId: true } });
    const all = parties.every((p) => asked.some((a) => a.partyId === p.id));
    const extended = input.kind === 'EXTENSION' && all;
    if (extended) await extendLimit(tx, theCase.id, now);
    await appendAudit(tx, ctx, {
      action: 'ask-procedure',
      subject: { type: 'party', id: partyId },
      caseId: theCase.id,
      duty,
      data: { kind: input.kind, extended },
      personal: { reason: input.reason },
      topics: everybodyOf(theCase),
    });
    return { extended };
  });
}

/** Every side asked: one month more from the day on which it would have been over. */
async function extendLimit(tx: Tx, caseId: string, now: Date): Promise<void> {
  const deadline = await tx.deadline.findFirst({
    where: { caseId, kind: 'MEDIATION', metAt: null },
    orderBy: { dueOn: 'desc' },
  });
  if (!deadline) throw new DomainError('CONFLICT', { reason: 'no-limit' });
  const { day, basis } = lastDayOrEstimate('MEDIATION_TRACK_A', deadline.dueOn.toISOString().slice(0, 10));
  await tx.deadline.update({
    where: { id: deadline.id },
    data: { dueOn: dayAsDate(day), basis: `${basis}（各方申请延长）`, extendedOn: now },
  });
  await settle(tx, caseId, 'EXTENSION', now);
}

/**
 * Another mediator (人民调解法 19, 参照在线调解规则 14): what was planned is off, the present one is replaced with the
 * reason, and the case is offered anew; whoever accepts discloses again. Only until a text is agreed: ILLEGAL_TRANSITION.
 */
export async function changeMediator(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string; reason: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'change-mediator', input.caseId);
    const now = ctx.deps.clock.now();
    await transitionCase(tx, theCase, 'change-mediator');
    await stopSessions(tx, ctx, theCase.id, input.reason);
    const replaced = await tx.appointment.updateMany({
      where: { caseId: theCase.id, duty: 'MEDIATOR', status: { in: ['OFFERED', 'ACCEPTED'] } },
      data: { status: 'REPLACED', reason: input.reason, respondedAt: now },
    });
    await settle(tx, theCase.id, 'CHANGE_MEDIATOR', now);
    await appendAudit(tx, ctx, {
      action: 'change-mediator',
      subject: { type: 'case', id: theCase.id },
      caseId: theCase.id,
      duty,
      data: { replaced: replaced.count },
      personal: { reason: input.reason },
      topics: everybodyOf(theCase),
    });
  });
}

async function settle(tx: Tx, caseId: string, kind: CaseRequestKind, now: Date): Promise<void> {
  await tx.caseRequest.updateMany({ where: { caseId, kind, settledAt: null }, data: { settledAt: now } });
}
