import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Secrets = {
  databasePassword: string;
  livekitKey: string;
  livekitSecret: string;
  /** HMAC key of tokens, codes and link secrets, base64. */
  tokenKey: string;
  /** Master key of encrypted fields, base64 (32 bytes). */
  fieldKey: string;
  /** Key of blind indexes, base64 (32 bytes). */
  indexKey: string;
  /** Passphrase of the built-in authority's keys. */
  authorityPassphrase: string;
};

/** Secrets of this installation, generated on first start into `secrets.json` (mode 600), never defaulted. */
export async function loadSecrets(dir: string): Promise<Secrets> {
  const file = join(dir, 'secrets.json');
  const found = await readFile(file, 'utf8').catch(() => null);
  if (found) return JSON.parse(found) as Secrets;
  const fresh: Secrets = {
    databasePassword: randomBytes(24).toString('hex'),
    livekitKey: `tongxi${randomBytes(6).toString('hex')}`,
    livekitSecret: randomBytes(32).toString('hex'),
    tokenKey: randomBytes(32).toString('base64'),
    fieldKey: randomBytes(32).toString('base64'),
    indexKey: randomBytes(32).toString('base64'),
    authorityPassphrase: randomBytes(32).toString('base64'),
  };
  await writeFile(`${file}.new`, JSON.stringify(fresh, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return fresh;
}
