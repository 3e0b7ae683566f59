import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import type { LiveEvent } from './hub.ts';

/** More missed events than this are cheaper to load afresh. */
const BACKLOG_LIMIT = 500;

/** An event's time is its transaction's start, which may lie this long before anybody could see it. */
const COMMIT_MS = 5000;

/**
 * Events after `lastSeen` (the stream's Last-Event-ID), or for a page that has none yet those of its life so far,
 * `ageMs`: what it loaded may be older. `reset` when they are no longer all kept, are too many, or the id is not one of
 * ours; `head` is the court's newest number.
 */
export async function readBacklog(
  ctx: Ctx,
  topics: string[],
  lastSeen: string | undefined,
  ageMs = 0,
): Promise<{ reset: boolean; head: bigint; events: LiveEvent[] }> {
  return transact(ctx, async (tx) => {
    const bounds = await tx.liveEvent.aggregate({ _max: { number: true }, _min: { number: true } });
    const head = bounds._max.number ?? 0n;
    const from = lastSeen ? parse(lastSeen) : undefined;
    if (from === null) return { reset: true, head, events: [] };
    if (from !== undefined && (from > head || from < (bounds._min.number ?? 0n) - 1n))
      return { reset: true, head, events: [] };
    if (from === undefined && ageMs === 0) return { reset: false, head, events: [] };
    const missed =
      from === undefined
        ? { at: { gt: new Date(Date.now() - ageMs - COMMIT_MS) } }
        : { number: { gt: from } };
    const rows = await tx.liveEvent.findMany({
      where: { ...missed, topic: { in: topics } },
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

const parse = (id: string): bigint | null => (/^\d{1,18}$/.test(id) ? BigInt(id) : null);
