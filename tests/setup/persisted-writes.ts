import type { Deps, Tx } from '../../server/src/services/context.ts';

/** One moment around a persisted write: a transaction that wrote, before and after its commit, or a stored file. */
export const momentNames = ['commit:before', 'commit:after', 'file:before', 'file:after'] as const;
export type Moment = (typeof momentNames)[number];
/** Before or after whatever is persisted next, be it a commit or a file. */
export type Side = 'before' | 'after';

/**
 * Calls `at` around everything that an application persists, whatever code does it: no step of any verb can be
 * forgotten, and nothing in the application knows of it. Transactions that only read are passed over.
 */
export function watchWrites(deps: Deps, at: (moment: Moment) => void): Deps {
  const transaction = deps.db.$transaction.bind(deps.db) as unknown as Run;
  const watched: Run = async (work, options) => {
    let wrote = false;
    const result = await transaction(async (tx) => {
      const answer = await work(tx);
      const [row] = await tx.$queryRaw<{ wrote: boolean }[]>`
        SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote`;
      wrote = row?.wrote ?? false;
      if (wrote) at('commit:before');
      return answer;
    }, options);
    if (wrote) at('commit:after');
    return result;
  };
  const db = new Proxy(deps.db, {
    get: (target, name) => (name === '$transaction' ? watched : Reflect.get(target, name)),
  });
  const { put } = deps.storage;
  return {
    ...deps,
    db,
    storage: {
      ...deps.storage,
      async put(key, bytes) {
        at('file:before');
        await put(key, bytes);
        at('file:after');
      },
    },
  };
}

type Run = (work: (tx: Tx) => Promise<unknown>, options?: object) => Promise<unknown>;
