import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that a database lacks, in Prisma's own `_prisma_migrations` table, without Prisma's native
 * engine. Idempotent, one at a time per database; `prisma migrate deploy` elsewhere reads the same folder. PostgreSQL
 * runs each script whole or not at all, so one that a killed process left unfinished is taken up again. Returns the
 * names applied now; throws with the migration's name and PostgreSQL's reason.
 */
export async function applyMigrations(databaseUrl: string, migrationsDir: string): Promise<string[]> {
  const { engine, close, scriptError } = await openEngine(databaseUrl);
  const input = { migrationsList: await readMigrations(migrationsDir), filters: noFilters };
  try {
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    const unfinished = scriptError() ? [] : await unfinishedMigrations(databaseUrl);
    if (unfinished.length === 0) throw explain(error, scriptError());
    for (const migrationName of unfinished) await engine.markMigrationRolledBack({ migrationName });
    return await engine.applyMigrations(input).then(
      (result) => result.appliedMigrationNames,
      (again: unknown) => Promise.reject(explain(again, scriptError())),
    );
  } finally {
    await close();
  }
}

async function unfinishedMigrations(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}

function explain(error: unknown, cause: Error | undefined): unknown {
  if (!cause) return error;
  const name = /migration_name="([^"]+)"/.exec(String(error))?.[1];
  return new Error(`Migration ${name ?? ''} failed and left nothing behind: ${cause.message}`, { cause });
}

/** Writes a new migration with what the schema has and the migrations lack. `shadowUrl` is an empty database. */
export async function writeMigration(
  shadowUrl: string,
  schemaDir: string,
  migrationsDir: string,
  name: string,
): Promise<string | null> {
  const { engine, close } = await openEngine(shadowUrl);
  try {
    await applyMigrations(shadowUrl, migrationsDir);
    const names = (await readdir(schemaDir)).filter((file) => file.endsWith('.prisma'));
    const files = await Promise.all(
      names.map(async (file) => ({
        path: join(schemaDir, file),
        content: await readFile(join(schemaDir, file), 'utf8'),
      })),
    );
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: schemaDir }, // that is, the adapter's database
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    if (!stdout || /^-- This is an empty migration/m.test(stdout)) return null;
    const folder = join(migrationsDir, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`);
    await mkdir(folder);
    await writeFile(join(folder, 'migration.sql'), stdout);
    return folder;
  } finally {
    await close();
  }
}

type Engine = {
  engine: SchemaEngine;
  close(): Promise<void>;
  /** What PostgreSQL said when a script failed; the engine loses it. */
  scriptError(): Error | undefined;
};

async function openEngine(databaseUrl: string): Promise<Engine> {
  let scriptError: Error | undefined;
  const adapters: { dispose(): Promise<void> }[] = [];
  const factory = new PrismaPg({ connectionString: databaseUrl });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapters.push(adapter);
    completeAdapter(adapter, (error) => {
      scriptError = error;
    });
    return adapter;
  };
  const engine = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  const close = async () => {
    engine.free();
    for (const adapter of adapters) await adapter.dispose();
  };
  return { engine, close, scriptError: () => scriptError };
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type Inside = {
  client: { query(sql: string): Promise<unknown> };
  performIO(query: unknown): Promise<{ fields: { dataTypeID: number }[] }>;
};
/** PostgreSQL's internal one-byte type, which its catalogs use, and the type of `char(n)`. */
const [CHAR, BPCHAR] = [18, 1042];

/** Two things that the engine needs and the adapter for applications leaves out. */
function completeAdapter(adapter: Adapter, onScriptError: (error: Error) => void): void {
  const inside = adapter as unknown as Inside;
  // The adapter splits scripts at every semicolon, which breaks function bodies; PostgreSQL takes them whole.
  adapter.executeScript = async (script) => {
    await inside.client.query(script).catch((error: Error) => {
      onScriptError(error);
      throw error;
    });
  };
  // Reading the catalogs meets the type "char", which the adapter refuses; the engine wants single characters.
  const [performIO, queryRaw] = [inside.performIO.bind(adapter), adapter.queryRaw.bind(adapter)];
  const characters = new WeakMap<object, number[]>();
  inside.performIO = async (query) => {
    const result = await performIO(query);
    const at = result.fields.flatMap((field, i) => (field.dataTypeID === CHAR ? [i] : []));
    for (const i of at) Object.assign(result.fields[i] ?? {}, { dataTypeID: BPCHAR });
    characters.set(query as object, at);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of characters.get(query) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
}

async function readMigrations(dir: string) {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((e) => e.isDirectory()).map((e) => e.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(dir, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  return {
    baseDir: dir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(dir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
