import type { z } from 'zod';
import type { PushInput } from '../../contract/duty-list.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';

/** A judge has so many browsers; the oldest goes. */
const MOST = 5;

/** This browser rings for the asking judge while no page is open. BAD_REQUEST for an address that is no known push service's. */
export async function subscribePush(ctx: Staff, input: z.infer<typeof PushInput>): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'receive-push');
    if (!ctx.deps.push?.accepts(input.endpoint))
      throw new DomainError('BAD_REQUEST', { fields: ['endpoint'] });
    const { courtId, staffUserId } = ctx.principal;
    const { endpoint, keys } = input;
    // A browser that somebody else used before rings for whoever signed in last.
    await tx.pushSubscription.deleteMany({ where: { endpoint } });
    await tx.pushSubscription.create({ data: { courtId, staffUserId, endpoint, ...keys } });
    const old = await tx.pushSubscription.findMany({
      where: { staffUserId },
      orderBy: { createdAt: 'desc' },
      skip: MOST,
      select: { id: true },
    });
    await tx.pushSubscription.deleteMany({ where: { id: { in: old.map((one) => one.id) } } });
    await appendAudit(tx, ctx, {
      action: 'receive-push',
      subject: { type: 'staff', id: staffUserId },
      duty,
      data: { on: true },
    });
  });
}

/** This browser no longer rings. Twice is once. */
export async function unsubscribePush(ctx: Staff, input: { endpoint: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'receive-push');
    const { staffUserId } = ctx.principal;
    await tx.pushSubscription.deleteMany({ where: { staffUserId, endpoint: input.endpoint } });
    await appendAudit(tx, ctx, {
      action: 'receive-push',
      subject: { type: 'staff', id: staffUserId },
      duty,
      data: { on: false },
    });
  });
}
