import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { makeAppLogin } from '../../server/src/adapters/postgres/app-login.ts';
import { openJobQueue } from '../../server/src/adapters/postgres/job-queue.ts';
import { applyMigrations } from '../../server/src/adapters/postgres/migrate.ts';
import { type EmbeddedPostgres, startPostgres } from '../../server/src/embedded/postgres.ts';
import { endGroup, isAlive, type ProcessRecord, startTimeOf } from '../../server/src/embedded/processes.ts';

/** URLs of the server's administration database, as owner and as the service's own login; `template` is the migrated database to copy. */
export type DatabaseServer = { adminUrl: string; appUrl: string; template: string };

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer;
  }
}

const PREFIX = 'tongxi-test-';

/** One real PostgreSQL for the run; every test file copies the migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await clearKilledRuns();
  const dir = await mkdtemp(join(tmpdir(), PREFIX));
  const owner: ProcessRecord = { pid: process.pid, started: startTimeOf(process.pid) };
  await writeFile(join(dir, 'owner'), JSON.stringify(owner));
  const stops: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const postgres = await startPostgres({ dir, password: 'test', fast: true });
    stops.push(() => postgres.stop());
    project.provide('databaseServer', await withTemplate(postgres));
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Migrates the server's database, job queue included, and closes it, so that it can be copied. */
export async function withTemplate(postgres: EmbeddedPostgres): Promise<DatabaseServer> {
  await applyMigrations(postgres.url, resolve('prisma/migrations'));
  const adminUrl = postgres.urlOf('postgres');
  const appUrl = await makeAppLogin(adminUrl, 'test');
  await (await openJobQueue(postgres.url, pino({ level: 'silent' }))).stop();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('ALTER DATABASE tongxi WITH IS_TEMPLATE true ALLOW_CONNECTIONS false');
  await admin.end();
  return { adminUrl, appUrl, template: 'tongxi' };
}

/** A run that was killed could not stop its database: the next one does, and removes its folder. */
async function clearKilledRuns(): Promise<void> {
  const read = async (path: string) => {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return JSON.parse(text || '{}') as Partial<ProcessRecord>;
  };
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dir = join(tmpdir(), name);
    const { pid, started } = await read(join(dir, 'owner'));
    if (!pid || !started || isAlive({ pid, started })) continue;
    const postgres = await read(join(dir, 'postgres.pid'));
    if (postgres.pid && postgres.started && isAlive({ pid: postgres.pid, started: postgres.started }))
      await endGroup(postgres.pid, 'SIGINT');
    await rm(dir, { recursive: true, force: true });
  }
}
