import type { SeatKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseSession } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { mySeat } from './my-seat.ts';

/** Whoever watches for training takes no part: FORBIDDEN. */
export function refuseObserver(seat: { kind: SeatKind }): void {
  if (seat.kind === 'OBSERVER') throw new DomainError('FORBIDDEN', { reason: 'observer' });
}

/** Raises or lowers one's own hand; hands are served in order, so raising it again keeps the place. */
export async function raiseHand(ctx: Ctx, input: { sessionId: string; raised: boolean }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, session } = await authoriseSession(tx, ctx, 'raise-hand', input.sessionId);
    const seat = await mySeat(tx, ctx, session.id);
    refuseObserver(seat);
    await tx.seat.update({
      where: { id: seat.id },
      data: { handRaisedAt: input.raised ? (seat.handRaisedAt ?? new Date()) : null },
    });
    await appendAudit(tx, ctx, {
      action: 'raise-hand',
      subject: { type: 'seat', id: seat.id },
      caseId: session.caseId,
      duty,
      data: { raised: input.raised },
      topics: [`session:${session.id}`],
    });
  });
}
