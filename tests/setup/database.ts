import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { applyMigrations } from '../../server/src/adapters/postgres/migrate.ts';
import { startPostgres } from '../../server/src/embedded/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server's administration database; `template` is the migrated database to copy. */
    databaseServer: { adminUrl: string; template: string };
  }
}

/** One real PostgreSQL for the run; every test file copies the migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-test-'));
  const postgres = await startPostgres({ dir, password: 'test', fast: true });
  const migrated = postgres.urlOf('tongxi');
  await applyMigrations(migrated, resolve('prisma/migrations'));
  const admin = new pg.Client({ connectionString: postgres.urlOf('postgres') });
  await admin.connect();
  await admin.query('ALTER DATABASE tongxi WITH IS_TEMPLATE true ALLOW_CONNECTIONS false');
  await admin.end();
  project.provide('databaseServer', { adminUrl: postgres.urlOf('postgres'), template: 'tongxi' });
  return async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
