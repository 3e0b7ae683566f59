import type { Db } from '../context.ts';
import { inCourt } from '../transact.ts';

/**
 * Time of the newest time-stamp token that this installation keeps, over all courts; null when it has none: of signatures,
 * of archived documents, of the audit chain's heads and of recordings.
 */
export async function newestToken(db: Db): Promise<Date | null> {
  const courts = await db.court.findMany({ select: { id: true } });
  let newest: Date | null = null;
  for (const { id } of courts) {
    const times = await inCourt(db, id, async (tx) => [
      (await tx.timestampToken.aggregate({ _max: { time: true } }))._max.time,
      (await tx.document.aggregate({ _max: { archivedAt: true } }))._max.archivedAt,
      (await tx.auditStamp.aggregate({ _max: { time: true } }))._max.time,
      (await tx.recordingStamp.aggregate({ _max: { time: true } }))._max.time,
    ]);
    for (const time of times) if (time !== null && (newest === null || time > newest)) newest = time;
  }
  return newest;
}
