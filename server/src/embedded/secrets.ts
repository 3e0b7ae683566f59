import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const makers = {
  databasePassword: () => randomBytes(24).toString('hex'),
  /** Password of the running service's own database login. */
  appDatabasePassword: () => randomBytes(24).toString('hex'),
  livekitKey: () => `tongxi${randomBytes(6).toString('hex')}`,
  livekitSecret: () => randomBytes(32).toString('hex'),
  /** HMAC key of tokens, codes and link secrets, base64. */
  tokenKey: () => randomBytes(32).toString('base64'),
  /** Master key of encrypted fields, base64 (32 bytes). */
  fieldKey: () => randomBytes(32).toString('base64'),
  /** Key of blind indexes, base64 (32 bytes). */
  indexKey: () => randomBytes(32).toString('base64'),
  /** Passphrase of the built-in authority's keys. */
  authorityPassphrase: () => randomBytes(32).toString('base64'),
  /** Key of Web Push (RFC 8292), PKCS #8 in base64. */
  pushKey: () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'der' })
      .toString('base64'),
};

export type Secrets = Record<keyof typeof makers, string>;

/**
 * Secrets of this installation, generated on first start into `secrets.json` (mode 600), never defaulted. One that a
 * later version added is generated on its first start. Throws when the file is there but cannot be read: writing a
 * new one would make what it encrypted unreadable for good.
 */
export async function loadSecrets(dir: string): Promise<Secrets> {
  const file = join(dir, 'secrets.json');
  const kept = await readKept(file);
  const complete = { ...kept } as Secrets;
  for (const name of Object.keys(makers) as (keyof Secrets)[]) complete[name] ||= makers[name]();
  if (kept && Object.keys(makers).every((name) => name in kept)) {
    await chmod(file, 0o600);
    return complete;
  }
  await writeFile(`${file}.new`, JSON.stringify(complete, null, 2), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return complete;
}

/**
 * The secrets that the configuration gives. All four of them: then nothing is generated and nothing written, and what
 * only embedded parts need is empty. Null when none is given; throws when some are missing.
 */
export function givenSecrets(
  config: Pick<Config, 'TOKEN_KEY' | 'FIELD_KEY' | 'INDEX_KEY' | 'AUTHORITY_PASSPHRASE'> &
    Pick<Config, 'DATABASE_URL' | 'DATABASE_APP_URL' | 'LIVEKIT_URL'> &
    Partial<Pick<Config, 'PUSH_KEY'>>,
): Secrets | null {
  const { TOKEN_KEY, FIELD_KEY, INDEX_KEY, AUTHORITY_PASSPHRASE } = config;
  if (!TOKEN_KEY && !FIELD_KEY && !INDEX_KEY && !AUTHORITY_PASSPHRASE) return null;
  if (!TOKEN_KEY || !FIELD_KEY || !INDEX_KEY || !AUTHORITY_PASSPHRASE)
    throw new Error('TOKEN_KEY, FIELD_KEY, INDEX_KEY, AUTHORITY_PASSPHRASE: give all four or none.');
  if (!config.DATABASE_URL || !config.DATABASE_APP_URL || !config.LIVEKIT_URL)
    throw new Error(
      'DATABASE_URL, DATABASE_APP_URL, LIVEKIT_URL: secrets of your own go with servers of your own.',
    );
  return {
    tokenKey: TOKEN_KEY,
    fieldKey: FIELD_KEY,
    indexKey: INDEX_KEY,
    authorityPassphrase: AUTHORITY_PASSPHRASE,
    pushKey: config.PUSH_KEY ?? '',
    databasePassword: '',
    appDatabasePassword: '',
    livekitKey: '',
    livekitSecret: '',
  };
}

async function readKept(file: string): Promise<Partial<Secrets> | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<Secrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(
      `${file} is there but cannot be read. Restore it from a backup: without it the data beside it stay closed.`,
    );
  }
}
