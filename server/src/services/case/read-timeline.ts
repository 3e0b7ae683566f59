import { authoriseCase } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** What happened in a case, from the audit rows: time, act, duty, name. No content, no personal values. */
export async function readTimeline(ctx: Ctx, caseId: string) {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-timeline', caseId);
    const events = await tx.auditEvent.findMany({ where: { caseId }, orderBy: { seq: 'desc' }, take: 300 });
    const ids = [...new Set(events.flatMap((e) => (e.actorId ? [e.actorId] : [])))];
    const [staff, parties, agents] = await Promise.all([
      tx.staffUser.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
      tx.party.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
      tx.agent.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
    ]);
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
