import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';

/** So many failures in a row, of whichever factor, lock the account until an administrator releases it. */
export const LOCK_AFTER = 5;

/** Counts one failed attempt with its audit row. True when the account is locked by now. */
export async function countFailure(
  tx: Tx,
  ctx: Ctx,
  staffUserId: string,
  factor: 'password' | 'totp' | 'sms' | 'passkey' | 'pin',
): Promise<boolean> {
  const { failedSignIns } = await tx.staffUser.update({
    where: { id: staffUserId },
    data: { failedSignIns: { increment: 1 } },
  });
  const locked = failedSignIns >= LOCK_AFTER;
  if (locked) {
    await tx.staffUser.updateMany({
      where: { id: staffUserId, lockedAt: null },
      data: { lockedAt: new Date() },
    });
  }
  await appendAudit(tx, ctx, {
    action: locked ? 'sign-in:locked' : 'sign-in:failed',
    subject: { type: 'staff', id: staffUserId },
    data: { factor, failures: failedSignIns },
    topics: ['court'],
  });
  return locked;
}

/** A success starts the count anew. */
export async function forgetFailures(tx: Tx, staffUserId: string): Promise<void> {
  await tx.staffUser.updateMany({
    where: { id: staffUserId, failedSignIns: { gt: 0 } },
    data: { failedSignIns: 0 },
  });
}
