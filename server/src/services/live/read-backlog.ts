import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import type { LiveEvent } from './hub.ts';

/** More missed events than this are cheaper to load afresh. */
const BACKLOG_LIMIT = 500;

/**
 * Events after `lastSeen` (the stream's Last-Event-ID). `reset` when they are no longer all kept, are too many,
 * or the id is not one of ours; `head` is the court's newest number.
 */
export async function readBacklog(
  ctx: Ctx,
  topics: string[],
  lastSeen: string | undefined,
): Promise<{ reset: boolean; head: bigint; events: LiveEvent[] }> {
  return transact(ctx, async (tx) => {
    const bounds = await tx.liveEvent.aggregate({ _max: { number: true }, _min: { number: true } });
    const head = bounds._max.number ?? 0n;
    if (lastSeen === undefined || lastSeen === '') return { reset: false, head, events: [] };
    if (!/^\d{1,18}$/.test(lastSeen)) return { reset: true, head, events: [] };
    const from = BigInt(lastSeen);
    if (from > head || from < (bounds._min.number ?? 0n) - 1n) return { reset: true, head, events: [] };
    const rows = await tx.liveEvent.findMany({
      where: { number: { gt: from }, topic: { in: topics } },
      orderBy: { number: 'asc' },
      take: BACKLOG_LIMIT + 1,
    });
    if (rows.length > BACKLOG_LIMIT) return { reset: true, head, events: [] };
    return {
      reset: false,
      head,
      events: rows.map((row) => ({
        court: row.courtId,
        number: String(row.number),
        topic: row.topic,
        kind: row.kind,
        data: row.data as Record<string, unknown>,
      })),
    };
  });
}
