import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openFieldCipher } from './adapters/keys/field-cipher.ts';
import { openDatabase, openPool } from './adapters/postgres/client.ts';
import { type Config, readConfig } from './config.ts';
import { takeDataDir } from './embedded/data-dir.ts';
import { startPostgres } from './embedded/postgres.ts';
import { givenSecrets, loadSecrets } from './embedded/secrets.ts';

/**
 * Runs an operator's command on this installation's database: the embedded one (the service must be stopped) or
 * DATABASE_URL's. Prints faults and ends the process, with 1 when the command threw or answered `false`.
 */
export async function runOnDatabase(
  command: (tools: {
    db: ReturnType<typeof openDatabase>;
    cipher: ReturnType<typeof openFieldCipher>;
    tokenKey: Buffer;
    config: Config;
    /** Absolute path of the data folder. */
    dir: string;
    /** Of the signing keys in it. */
    authorityPassphrase: string;
    secretsFile: string;
  }) => Promise<boolean>,
): Promise<never> {
  const { config, faults } = readConfig(process.env, []);
  if (faults.length > 0) {
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    process.exit(1);
  }
  const cleanups: (() => Promise<unknown>)[] = [];
  let fine = false;
  try {
    requireFolder(config);
    const data = config.DATABASE_URL
      ? { dir: resolve(config.DATA_DIR), release: async () => undefined }
      : await takeDataDir(config.DATA_DIR);
    cleanups.push(() => data.release());
    const secrets = givenSecrets(config) ?? (await loadSecrets(data.dir));
    let url = config.DATABASE_URL;
    if (!url) {
      const postgres = await startPostgres({ dir: data.dir, password: secrets.databasePassword });
      cleanups.push(() => postgres.stop());
      url = postgres.url;
    }
    await requireTables(url, config.DATABASE_URL ? 'DATABASE_URL' : data.dir);
    const db = openDatabase(openPool(url, 2, 'tongxi_app'));
    cleanups.push(() => db.$disconnect());
    const cipher = openFieldCipher({
      current: 'k1',
      master: { k1: Buffer.from(secrets.fieldKey, 'base64') },
      indexKey: Buffer.from(secrets.indexKey, 'base64'),
    });
    const tokenKey = Buffer.from(secrets.tokenKey, 'base64');
    fine = await command({
      db,
      cipher,
      tokenKey,
      config,
      dir: data.dir,
      authorityPassphrase: secrets.authorityPassphrase,
      secretsFile: join(data.dir, 'secrets.json'),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    for (const clean of cleanups.reverse()) await clean();
  }
  process.exit(fine ? 0 : 1);
}

/** Looks before anything is made: an operator's command reads an installation and never begins one. */
function requireFolder(config: Config): void {
  const dir = resolve(config.DATA_DIR);
  if (!config.DATABASE_URL && !existsSync(join(dir, 'postgres', 'PG_VERSION')))
    throw new Error(nothingIn(dir));
  if (!givenSecrets(config) && !existsSync(join(dir, 'secrets.json')))
    throw new Error(
      `${join(dir, 'secrets.json')} is not there: give DATA_DIR or the secrets of this installation.`,
    );
}

/** A first start that was broken off leaves a database without tables. */
async function requireTables(url: string, where: string): Promise<void> {
  const pool = openPool(url, 1);
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('public."SystemFlag"') IS NOT NULL AS there`,
    );
    if (!rows[0]?.there) throw new Error(nothingIn(where));
  } finally {
    await pool.end();
  }
}

const nothingIn = (where: string): string =>
  `还没有任何数据：请先启动一次服务（npm start）。Nothing is there yet in ${where}: start the service once (npm start), or set DATA_DIR or DATABASE_URL to the installation that is meant.`;
