import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { applyMigrations, writeMigration } from '../../server/src/adapters/postgres/migrate.ts';

const ours = resolve('prisma/migrations');
let dir: string;
let name: string;
let admin: pg.Client;
let client: pg.Client;
let url: string;

beforeEach(async () => {
  const { adminUrl } = inject('databaseServer');
  dir = await mkdtemp(join(tmpdir(), 'tongxi-migrations-'));
  await cp(ours, dir, { recursive: true });
  name = `t${randomUUID().replaceAll('-', '')}`;
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  url = adminUrl.replace(/[^/]+$/, name);
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
  await rm(dir, { recursive: true, force: true });
});

async function add(folder: string, sql: string): Promise<void> {
  await mkdir(join(dir, folder), { recursive: true });
  await writeFile(join(dir, folder, 'migration.sql'), sql);
}
const exists = async (table: string) =>
  (await client.query('SELECT to_regclass($1) IS NOT NULL AS yes', [table])).rows[0].yes as boolean;

describe('migrations', () => {
  test('three starts at once apply each exactly once, and later ones nothing', async () => {
    const results = await Promise.all([1, 2, 3].map(() => applyMigrations(url, dir)));
    const applied = results.flat();
    expect(applied.length).toBeGreaterThanOrEqual(2);
    expect(new Set(applied).size).toBe(applied.length);
    expect(await applyMigrations(url, dir)).toEqual([]);
  });

  test('a failing one leaves nothing behind, says why, and applies once it is mended', async () => {
    await add('29990101000000_bad', 'CREATE TABLE half (id int);\nCREATE TABEL oops;');
    const fault = /29990101000000_bad failed.*syntax error at or near "TABEL"/;
    await expect(applyMigrations(url, dir)).rejects.toThrow(fault);
    await expect(applyMigrations(url, dir)).rejects.toThrow(fault);
    expect(await exists('half')).toBe(false);
    await add('29990101000000_bad', 'CREATE TABLE half (id int);');
    expect(await applyMigrations(url, dir)).toEqual(['29990101000000_bad']);
    expect(await exists('half')).toBe(true);
  });

  test('one that a killed process left unfinished is taken up again', async () => {
    await applyMigrations(url, dir);
    await add('29990101000000_late', 'CREATE TABLE late (id int);');
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('k', 'x', '29990101000000_late')",
    );
    expect(await applyMigrations(url, dir)).toEqual(['29990101000000_late']);
    expect(await exists('late')).toBe(true);
  });

  test('hold everything that the schema has', async () => {
    expect(await writeMigration(url, resolve('prisma/schema'), dir, 'nothing')).toBeNull();
  });
});
