import type { RecordingStatus } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextRecordingStatus, type RecordingEvent } from '../../domain/recording/lifecycle.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/** Statuses of a recording that goes on, or tries to. */
export const going = ['STARTING', 'RUNNING', 'INTERRUPTED'] as const satisfies RecordingStatus[];

/** The only writer of a recording's status: table, then conditional update (CONFLICT for a lost race). */
export async function transitionRecording(
  tx: Tx,
  recording: { id: string; status: RecordingStatus },
  event: RecordingEvent,
  also: Prisma.RecordingUncheckedUpdateManyInput = {},
): Promise<RecordingStatus> {
  const to = nextRecordingStatus(recording.status, event);
  const changed = await tx.recording.updateMany({
    where: { id: recording.id, status: recording.status },
    data: { ...also, status: to },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
  return to;
}

/** The recording of a session that goes on now, with its newest part; null while none does. */
export function goingRecording(tx: Tx, sessionId: string) {
  return tx.recording.findFirst({
    where: { sessionId, status: { in: [...going] } },
    include: { parts: { orderBy: { number: 'desc' }, take: 1 }, session: true },
  });
}
