import type { Db } from '../context.ts';
import { inCourt } from '../transact.ts';

/** Time of the newest time-stamp token that this installation keeps, over all courts; null when it has none. */
export async function newestToken(db: Db): Promise<Date | null> {
  const courts = await db.court.findMany({ select: { id: true } });
  let newest: Date | null = null;
  for (const { id } of courts) {
    const { _max } = await inCourt(db, id, (tx) => tx.timestampToken.aggregate({ _max: { time: true } }));
    if (_max.time !== null && (newest === null || _max.time > newest)) newest = _max.time;
  }
  return newest;
}
