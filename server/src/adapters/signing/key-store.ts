import {
  createPrivateKey,
  createPublicKey,
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
  /** The key of this name with its certificate; null when there is none. */
  open(name: string): Promise<HeldKey | null>;
  /** Makes (or finds) a key that still waits for its certificate and lets `ask` write the request for it. */
  request(name: string, ask: (key: FreshKey) => Promise<Uint8Array>): Promise<Uint8Array>;
  /** Joins a waiting key with the certificate (PEM) made for it. Throws a plain Error when they do not fit. */
  install(name: string, pem: string): Promise<void>;
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
  const at = (name: string, suffix = '') => {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new Error(`bad key name ${name}`);
    return join(dir, `${name}${suffix}.pem`);
  };
  return {
    async openOrCreate(name, issue) {
      const path = at(name);
      return (await read(path, passphrase)) ?? (await create(path, passphrase, issue));
    },
    open: (name) => read(at(name), passphrase),
    async request(name, ask) {
      const path = at(name, '.waiting');
      let key: KeyObject;
      try {
        key = openKey(await readFile(path, 'utf8'), path, passphrase);
      } catch (error) {
        if (!isMissing(error)) throw error;
        key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
        await writeFile(path, sealKey(key, passphrase), { mode: 0o600, flush: true, flag: 'wx' });
      }
      const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
      return ask({ publicKey: new Uint8Array(publicKey), sign: signerOf(key) });
    },
    async install(name, pem) {
      const path = at(name, '.waiting');
      const certificate = new X509Certificate(pem);
      const held = await read(at(name), passphrase);
      // Installing the same certificate again changes nothing.
      if (held !== null && Buffer.from(held.certificate).equals(certificate.raw)) return;
      const key = openKey(await readFile(path, 'utf8'), path, passphrase);
      if (!certificate.checkPrivateKey(key)) throw new Error(`${name}: the certificate is not for this key`);
      await writeFile(at(name), `${sealKey(key, passphrase)}${toPem(certificate.raw)}`, {
        mode: 0o600,
        flush: true,
      });
      await rm(path);
    },
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const sealKey = (key: KeyObject, passphrase: string) =>
  key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();

function openKey(pem: string, path: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch (cause) {
    throw new Error(`signing key ${path} does not open with this passphrase`, { cause });
  }
}

async function read(path: string, passphrase: string): Promise<HeldKey | null> {
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
  const key = openKey(pem, path, passphrase);
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
  const secret = sealKey(pair.privateKey, passphrase);
  try {
    // Of two starters one wins and the other reads the winner's key.
    await writeOnce(path, `${secret}${toPem(certificate)}`);
    return { certificate, sign: held };
  } catch (error) {
    const winner = await read(path, passphrase);
    if (winner === null) throw error;
    return winner;
  }
}

/** Writes a file of mode 600 whole or not at all. Throws when there is one of this name: link refuses to replace. */
export async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true });
    await link(temporary, path);
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
