import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { stampDigest } from './stamp-head.ts';

export type StampReport = { stamps: number; newest: Date | null; faults: string[] };

/**
 * Checks every time stamp of a court's audit chain: its token holds over the link it names, and the link still stands in
 * the chain with that hash. `faults` are the numbers of links whose stamp does not hold.
 */
export async function verifyStamps(
  deps: Pick<Deps, 'db' | 'signing'>,
  courtId: string,
): Promise<StampReport> {
  return inCourt(deps.db, courtId, async (tx) => {
    const stamps = await tx.auditStamp.findMany({ orderBy: { seq: 'asc' } });
    const events = await tx.auditEvent.findMany({
      where: { seq: { in: stamps.map(({ seq }) => seq) } },
      select: { seq: true, hash: true },
    });
    const hashes = new Map(events.map(({ seq, hash }) => [seq, hash]));
    const faults = stamps.filter((stamp) => {
      const facts = deps.signing.readStamp(stamp.token, stampDigest(courtId, stamp.seq, stamp.hash));
      const holds = facts !== null && facts.time.getTime() === stamp.time.getTime();
      return !holds || hashes.get(stamp.seq) !== stamp.hash;
    });
    return {
      stamps: stamps.length,
      newest: stamps.at(-1)?.time ?? null,
      faults: faults.map(({ seq }) => String(seq)),
    };
  });
}
