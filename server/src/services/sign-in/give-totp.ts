import { generateSync } from 'otplib';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { transact } from '../transact.ts';
import { countFailure, forgetFailures } from './count-failure.ts';
import { completeStaffSession, type StaffPrincipal } from './start-session.ts';

export const TOTP_STEP_SECONDS = 30;

/**
 * Second factor: a TOTP code (RFC 6238, one step of tolerance) whose step was never used before, or a backup code.
 * Answers with the session's new token. CODE_WRONG; five wrong ones lock the account (ACCOUNT_LOCKED).
 */
export async function giveTotp(
  ctx: Ctx<StaffPrincipal>,
  input: { code: string },
): Promise<{ token: string }> {
  const { staffUserId, sessionId } = ctx.principal;
  const outcome = await transact(ctx, async (tx) => {
    // Guesses at the same moment queue up here: five of them together, not five each.
    await tx.$queryRaw`SELECT 1 FROM "StaffUser" WHERE id = ${staffUserId}::uuid FOR UPDATE`;
    const user = await tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } });
    if (user.lockedAt) return 'ACCOUNT_LOCKED' as const;
    const factor = await accept(tx, ctx, user, input.code.replace(/\s/g, ''));
    if (!factor) {
      const locked = await countFailure(tx, ctx, staffUserId, 'totp');
      return locked ? ('ACCOUNT_LOCKED' as const) : ('CODE_WRONG' as const);
    }
    await forgetFailures(tx, ctx, staffUserId);
    const token = await completeStaffSession(tx, ctx.deps, sessionId);
    await appendAudit(tx, ctx, {
      action: 'sign-in:second-factor',
      subject: { type: 'staff', id: staffUserId },
      data: { factor },
    });
    return { token };
  });
  if (typeof outcome === 'string') throw new DomainError(outcome);
  return outcome;
}

async function accept(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  user: { id: string; courtId: string; totpSecretEnc: Uint8Array | null },
  code: string,
): Promise<'totp' | 'backup-code' | null> {
  if (!/^\d{6}$/.test(code)) {
    const used = await tx.backupCode.updateMany({
      where: { staffUserId: user.id, codeHash: hashBackupCode(ctx.deps, user.id, code), usedAt: null },
      data: { usedAt: new Date() },
    });
    return used.count === 1 ? 'backup-code' : null;
  }
  if (!user.totpSecretEnc) return null;
  const secret = openTotpSecret(ctx.deps, user.courtId, user.id, user.totpSecretEnc);
  const now = stepNow();
  const step = [now, now - 1, now + 1].find((s) => totpAt(secret, s) === code);
  if (step === undefined) return null;
  // The row's own condition makes a step usable once, also for two requests at the same moment.
  const used = await tx.staffUser.updateMany({
    where: { id: user.id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: BigInt(step) } }] },
    data: { totpLastStep: BigInt(step) },
  });
  return used.count === 1 ? 'totp' : null;
}

export const stepNow = (): number => Math.floor(Date.now() / 1000 / TOTP_STEP_SECONDS);

/** The code of a step (RFC 6238, SHA-1, six digits, 30 s). */
export function totpAt(secret: string, step: number): string {
  return generateSync({ strategy: 'totp', secret, epoch: step * TOTP_STEP_SECONDS });
}

export function openTotpSecret(
  deps: Pick<Deps, 'cipher'>,
  courtId: string,
  staffUserId: string,
  sealed: Uint8Array,
): string {
  return deps.cipher.decrypt(
    { courtId, table: 'StaffUser', rowId: staffUserId, column: 'totpSecretEnc' },
    sealed,
  );
}

/** Backup codes are stored hashed; spaces, hyphens and case do not matter when one is typed. */
export function hashBackupCode(deps: Deps, staffUserId: string, code: string): string {
  const plain = code.replace(/[\s-]/g, '').toUpperCase();
  return hashSecret(deps.settings.tokenKey, `backup|${staffUserId}`, plain);
}
