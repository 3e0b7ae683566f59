import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** Gives a living device another name. NOT_FOUND when it is none or revoked. */
export async function renameDevice(ctx: Ctx, input: { deviceId: string; name: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'enrol-device');
    const changed = await tx.device.updateMany({
      where: { id: input.deviceId, revokedAt: null },
      data: { name: input.name },
    });
    if (changed.count !== 1) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'enrol-device',
      subject: { type: 'device', id: input.deviceId },
      duty,
      data: { step: 'renamed' },
      topics: ['court'],
    });
  });
}
