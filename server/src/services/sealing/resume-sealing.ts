import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/**
 * At start: every seal that was decided and is not finished gets a job at once, whatever became of the one that a
 * killed process held. A job too many finds nothing to do.
 */
export async function resumeSealing(deps: Pick<Deps, 'db' | 'jobs'>): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    await inCourt(deps.db, courtId, async (tx) => {
      const waiting = await tx.agreement.findMany({
        where: { status: 'SEALING', medium: 'ELECTRONIC', currentVersionId: { not: null } },
        select: { currentVersionId: true },
      });
      for (const { currentVersionId: versionId } of waiting)
        if (versionId) await deps.jobs.enqueue(tx, 'agreement.finish-sealing', { courtId, versionId });
    });
  }
}
