import type { Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

/** The `storage.tidy` job: removes a file that no document, attachment, recording or step of a ceremony of its court names. */
export async function tidyFile(
  deps: Pick<Deps, 'db' | 'storage' | 'log'>,
  { courtId, key }: { courtId: string; key: string },
): Promise<void> {
  const named = await inCourt(
    deps.db,
    courtId,
    async (tx) =>
      (await tx.document.count({ where: { storageKey: key } })) +
      (await tx.attachment.count({ where: { OR: [{ storageKey: key }, { derivativeKey: key }] } })) +
      (await tx.ceremonyStep.count({
        where: {
          OR: ['storageKey', 'inkStorageKey'].map((name) => ({ data: { path: [name], equals: key } })),
        },
      })) +
      (await tx.recordingPart.count({ where: { storageKey: key } })) +
      (await tx.recordingChunk.count({ where: { storageKey: key } })),
  );
  if (named > 0 || !(await deps.storage.exists(key))) return;
  await deps.storage.remove(key);
  deps.log.info({ kind: key.split('/')[1] }, 'a stored file that nothing names was removed');
}
