import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { newBackupCodes, replaceBackupCodes } from '../staff/new-credentials.ts';
import { transact } from '../transact.ts';

/** Fresh backup codes for oneself, shown once; the earlier ones die. */
export async function renewBackupCodes(ctx: Ctx<StaffPrincipal>): Promise<{ backupCodes: string[] }> {
  const { staffUserId, courtId } = ctx.principal;
  const backupCodes = newBackupCodes();
  await transact(ctx, async (tx) => {
    await replaceBackupCodes(tx, ctx.deps, { id: staffUserId, courtId }, backupCodes);
    await appendAudit(tx, ctx, {
      action: 'sign-in:backup-codes-renewed',
      subject: { type: 'staff', id: staffUserId },
    });
  });
  return { backupCodes };
}
