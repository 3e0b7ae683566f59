import { createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FreshKey, type HeldKey, type KeyStore, toPem, writeOnce } from './key-store.ts';
import { openToken, type TokenOptions } from './pkcs11-token.ts';

/**
 * Lasting keys in a PKCS#11 token or HSM, their certificates (public) as files in `dir`. A key without a certificate
 * waits for one: a start that was killed in between, or a request on its way to the offline root. Throws a plain Error
 * when the token does not open, or when a key of this name lies in a file already: the two are never mixed.
 */
export async function openTokenStore(
  options: TokenOptions & { dir: string },
): Promise<KeyStore & { close(): void }> {
  const { dir } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const token = openToken(options);
  const at = (name: string) => {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new Error(`bad key name ${name}`);
    if (existsSync(join(dir, `${name}.pem`)))
      throw new Error(`${dir} holds the key ${name} in a file: PKCS11_MODULE needs a fresh folder of keys`);
    return join(dir, `${name}.token.crt`);
  };
  const make = async (name: string) => (await token.find(name)) ?? token.generate(name);
  async function open(name: string): Promise<HeldKey | null> {
    const path = at(name);
    if (!existsSync(path)) return null;
    const certificate = new X509Certificate(await readFile(path, 'utf8'));
    const key = await token.find(name);
    if (key === null) throw new Error(`the token holds no key ${name}, but ${path} is its certificate`);
    return held(name, certificate, key);
  }
  return {
    open,
    async openOrCreate(name, issue) {
      const known = await open(name);
      if (known !== null) return known;
      const key = await make(name);
      const certificate = await issue(key);
      await writeOnce(at(name), toPem(certificate));
      return held(name, new X509Certificate(certificate), key);
    },
    async request(name, ask) {
      at(name);
      return ask(await make(name));
    },
    async install(name, pem) {
      const certificate = new X509Certificate(pem);
      const key = await token.find(name);
      if (key === null) throw new Error(`the token holds no key ${name}`);
      held(name, certificate, key);
      // A newer certificate for the same key takes the place of the one that runs out.
      const path = at(name);
      await writeFile(`${path}.new`, toPem(new Uint8Array(certificate.raw)), { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    },
    close: () => token.close(),
  };
}

function held(name: string, certificate: X509Certificate, { publicKey, sign }: FreshKey): HeldKey {
  const own = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  if (!certificate.publicKey.equals(own)) throw new Error(`${name}: the certificate is not for this key`);
  return { certificate: new Uint8Array(certificate.raw), sign };
}
