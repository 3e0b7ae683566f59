import { noFacts, requireCan } from '../../domain/permissions.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';

type Judge = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** Whether only urgent calls ring while the judge sits in a session (免打扰). */
export async function readDoNotDisturb(ctx: Judge): Promise<{ on: boolean }> {
  return transact(ctx, async (tx) => {
    const { doNotDisturb } = await tx.staffUser.findUniqueOrThrow({
      where: { id: ctx.principal.staffUserId },
    });
    return { on: doNotDisturb };
  });
}

/** Sets it, for the asking judge alone. */
export async function setDoNotDisturb(ctx: Judge, input: { on: boolean }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { staffUserId, duties } = ctx.principal;
    const duty = requireCan(
      duties.map((d) => d.duty),
      'set-do-not-disturb',
      noFacts,
    );
    await tx.staffUser.update({ where: { id: staffUserId }, data: { doNotDisturb: input.on } });
    await appendAudit(tx, ctx, {
      action: 'set-do-not-disturb',
      subject: { type: 'staff', id: staffUserId },
      duty,
      data: { on: input.on },
      topics: [`user:${staffUserId}`],
    });
  });
}
