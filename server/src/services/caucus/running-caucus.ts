import { DomainError } from '../../domain/errors.ts';
import type { Tx } from '../context.ts';

/** Names of a private talk, fixed when it was prepared. */
export type CaucusPeople = { hears: string[]; left: string[] };

export function runningCaucus(tx: Tx, where: { sessionId: string } | { caseId: string }) {
  return tx.caucus.findFirst({
    where: {
      endedAt: null,
      kind: 'TALK',
      ...('caseId' in where ? { session: { caseId: where.caseId } } : where),
    },
    include: { seats: true },
  });
}

/** Nothing is written into the common text, agreed or frozen while some are behind a closed door: CAUCUS_RUNNING. */
export async function refuseDuringCaucus(tx: Tx, caseId: string): Promise<void> {
  if (await runningCaucus(tx, { caseId })) throw new DomainError('CAUCUS_RUNNING');
}
