import { afterFailure, isLocked, LOCK_AFTER } from '../../domain/back-off.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';

type Factor = 'password' | 'totp' | 'sms' | 'passkey' | 'pin';

/**
 * Counts one failed attempt of somebody who already holds one factor (the password, the station's device, an open
 * session): five in a row lock the account until an administrator releases it. True when it is locked by now.
 */
export async function countFailure(tx: Tx, ctx: Ctx, staffUserId: string, factor: Factor): Promise<boolean> {
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
  await tell(tx, ctx, staffUserId, factor, locked, failedSignIns);
  return locked;
}

/**
 * Counts one failed attempt of a stranger, who holds nothing but a name: the name is locked for their address alone, for
 * a while (domain/back-off.ts). Nobody takes an account away from its owner by guessing. True when locked by now.
 */
export async function countStranger(tx: Tx, ctx: Ctx, staffUserId: string, factor: Factor): Promise<boolean> {
  const where = pairOf(ctx, staffUserId);
  const { failedSignIns } = await tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } });
  const known = await tx.signInFailure.findUnique({ where });
  const next = afterFailure(known, new Date(), failedSignIns);
  await tx.signInFailure.upsert({
    where,
    create: { ...where.courtId_staffUserId_address, ...next },
    update: next,
  });
  const locked = next.lockedUntil !== null;
  await tell(tx, ctx, staffUserId, factor, locked, next.failures);
  return locked;
}

/** Whether strangers at this address may not try this name now. Call it under the person's row lock. */
export async function isStrangerLocked(tx: Tx, ctx: Ctx, staffUserId: string): Promise<boolean> {
  return isLocked(await tx.signInFailure.findUnique({ where: pairOf(ctx, staffUserId) }), new Date());
}

/** A success starts the count anew, here: what others fail elsewhere goes on counting. */
export async function forgetFailures(tx: Tx, ctx: Ctx, staffUserId: string): Promise<void> {
  await tx.staffUser.updateMany({
    where: { id: staffUserId, failedSignIns: { gt: 0 } },
    data: { failedSignIns: 0 },
  });
  await tx.signInFailure.deleteMany({ where: pairOf(ctx, staffUserId).courtId_staffUserId_address });
}

/** The address is kept as a keyed hash. */
const pairOf = (ctx: Ctx, staffUserId: string) => ({
  courtId_staffUserId_address: {
    courtId: ctx.principal.courtId,
    staffUserId,
    address: hashSecret(ctx.deps.settings.tokenKey, 'sign-in-address', ctx.ip),
  },
});

async function tell(
  tx: Tx,
  ctx: Ctx,
  staffUserId: string,
  factor: Factor,
  locked: boolean,
  failures: number,
): Promise<void> {
  await appendAudit(tx, ctx, {
    action: locked ? 'sign-in:locked' : 'sign-in:failed',
    subject: { type: 'staff', id: staffUserId },
    data: { factor, failures },
    topics: ['court'],
  });
}
