import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** What happened in a case, from the audit rows: time, act, duty, name. No content, no personal values. */
export async function readTimeline(ctx: Ctx, caseId: string) {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-timeline', caseId);
    const events = await tx.auditEvent.findMany({ where: { caseId }, orderBy: { seq: 'desc' }, take: 300 });
    const ids = [...new Set(events.flatMap((e) => (e.actorId ? [e.actorId] : [])))];
    const named = { where: { id: { in: ids } }, select: { id: true, name: true } } as const;
    const staff = await tx.staffUser.findMany(named);
    const parties = await tx.party.findMany(named);
    const agents = await tx.agent.findMany(named);
    const names = new Map([...staff, ...parties, ...agents].map((row) => [row.id, row.name]));
    return events.map((e) => ({
      seq: String(e.seq),
      at: e.at.toISOString(),
      action: e.action,
      duty: e.duty,
      actor: e.actorId ? (names.get(e.actorId) ?? null) : null,
    }));
  });
}
