import type { AssignDutyInput } from '../../contract/staff.ts';
import { standingDuties } from '../../contract/standing-duties.ts';
import { DomainError } from '../../domain/errors.ts';
import { barredAnywhere } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { lockStaffChanges } from './keep-administrator.ts';

/**
 * Gives somebody else a standing duty at its place. Nobody gives one to themselves; administrator and auditor are never
 * one person, and neither of them has a part in cases (DUTIES_BARRED); the
 * same duty twice is CONFLICT; a place that does not fit is BAD_REQUEST.
 */
export async function assignDuty(
  ctx: Ctx,
  input: { staffUserId: string } & AssignDutyInput,
): Promise<{ assignmentId: string }> {
  return transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'assign-duty');
    await lockStaffChanges(tx, ctx);
    const user = await tx.staffUser.findUnique({ where: { id: input.staffUserId } });
    if (!user || user.disabledAt) throw new DomainError('NOT_FOUND');
    const place = await placeOf(tx, input);
    const now = new Date();
    const held = await tx.dutyAssignment.findMany({
      where: { staffUserId: user.id, OR: [{ until: null }, { until: { gt: now } }] },
    });
    // Other pairs are barred within one case only; appointing checks them there.
    const anywhere = [...held.map((h) => h.duty), input.duty];
    const barred = barredAnywhere(anywhere);
    if (barred) throw new DomainError('DUTIES_BARRED', { pair: barred });
    if (ctx.principal.kind === 'staff' && ctx.principal.staffUserId === user.id)
      throw new DomainError('DUTIES_BARRED', { reason: 'oneself' });
    const same = held.some(
      (h) => h.duty === input.duty && h.stationId === place.stationId && h.committeeId === place.committeeId,
    );
    if (same) throw new DomainError('CONFLICT', { reason: 'held' });
    const assignment = await tx.dutyAssignment.create({
      data: { courtId: user.courtId, staffUserId: user.id, duty: input.duty, ...place },
    });
    // What was enough to sign in before is not enough for these two.
    if (input.duty === 'ADMINISTRATOR' || input.duty === 'AUDITOR') {
      await tx.staffSession.updateMany({
        where: { staffUserId: user.id, method: { in: ['DEVICE_SMS', 'OIDC'] }, revokedAt: null },
        data: { revokedAt: now },
      });
    }
    await appendAudit(tx, ctx, {
      action: 'assign-duty',
      subject: { type: 'staff', id: user.id },
      duty,
      data: { step: 'assigned', duty: input.duty, ...place },
      topics: ['court', `user:${user.id}`],
    });
    return { assignmentId: assignment.id };
  });
}

async function placeOf(
  tx: Tx,
  input: AssignDutyInput,
): Promise<{ stationId: string | null; committeeId: string | null }> {
  const where = standingDuties[input.duty];
  const { stationId = null, committeeId = null } = input;
  const fits =
    where === 'station'
      ? stationId !== null && committeeId === null
      : where === 'committee'
        ? committeeId !== null && stationId === null
        : stationId === null && committeeId === null;
  if (!fits) throw new DomainError('BAD_REQUEST', { fields: ['stationId', 'committeeId'] });
  if (stationId && !(await tx.station.findUnique({ where: { id: stationId } })))
    throw new DomainError('NOT_FOUND');
  if (committeeId && !(await tx.committee.findUnique({ where: { id: committeeId } })))
    throw new DomainError('NOT_FOUND');
  return { stationId, committeeId };
}
