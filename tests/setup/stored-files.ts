import { tidyFile } from '../../server/src/services/storage/tidy-file.ts';
import type { TestApp } from './test-app.ts';

/** Waits for the jobs that draw and seal: beside the request each may still store a file of its own, named by nothing. */
export const drawn = ({ deps, settle }: Pick<TestApp, 'deps' | 'settle'>): Promise<void> =>
  settle(async () => {
    const busy = await deps.db.$queryRaw<unknown[]>`
      SELECT id FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
        AND (name LIKE 'agreement.%' OR name LIKE 'confirmation.%')`;
    return busy.length === 0;
  });

/** Hears of every file that this application stores from now on. */
export function watchFiles({ deps, court }: Pick<TestApp, 'deps' | 'court'>) {
  const keys: string[] = [];
  const { put } = deps.storage;
  deps.storage.put = async (key, bytes) => {
    keys.push(key);
    await put(key, bytes);
  };
  return {
    keys,
    stop: () => Object.assign(deps.storage, { put }),
    /** The keys for which a job waits that looks whether anything names them, in order of storing. */
    async watched(): Promise<string[]> {
      const jobs = await deps.db.$queryRaw<{ key: string }[]>`
        SELECT data->>'key' AS key FROM pgboss.job WHERE name = 'storage.tidy' AND start_after > created_on`;
      return keys.filter((key) => jobs.some((job) => job.key === key));
    },
    /** Does what those jobs will do; answers with the kinds of what was removed because nothing names it. */
    async tidy(): Promise<string[]> {
      for (const key of keys) await tidyFile(deps, { courtId: court.courtId, key });
      const kept = await Promise.all(keys.map((key) => deps.storage.exists(key)));
      return keys.filter((_, i) => !kept[i]).map((key) => key.split('/')[1] ?? '');
    },
  };
}
