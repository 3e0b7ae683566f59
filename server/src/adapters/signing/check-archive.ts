import { createHash } from 'node:crypto';
import type { CheckCode, VerifiedStamp } from '../../ports/signing.ts';
import type { SecurityStore } from './archive-revision.ts';
import { coversAllBut } from './byte-range.ts';
import type { Rebuilt } from './rebuild-revision.ts';
import { parseRevocationList, type RevocationList, serialOf } from './revocation-list.ts';
import { checkTimestampToken, plainToken } from './timestamp-token.ts';

/** Revocation lists as they stand in a file; what cannot be read counts as absent. */
export function readLists({ lists }: SecurityStore): RevocationList[] {
  return lists.flatMap((der) => {
    try {
      return [parseRevocationList(der)];
    } catch {
      return [];
    }
  });
}

/**
 * True when the lists show that no certificate of this path (leaf first, root last) was revoked at `at`. The leaf's
 * list must be made after `at` when it can be (`fresh`); an authority whose key lies offline has one made before,
 * which counts while it has not run out (RFC 5280 6.3). List times are whole seconds.
 */
export function notRevoked(
  path: Uint8Array[],
  lists: RevocationList[],
  { at, until, fresh }: { at: Date; until: Date; fresh: boolean },
): boolean {
  const second = Math.floor(at.getTime() / 1000) * 1000;
  return path.slice(0, -1).every((certificate, index) => {
    const issuer = path[index + 1] ?? certificate;
    return lists.some((list) => {
      if (list.thisUpdate > until || !list.verifiedBy(issuer)) return false;
      const covers =
        list.thisUpdate.getTime() >= second ||
        (!(fresh && index === 0) && list.nextUpdate !== null && list.nextUpdate >= at);
      const since = list.revoked.get(serialOf(certificate));
      return covers && (since === undefined || since > at);
    });
  });
}

/** No signature covers what a token carries beside its signed parts: at a file's end anybody could put something in. */
function isPlainToken(cms: Uint8Array | null, path: Uint8Array[] | null): boolean {
  try {
    return cms !== null && Buffer.from(plainToken(cms, path)).equals(cms);
  } catch {
    return false;
  }
}

/** Judges one document time stamp. `now` is when its authority's certificate must still hold. */
export function checkStamp(input: {
  pdf: Uint8Array;
  rebuilt: Rebuilt;
  end: number;
  timestampRoots: Uint8Array[];
  now: Date;
  /** The lists archived by the next renewal; null for the newest stamp, whose authority speaks for itself. */
  lists: RevocationList[] | null;
}): VerifiedStamp & { path: Uint8Array[] } {
  const { pdf, rebuilt, end, now } = input;
  const { range, contents, cms } = rebuilt;
  const covered = coversAllBut(pdf, range, end);
  const [, length = 0, resume = 0, rest = 0] = range ?? [];
  const digest = createHash('sha256')
    .update(pdf.subarray(0, length))
    .update(pdf.subarray(resume, resume + rest))
    .digest();
  const facts =
    cms === null || !covered ? null : checkTimestampToken(cms, { digest, roots: input.timestampRoots, now });
  const padded =
    contents !== null && cms !== null && contents.subarray(cms.length).every((byte) => byte === 0);
  const results: [CheckCode, boolean][] = [
    ['BYTE_RANGE', covered],
    ['TIMESTAMP', facts !== null],
    ['ENCODING', padded && isPlainToken(cms, facts?.path ?? null)],
    ['REVISION', rebuilt.same],
  ];
  if (input.lists !== null) {
    const held =
      facts !== null && notRevoked(facts.path, input.lists, { at: facts.time, until: now, fresh: false });
    results.push(['REVOCATION', held]);
  }
  const checks = results.map(([code, ok]) => ({ code, ok }));
  return {
    field: rebuilt.field,
    time: facts?.time ?? null,
    authority: facts?.authority ?? '',
    checks,
    ok: checks.every(({ ok }) => ok),
    path: facts?.path ?? [],
  };
}
