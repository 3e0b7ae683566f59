import type { Credentials } from '../../contract/staff.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { prepareCredentials, storeCredentials } from './new-credentials.ts';

/**
 * For somebody who lost phone or password: fresh ones, shown once; passkeys, sessions and the lockout end. NOT_FOUND.
 */
export async function resetCredentials(ctx: Ctx, input: { staffUserId: string }): Promise<Credentials> {
  authoriseCourt(ctx, 'manage-staff');
  const id = input.staffUserId;
  const court = await ctx.deps.db.court.findUniqueOrThrow({ where: { id: ctx.principal.courtId } });
  const user = await transact(ctx, (tx) => tx.staffUser.findUnique({ where: { id } }));
  if (!user) throw new DomainError('NOT_FOUND');
  const prepared = await prepareCredentials(court.name, user.loginName);
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'manage-staff');
    await storeCredentials(tx, ctx.deps, user, prepared);
    await tx.staffUser.update({ where: { id }, data: { lockedAt: null, failedSignIns: 0, pinHash: null } });
    await tx.passkey.deleteMany({ where: { staffUserId: id } });
    await tx.staffSession.updateMany({
      where: { staffUserId: id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    await appendAudit(tx, ctx, {
      action: 'manage-staff',
      subject: { type: 'staff', id },
      duty,
      data: { step: 'credentials-reset' },
      topics: ['court'],
    });
  });
  return { staffUserId: id, ...prepared.shown };
}
