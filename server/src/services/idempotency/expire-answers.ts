import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Repeated writes are answered from memory for so long. */
const KEPT_MS = 24 * 3600_000;

/** Forgets the answers that were kept for repeated writes, in every court, a day after. */
export async function expireAnswers(deps: Pick<Deps, 'db'>, now = new Date()): Promise<void> {
  for (const { id } of await deps.db.court.findMany({ select: { id: true } }))
    await inCourt(deps.db, id, (tx) =>
      tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - KEPT_MS) } } }),
    );
}
