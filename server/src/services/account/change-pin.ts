import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { hashPassword } from '../sign-in/password.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/** Sets the PIN (4 to 8 digits) that takes a handed-over screen back. The whole session is both factors already. */
export async function changePin(ctx: Ctx<StaffPrincipal>, input: { pin: string }): Promise<void> {
  const { staffUserId } = ctx.principal;
  const pinHash = await hashPassword(input.pin);
  await transact(ctx, async (tx) => {
    await tx.staffUser.update({ where: { id: staffUserId }, data: { pinHash } });
    await appendAudit(tx, ctx, {
      action: 'sign-in:pin-changed',
      subject: { type: 'staff', id: staffUserId },
    });
  });
}
