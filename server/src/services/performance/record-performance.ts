import type { z } from 'zod';
import type { PerformanceInput } from '../../contract/after-effect.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase, type CaseOfAct } from '../authorise.ts';
import { lockCase } from '../case/lock-case.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { transitionPerformance } from './transition-performance.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Input = { caseId: string; performanceId: string } & z.output<typeof PerformanceInput>;

/**
 * One instalment or act was performed, is overdue, or its debtor was reminded (人民调解法 31). When nothing is open any
 * more, the case is closed. BAD_REQUEST for a breach before its day is over, or a day in the future.
 */
export async function recordPerformance(ctx: StaffCtx, input: Input): Promise<{ caseStatus: string }> {
  return transact(ctx, async (tx) => {
    const action = input.event === 'remind' ? 'remind-performance' : 'record-performance';
    const { duty, case: theCase } = await authoriseCase(tx, ctx, action, input.caseId);
    // Two items recorded at once: the second sees whether the first left anything open.
    await lockCase(tx, theCase.id);
    const item = await tx.performance.findFirst({ where: { id: input.performanceId, caseId: theCase.id } });
    if (!item) throw new DomainError('NOT_FOUND');
    await write(tx, ctx, theCase, item, input);
    await appendAudit(tx, ctx, {
      action,
      subject: { type: 'performance', id: item.id },
      caseId: theCase.id,
      duty,
      data: { event: input.event },
      ...(input.note ? { personal: { note: input.note } } : {}),
      topics: [`station:${theCase.stationId}`],
    });
    return { caseStatus: theCase.status };
  });
}

type Item = NonNullable<Awaited<ReturnType<Tx['performance']['findFirst']>>>;

async function write(tx: Tx, ctx: StaffCtx, theCase: CaseOfAct, item: Item, input: Input): Promise<void> {
  const now = ctx.deps.clock.now();
  const today = shanghaiDay(now);
  const common = { recordedById: ctx.principal.staffUserId, ...(input.note ? { note: input.note } : {}) };
  switch (input.event) {
    case 'perform': {
      if (input.on > today) throw new DomainError('BAD_REQUEST', { fields: ['on'], reason: 'future' });
      if (input.proofId) await requireProof(tx, theCase.id, input.proofId);
      const performedAt = new Date(`${input.on}T12:00:00+08:00`);
      await transitionPerformance(tx, item, 'perform', {
        ...common,
        performedAt: performedAt > now ? now : performedAt,
        proofId: input.proofId ?? null,
      });
      const open = await tx.performance.count({
        where: { caseId: theCase.id, status: { not: 'PERFORMED' } },
      });
      if (open === 0) await transitionCase(tx, theCase, 'perform', { closedAt: now });
      return;
    }
    case 'breach':
      if (!item.dueOn || item.dueOn.toISOString().slice(0, 10) >= today)
        throw new DomainError('BAD_REQUEST', { fields: ['event'], reason: 'not-due' });
      await transitionPerformance(tx, item, 'breach', { ...common, breachedAt: now });
      if (theCase.status === 'PERFORMING') await transitionCase(tx, theCase, 'breach');
      return;
    case 'remind':
      await transitionPerformance(tx, item, 'remind', { ...common, remindedAt: now });
      if (theCase.status === 'BREACHED') await transitionCase(tx, theCase, 'remind');
  }
}

async function requireProof(tx: Tx, caseId: string, id: string): Promise<void> {
  if ((await tx.attachment.count({ where: { id, caseId } })) !== 1) throw new DomainError('NOT_FOUND');
}
