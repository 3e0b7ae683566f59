import { randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps } from '../context.ts';
import { inCourt, locateCourt } from '../transact.ts';

/** Writes down that a seat with a well signed token was not let through to a room: removed, elsewhere, or over. */
export async function auditRefusedSignalling(
  deps: Deps,
  seat: { room: string; identity: string },
): Promise<void> {
  const courtId =
    (await locateCourt(deps.db, 'room', seat.room)) ?? (await locateCourt(deps.db, 'seat', seat.identity));
  if (!courtId) return;
  const ctx: Ctx = {
    deps,
    principal: { kind: 'system', courtId },
    requestId: `signalling:${randomUUID()}`,
    ip: 'local',
  };
  await inCourt(deps.db, courtId, async (tx) => {
    const found = await tx.seat.findFirst({ where: { identity: seat.identity }, include: { session: true } });
    const denied = found ? await tx.denial.count({ where: { seatId: found.id, liftedAt: null } }) : 0;
    await appendAudit(tx, ctx, {
      action: 'refused:SIGNALLING',
      subject: { type: 'seat', id: found?.id ?? null },
      data: { room: seat.room, removed: denied > 0, session: found?.session.status ?? null },
    });
  });
}
