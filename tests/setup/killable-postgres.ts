import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../server/src/embedded/postgres.ts';
import { type DatabaseServer, withTemplate } from './database.ts';

export type KillablePostgres = {
  server: DatabaseServer;
  /** Its process group now. */
  pid(): number;
  /** Waits until another process than that one answers. */
  untilBack(killed: number): Promise<void>;
  stop(): Promise<void>;
};

const BACK_MS = 30_000;

/** The service's own embedded PostgreSQL with its real settings (it keeps what it commits), in a folder of its own. */
export async function killablePostgres(): Promise<KillablePostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-killable-'));
  const postgres = await startPostgres({ dir, password: 'test' });
  const answers = async () => {
    const client = new pg.Client({ connectionString: postgres.urlOf('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('SELECT 1').finally(() => client.end());
  };
  const pid = () => postgres.pid() ?? 0;
  return {
    server: await withTemplate(postgres),
    pid,
    async untilBack(killed) {
      const end = Date.now() + BACK_MS;
      for (;;) {
        const back =
          pid() !== killed &&
          (await answers().then(
            () => true,
            () => false,
          ));
        if (back) return;
        if (Date.now() > end) throw new Error('PostgreSQL does not come back');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
