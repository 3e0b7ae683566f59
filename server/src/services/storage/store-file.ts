import { randomUUID } from 'node:crypto';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/** When it is looked whether a stored file is named by a row: long after any transaction that could name it has ended. */
const LOOK_AFTER_MS = 3_600_000;

type FileKind =
  | 'agreement'
  | 'record'
  | 'attachment'
  | 'picture'
  | 'paper'
  | 'confirmation'
  | 'notice'
  | 'signer-photo'
  | 'thumbprint'
  | 'witness-ink'
  | 'recording';

/**
 * Stores bytes under a new key (`court/kind/uuid`) that the caller's next transaction names. Before the file, a job is
 * enqueued that removes it when nothing came to name it: after a refused transaction, a lost race, a killed process.
 */
export async function storeFile(
  ctx: Ctx,
  kind: FileKind,
  bytes: Uint8Array,
  extension = '',
  id: string = randomUUID(),
): Promise<string> {
  const { courtId } = ctx.principal;
  const key = `${courtId}/${kind}/${id}${extension}`;
  const startAfter = new Date(Date.now() + LOOK_AFTER_MS);
  await transact(ctx, (tx) => ctx.deps.jobs.enqueue(tx, 'storage.tidy', { courtId, key }, { startAfter }));
  await ctx.deps.storage.put(key, bytes);
  return key;
}
