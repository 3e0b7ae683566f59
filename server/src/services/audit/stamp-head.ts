import { createHash } from 'node:crypto';
import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/** What a stamp covers: the court, the link's number and its hash, which covers every link before it. */
export const stampDigest = (courtId: string, seq: bigint, hash: string): Buffer =>
  createHash('sha256').update(`${courtId}\n${seq}\n${hash}`).digest();

/**
 * Time-stamps the newest link of a court's audit chain (RFC 3161), at every seal and hourly. A head that has its stamp
 * needs no second one. TIMESTAMP_UNAVAILABLE, TIME_UNTRUSTED.
 */
export async function stampAuditHead(
  deps: Pick<Deps, 'db' | 'signing'>,
  courtId: string,
  reason: 'SEAL' | 'HOURLY',
): Promise<void> {
  const head = await inCourt(deps.db, courtId, async (tx) => {
    const found = await tx.auditHead.findFirst();
    if (!found || found.seq === 0n) return null;
    return (await tx.auditStamp.count({ where: { seq: found.seq } })) > 0 ? null : found;
  });
  if (head === null) return;
  const { token, time, authority } = await deps.signing.stampDigest(
    stampDigest(courtId, head.seq, head.hash),
  );
  await inCourt(deps.db, courtId, (tx) =>
    tx.auditStamp.createMany({
      data: { courtId, seq: head.seq, hash: head.hash, reason, token: Buffer.from(token), time, authority },
      // Another run was faster: one stamp of a link is enough.
      skipDuplicates: true,
    }),
  );
}

/** Every court's head; a court whose stamp fails does not keep the others from theirs. */
export async function stampAuditHeads(deps: Pick<Deps, 'db' | 'signing'>): Promise<void> {
  const { identity } = deps.signing.vouching;
  if (identity === 'UNCHOSEN' || identity === 'PAPER') return;
  const courts = await deps.db.court.findMany({ select: { id: true } });
  const done = await Promise.allSettled(courts.map(({ id }) => stampAuditHead(deps, id, 'HOURLY')));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
