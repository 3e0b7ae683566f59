import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { stampDigestOf } from './chain.ts';
import { going } from './transition-recording.ts';

/** Time-stamps a recording's newest link (RFC 3161), once a link. TIMESTAMP_UNAVAILABLE, TIME_UNTRUSTED. */
export async function stampHead(
  deps: Pick<Deps, 'db' | 'signing'>,
  courtId: string,
  recordingId: string,
): Promise<void> {
  const head = await inCourt(deps.db, courtId, async (tx) => {
    const { chunkCount, headHash } = await tx.recording.findUniqueOrThrow({ where: { id: recordingId } });
    const done = await tx.recordingStamp.count({ where: { recordingId, chunkCount } });
    return chunkCount === 0 || done > 0 ? null : { chunkCount, hash: headHash };
  });
  if (!head) return;
  const digest = stampDigestOf(recordingId, head.chunkCount, head.hash);
  const { token, time, authority } = await deps.signing.stampDigest(digest);
  await inCourt(deps.db, courtId, (tx) =>
    tx.recordingStamp.createMany({
      data: { courtId, recordingId, ...head, token: Buffer.from(token), time, authority },
      skipDuplicates: true,
    }),
  );
}

/** Every five minutes: the heads of what goes on; one that fails does not keep the others from theirs. */
export async function stampRecordings(deps: Pick<Deps, 'db' | 'signing'>): Promise<void> {
  const courts = await deps.db.court.findMany({ select: { id: true } });
  for (const { id: courtId } of courts) {
    const found = await inCourt(deps.db, courtId, (tx) =>
      tx.recording.findMany({ where: { status: { in: [...going] } }, select: { id: true } }),
    );
    const done = await Promise.allSettled(found.map(({ id }) => stampHead(deps, courtId, id)));
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
