import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { putOut } from '../session/seat-owner.ts';
import { transact } from '../transact.ts';
import { keepAdministrator, lockStaffChanges } from './keep-administrator.ts';

/**
 * Takes somebody's access away, at once and on every device, or gives it back. Their past acts keep their name.
 * NOT_FOUND; CONFLICT when it is so already or nobody would be left to administer.
 */
export async function setStaffDisabled(
  ctx: Ctx,
  input: { staffUserId: string; disabled: boolean },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'manage-staff');
    await lockStaffChanges(tx, ctx);
    const id = input.staffUserId;
    const now = new Date();
    if ((await tx.staffUser.count({ where: { id } })) === 0) throw new DomainError('NOT_FOUND');
    const changed = await tx.staffUser.updateMany({
      where: { id, disabledAt: input.disabled ? null : { not: null } },
      data: { disabledAt: input.disabled ? now : null },
    });
    if (changed.count !== 1) throw new DomainError('CONFLICT');
    if (input.disabled) {
      await keepAdministrator(tx);
      await tx.staffSession.updateMany({
        where: { staffUserId: id, revokedAt: null },
        data: { revokedAt: now },
      });
      await putOut(tx, ctx, { staffUserId: id });
    }
    await appendAudit(tx, ctx, {
      action: 'manage-staff',
      subject: { type: 'staff', id },
      duty,
      data: { step: input.disabled ? 'disabled' : 'enabled' },
      topics: ['court'],
    });
  });
}
