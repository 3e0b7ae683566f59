import { createHash } from 'node:crypto';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';
import { sha256 } from './blocks.ts';
import { brokenLink, firstHash, stampDigestOf } from './chain.ts';

export type RecordingFault =
  | 'CHAIN' // a link does not follow from the one before
  | 'HEAD' // the head is not the newest link's
  | 'FILE' // a stored file is missing or changed
  | 'STAMP' // a time stamp of a head does not hold
  | 'MANIFEST'; // the manifest, or its time stamp, does not hold

export type RecordingReport = {
  recordingId: string;
  links: number;
  head: string;
  stamps: number;
  newestStamp: Date | null;
  deleted: boolean;
  faults: { fault: RecordingFault; where: string }[];
};

/**
 * Walks a recording without opening it: every link, every stored file against its hash, every time stamp against the
 * link that it names, the manifest against them all. After a deletion by rule the links still hold; files are gone.
 */
export async function verifyRecording(
  deps: Pick<Deps, 'db' | 'storage' | 'signing'>,
  courtId: string,
  recordingId: string,
): Promise<RecordingReport> {
  const recording = await inCourt(deps.db, courtId, (tx) =>
    tx.recording.findUniqueOrThrow({
      where: { id: recordingId },
      include: {
        parts: { orderBy: { number: 'asc' } },
        chunks: { orderBy: { index: 'asc' }, include: { part: { select: { number: true } } } },
        stamps: { orderBy: { chunkCount: 'asc' } },
      },
    }),
  );
  const faults: RecordingReport['faults'] = [];
  const links = recording.chunks.map((chunk) => ({ ...chunk, part: chunk.part.number }));
  const broken = brokenLink(recordingId, links);
  if (broken !== null) faults.push({ fault: 'CHAIN', where: String(broken) });
  const head = links.at(-1)?.hash ?? firstHash(recordingId);
  if (head !== recording.headHash || links.length !== recording.chunkCount)
    faults.push({ fault: 'HEAD', where: String(recording.chunkCount) });
  const files = [
    ...links.map((link) => ({ key: link.storageKey, sha256: link.sha256, where: `chunk ${link.index}` })),
    ...recording.parts.flatMap((part) =>
      part.storageKey ? [{ key: part.storageKey, sha256: part.sha256, where: `part ${part.number}` }] : [],
    ),
  ];
  for (const file of recording.deletedAt ? [] : files) {
    const bytes = await deps.storage.get(file.key).catch(() => null);
    if (!bytes || sha256(bytes) !== file.sha256) faults.push({ fault: 'FILE', where: file.where });
  }
  for (const stamp of recording.stamps) {
    const said = deps.signing.readStamp(
      stamp.token,
      stampDigestOf(recordingId, stamp.chunkCount, stamp.hash),
    );
    const holds = said !== null && links[stamp.chunkCount - 1]?.hash === stamp.hash;
    if (!holds) faults.push({ fault: 'STAMP', where: String(stamp.chunkCount) });
  }
  if (recording.manifest && !manifestHolds(deps, recording, head))
    faults.push({ fault: 'MANIFEST', where: '' });
  return {
    recordingId,
    links: links.length,
    head,
    stamps: recording.stamps.length,
    newestStamp: recording.stamps.at(-1)?.time ?? null,
    deleted: recording.deletedAt !== null,
    faults,
  };
}

function manifestHolds(
  deps: Pick<Deps, 'signing'>,
  recording: {
    manifest: string | null;
    manifestToken: Uint8Array | null;
    parts: { number: number; sha256: string | null }[];
  },
  head: string,
): boolean {
  const digest = createHash('sha256')
    .update(recording.manifest ?? '')
    .digest();
  if (!recording.manifestToken || deps.signing.readStamp(recording.manifestToken, digest) === null)
    return false;
  const said = JSON.parse(recording.manifest ?? '') as {
    headHash: string;
    parts: { number: number; storedSha256: string | null }[];
  };
  return (
    said.headHash === head &&
    said.parts.every(
      (part) => recording.parts.find((p) => p.number === part.number)?.sha256 === part.storedSha256,
    )
  );
}

/** Every recording of a court, oldest first; one after the other, since each reads all its files. */
export async function verifyRecordings(
  deps: Pick<Deps, 'db' | 'storage' | 'signing'>,
  courtId: string,
): Promise<RecordingReport[]> {
  const recordings = await inCourt(deps.db, courtId, (tx) =>
    tx.recording.findMany({ select: { id: true }, orderBy: { id: 'asc' } }),
  );
  const reports: RecordingReport[] = [];
  for (const { id } of recordings) reports.push(await verifyRecording(deps, courtId, id));
  return reports;
}
