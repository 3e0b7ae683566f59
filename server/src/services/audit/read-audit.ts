import type { AuditPage, AuditQuery } from '../../contract/staff.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

const PAGE = 50;
/** The filter's dates are those of the place (UTC+8, no summer time). */
const dayStart = (date: string): Date => new Date(`${date}T00:00:00+08:00`);

/**
 * The court's audit log, newest first, fifty rows a page. For auditors: who did what and when, without case content
 * and without the personal values beside the chain.
 */
export async function readAudit(ctx: Ctx, query: AuditQuery): Promise<AuditPage> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'read-audit');
    const events = await tx.auditEvent.findMany({
      where: whereOf(query),
      orderBy: { seq: 'desc' },
      take: PAGE + 1,
    });
    const page = events.slice(0, PAGE);
    const staffIds = page.flatMap((e) => [
      ...(e.actorKind === 'staff' && e.actorId ? [e.actorId] : []),
      ...(e.subjectType === 'staff' && e.subjectId ? [e.subjectId] : []),
    ]);
    const caseIds = page.flatMap((e) => (e.caseId ? [e.caseId] : []));
    const names = new Map(
      (
        await tx.staffUser.findMany({
          where: { id: { in: staffIds } },
          select: { id: true, name: true },
        })
      ).map((s) => [s.id, s.name]),
    );
    const numbers = new Map(
      (await tx.case.findMany({ where: { id: { in: caseIds } }, select: { id: true, number: true } })).map(
        (c) => [c.id, c.number],
      ),
    );
    return {
      rows: page.map((e) => ({
        seq: String(e.seq),
        at: e.at.toISOString(),
        action: e.action,
        actorKind: e.actorKind,
        actorName: e.actorKind === 'staff' && e.actorId ? (names.get(e.actorId) ?? null) : null,
        duty: e.duty,
        caseId: e.caseId,
        caseNumber: e.caseId ? (numbers.get(e.caseId) ?? null) : null,
        subjectType: e.subjectType,
        subjectId: e.subjectId,
        subjectName: e.subjectType === 'staff' && e.subjectId ? (names.get(e.subjectId) ?? null) : null,
        data: e.data as Record<string, unknown>,
        hash: e.hash,
      })),
      next: events.length > PAGE ? String(page.at(-1)?.seq ?? '') : null,
    };
  });
}

function whereOf(query: AuditQuery): Prisma.AuditEventWhereInput {
  const to = query.to ? new Date(dayStart(query.to).getTime() + 24 * 3600_000) : null;
  return {
    ...(query.before ? { seq: { lt: BigInt(query.before) } } : {}),
    ...(query.action ? { action: { startsWith: query.action } } : {}),
    ...(query.caseId ? { caseId: query.caseId } : {}),
    ...(query.actorId ? { actorId: query.actorId } : {}),
    ...(query.from || to
      ? { at: { ...(query.from ? { gte: dayStart(query.from) } : {}), ...(to ? { lt: to } : {}) } }
      : {}),
  };
}
