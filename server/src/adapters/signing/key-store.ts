import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A lasting key of ours with its certificate. */
export type HeldKey = { certificate: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> };
export type FreshKey = { publicKey: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> };

/** Directory of lasting keys: one file a key, holding its encrypted PKCS#8 and its certificate, mode 600. */
export type KeyStore = {
  /** The key of this name; made, with the certificate that `issue` returns, when it does not exist yet. */
  openOrCreate(name: string, issue: (key: FreshKey) => Promise<Uint8Array>): Promise<HeldKey>;
};

/** Opens a key directory. Throws a plain Error when a file cannot be opened with this passphrase. */
export async function openKeyStore({
  dir,
  passphrase,
}: {
  dir: string;
  passphrase: string;
}): Promise<KeyStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return {
    async openOrCreate(name, issue) {
      if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new Error(`bad key name ${name}`);
      const path = join(dir, `${name}.pem`);
      return (await read(path, passphrase)) ?? (await create(path, passphrase, issue));
    },
  };
}

async function read(path: string, passphrase: string): Promise<HeldKey | null> {
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch (cause) {
    throw new Error(`signing key ${path} does not open with this passphrase`, { cause });
  }
  if (!certificate.checkPrivateKey(key)) throw new Error(`signing key ${path} does not fit its certificate`);
  return { certificate: new Uint8Array(certificate.raw), sign: signerOf(key) };
}

async function create(
  path: string,
  passphrase: string,
  issue: (key: FreshKey) => Promise<Uint8Array>,
): Promise<HeldKey> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const held = signerOf(pair.privateKey);
  const certificate = await issue({ publicKey, sign: held });
  const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, `${secret}${toPem(certificate)}`, { mode: 0o600, flush: true });
  try {
    // link refuses to replace: of two starters one wins and the other reads the winner's key.
    await link(temporary, path);
    return { certificate, sign: held };
  } catch (error) {
    const winner = await read(path, passphrase);
    if (winner === null) throw error;
    return winner;
  } finally {
    await rm(temporary, { force: true });
  }
}

function signerOf(key: KeyObject): HeldKey['sign'] {
  return (message) =>
    new Promise((resolve, reject) => {
      sign('sha256', message, { key, dsaEncoding: 'der' }, (error, signature) => {
        if (error) reject(error);
        else resolve(new Uint8Array(signature));
      });
    });
}

/** PEM of a certificate. */
export function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
