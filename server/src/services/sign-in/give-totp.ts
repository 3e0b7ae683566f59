import { generateSync } from 'otplib';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps, Principal } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { transact } from '../transact.ts';

type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
const STEP_SECONDS = 30;

/**
 * Second factor: a TOTP code (RFC 6238, one step of tolerance) whose step was never used before, or a backup code.
 * Five wrong ones lock the account.
 */
export async function giveTotp(ctx: Ctx<StaffPrincipal>, input: { code: string }): Promise<void> {
  const { staffUserId, sessionId, courtId } = ctx.principal;
  const refused = await transact(ctx, async (tx) => {
    const user = await tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId } });
    if (user.lockedAt) return 'ACCOUNT_LOCKED' as const;
    const subject = { type: 'staff', id: staffUserId };
    if (!(await accept(tx, user))) {
      const { failedSignIns } = await tx.staffUser.update({ where: { id: user.id }, data: { failedSignIns: { increment: 1 } } });
      if (failedSignIns >= 5) await tx.staffUser.update({ where: { id: user.id }, data: { lockedAt: new Date() } });
      await appendAudit(tx, ctx, { action: 'sign-in:failed', subject, topics: ['court'] });
      return 'CODE_WRONG' as const;
    }
    await tx.staffUser.update({ where: { id: user.id }, data: { failedSignIns: 0 } });
    await tx.staffSession.update({ where: { id: sessionId }, data: { secondFactorAt: new Date() } });
    await appendAudit(tx, ctx, { action: 'sign-in:second-factor', subject });
    return null;
  });
  if (refused) throw new DomainError(refused);

  async function accept(tx: Parameters<Parameters<typeof transact>[1]>[0], user: { totpSecretEnc: Uint8Array | null }): Promise<boolean> {
    if (!/^\d{6}$/.test(input.code)) {
      const codeHash = hashSecret(ctx.deps.settings.tokenKey, `backup|${staffUserId}`, input.code.trim());
      const used = await tx.backupCode.updateMany({ where: { staffUserId, codeHash, usedAt: null }, data: { usedAt: new Date() } });
      return used.count === 1;
    }
    const step = totpStep(ctx.deps, { courtId, staffUserId, totpSecretEnc: user.totpSecretEnc }, input.code);
    if (step === null) return false;
    const used = await tx.staffUser.updateMany({
      where: { id: staffUserId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: BigInt(step) } }] },
      data: { totpLastStep: BigInt(step) },
    });
    return used.count === 1;
  }
}

/** The time step that a code belongs to, now or one step away, or null. */
function totpStep(deps: Deps, user: { courtId: string; staffUserId: string; totpSecretEnc: Uint8Array | null }, code: string): number | null {
  if (!user.totpSecretEnc) return null;
  const secret = openTotpSecret(deps, user.courtId, user.staffUserId, user.totpSecretEnc);
  const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
  return [now, now - 1, now + 1].find((step) => totpAt(secret, step) === code) ?? null;
}

/** The code of a step (RFC 6238, SHA-1, six digits, 30 s). */
export function totpAt(secret: string, step: number): string {
  return generateSync({ strategy: 'totp', secret, epoch: step * STEP_SECONDS });
}

export function openTotpSecret(deps: Pick<Deps, 'cipher'>, courtId: string, staffUserId: string, sealed: Uint8Array): string {
  return deps.cipher.decrypt({ courtId, table: 'StaffUser', rowId: staffUserId, column: 'totpSecretEnc' }, sealed);
}
