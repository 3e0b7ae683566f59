import type pg from 'pg';
import type { RawTx, Statements } from '../../ports/statements.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Begins a transaction of this court in one round trip; several statements at once take no parameters. */
function beginIn(courtId: string): string {
  if (!UUID.test(courtId)) throw new Error('not the id of a court');
  return `BEGIN; SELECT set_config('app.court_id', '${courtId}', true)`;
}

/** Plain statements on the same pool as the object mapper, prepared once a connection. */
export function courtStatements(pool: pg.Pool): Statements {
  const names = new Map<TemplateStringsArray, { name: string; text: string }>();
  const prepare = (strings: TemplateStringsArray) => {
    const known = names.get(strings);
    if (known) return known;
    const text = strings.reduce((sql, part, i) => `${sql}$${i}${part}`);
    const made = { name: `w${names.size}`, text };
    names.set(strings, made);
    return made;
  };
  const on = (client: pg.Pool | pg.PoolClient): RawTx => ({
    async $queryRaw<T>(strings: TemplateStringsArray, ...values: unknown[]) {
      const { rows } = await client.query({ ...prepare(strings), values });
      return rows as T;
    },
    async $executeRaw(strings, ...values) {
      const { rowCount } = await client.query({ ...prepare(strings), values });
      return rowCount ?? 0;
    },
  });
  return {
    ...on(pool),
    async inCourt(courtId, work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(beginIn(courtId));
        const result = await work(on(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // A connection that cannot even roll back is not given to anybody else.
        await client.query('ROLLBACK').catch((fault: Error) => {
          broken = fault;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}
