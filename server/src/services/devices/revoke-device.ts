import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { putOut } from '../session/seat-owner.ts';
import { transact } from '../transact.ts';

/** A revoked device, its unused code and every session on it stop at once. NOT_FOUND when it is none or over. */
export async function revokeDevice(ctx: Ctx, input: { deviceId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'revoke-device');
    const { deviceId } = input;
    const revokedAt = new Date();
    const changed = await tx.device.updateMany({
      where: { id: deviceId, revokedAt: null },
      data: { revokedAt, enrolCodeHash: null },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    await tx.staffSession.updateMany({ where: { deviceId, revokedAt: null }, data: { revokedAt } });
    await tx.partySession.updateMany({ where: { deviceId, revokedAt: null }, data: { revokedAt } });
    await putOut(tx, ctx, { deviceId });
    await appendAudit(tx, ctx, {
      action: 'revoke-device',
      subject: { type: 'device', id: deviceId },
      duty,
      topics: ['court'],
    });
  });
}
