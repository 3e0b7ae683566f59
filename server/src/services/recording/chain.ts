import { createHash } from 'node:crypto';

/** What a link covers; everything of it can be read without opening anything. */
export type Link = {
  index: number;
  part: number;
  at: Date;
  size: number;
  /** SHA-256 (hex) of the stored, encrypted bytes. */
  sha256: string;
};

/** Where a recording's chain begins: nothing of one recording fits another. */
export const firstHash = (recordingId: string): string => digest(`tongxi-recording-1\n${recordingId}`);

/** The hash of a link over the one before (SHA-256, hex). */
export const linkHash = (previous: string, link: Link): string =>
  digest([previous, link.index, link.part, link.at.toISOString(), link.size, link.sha256].join('\n'));

/** What a time stamp of the head covers. */
export const stampDigestOf = (recordingId: string, chunkCount: number, hash: string): Buffer =>
  createHash('sha256').update(`tongxi-recording-head-1\n${recordingId}\n${chunkCount}\n${hash}`).digest();

/** The first link whose index or hash does not follow from the one before; null when all do. */
export function brokenLink(recordingId: string, links: readonly (Link & { hash: string })[]): number | null {
  let previous = firstHash(recordingId);
  for (const [i, link] of links.entries()) {
    const hash = linkHash(previous, link);
    if (link.index !== i || link.hash !== hash) return i;
    previous = hash;
  }
  return null;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
