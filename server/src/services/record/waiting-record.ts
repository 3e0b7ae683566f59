import type { RecordKind } from '../../contract/enums.ts';
import type { Ctx, Tx } from '../context.ts';
import { contentOf } from './give-word.ts';
import { personKeyOf } from './open-record.ts';

/** The paper of this case that was read out and still waits for the asking person's own word. */
export async function waitingRecord(
  tx: Tx,
  ctx: Ctx,
): Promise<{ sessionId: string; kind: RecordKind } | null> {
  if (ctx.principal.kind !== 'party') return null;
  const key = personKeyOf(ctx.principal) ?? '';
  const open = await tx.record.findMany({
    where: {
      status: 'CONFIRMING',
      session: { caseId: ctx.principal.caseId },
      confirmations: { none: { personKey: key, fallenAt: null } },
    },
    orderBy: { readAt: 'asc' },
  });
  const mine = open.find((record) => contentOf(record).people.some((p) => p.key === key));
  return mine ? { sessionId: mine.sessionId, kind: mine.kind } : null;
}
