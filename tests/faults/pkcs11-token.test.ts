import { execFileSync, spawnSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueX509 } from '../../server/src/adapters/signing/issue-certificate.ts';
import { type FreshKey, openKeyStore, toPem } from '../../server/src/adapters/signing/key-store.ts';
import { openSigning } from '../../server/src/adapters/signing/open-signing.ts';
import { openTokenStore } from '../../server/src/adapters/signing/pkcs11-store.ts';
import { openToken } from '../../server/src/adapters/signing/pkcs11-token.ts';
import { signSample } from '../../server/src/adapters/signing/sample-agreement.fixture.ts';

const module = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/libsofthsm2.so'].find(existsSync) ?? '';
const bound = existsSync('deploy/pkcs11/node_modules/pkcs11js/build/Release/pkcs11.node');
const missing = [
  ...(module && spawnSync('softhsm2-util', ['--version']).status === 0 ? [] : ['SoftHSM (softhsm2)']),
  ...(bound ? [] : ['the binding (npm ci in deploy/pkcs11)']),
];
const title = `keys in a PKCS#11 token${missing.length > 0 ? `: skipped without ${missing.join(' and ')}` : ''}`;

describe.skipIf(missing.length > 0)(title, () => {
  let home: string;
  const option = { module, label: 'tongxi', pin: '246810' };
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tongxi-token-'));
    await mkdir(join(home, 'tokens'));
    process.env.SOFTHSM2_CONF = join(home, 'softhsm2.conf');
    await writeFile(process.env.SOFTHSM2_CONF, `directories.tokendir = ${join(home, 'tokens')}\n`);
    const first = ['--init-token', '--free', '--label', 'tongxi', '--pin', '246810', '--so-pin', '135790'];
    execFileSync('softhsm2-util', first);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  test('a whole agreement is certified, sealed and archived with keys that never leave it', async () => {
    // First of all: once this process is logged in, the library asks for no PIN any more.
    expect(() => openToken({ ...option, pin: '000000' })).toThrow('PKCS11_PIN');
    const dir = join(home, 'signing');
    const kit = await openSigning({ dir, passphrase: 'unused', demo: true, token: option });
    const { pdf } = await signSample(kit);
    const report = await kit.verify(pdf);
    expect([report.verdict, report.problems]).toEqual(['genuine', []]);
    // Nothing but certificates is in files.
    const files = await readdir(dir);
    expect(files).toHaveLength(6);
    expect(files.filter((name) => !name.endsWith('.token.crt'))).toEqual([]);
    // Opened again it is the same authority, with the same keys.
    const again = await openSigning({ dir, passphrase: 'unused', demo: true, token: option });
    expect(again.trustPem()).toBe(kit.trustPem());
    expect((await again.verify((await signSample(again)).pdf)).verdict).toBe('genuine');
  });

  test('a key that waits for its certificate is found again; a foreign certificate is refused', async () => {
    const store = await openTokenStore({ ...option, dir: join(home, 'waiting') });
    const asked = await store.request('court-x', async ({ publicKey }) => publicKey);
    expect(await store.request('court-x', async ({ publicKey }) => publicKey)).toEqual(asked);
    expect(await store.open('court-x')).toBeNull();
    const { certificate } = await openSelfSigned(join(home, 'foreign'));
    await expect(store.install('court-x', toPem(certificate))).rejects.toThrow('not for this key');
    // A start that was killed between key and certificate takes the same key up.
    const held = await store.openOrCreate('court-x', (key) => selfSigned(key));
    expect(new X509Certificate(held.certificate).publicKey.export({ type: 'spki', format: 'der' })).toEqual(
      Buffer.from(asked),
    );
    // A newer certificate for the same key takes its place.
    const newer = await store.request('court-x', (key) => selfSigned(key));
    await store.install('court-x', toPem(newer));
    expect((await store.open('court-x'))?.certificate).toEqual(newer);
    const message = Buffer.from('事实');
    const { publicKey } = new X509Certificate(held.certificate);
    expect(verify('sha256', message, publicKey, await held.sign(message))).toBe(true);
  });

  test('a lost session is opened again; a removed token signs nothing and says so', async () => {
    const dir = join(home, 'lost');
    const store = await openTokenStore({ ...option, dir });
    const held = await store.openOrCreate('timestamp-x', (key) => selfSigned(key));
    const { PKCS11 } = createRequire(resolve('deploy/pkcs11/package.json'))('pkcs11js') as Pkcs11Module;
    const library = new PKCS11();
    library.load(module);
    for (const slot of library.C_GetSlotList(true)) library.C_CloseAllSessions(slot);
    expect(await held.sign(Buffer.from('x'))).toBeInstanceOf(Uint8Array);
    openToken(option).close();
    await expect(held.sign(Buffer.from('x'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const after = await openTokenStore({ ...option, dir });
    expect(await (await after.open('timestamp-x'))?.sign(Buffer.from('x'))).toBeInstanceOf(Uint8Array);
  });

  test('what is wrong is said: label, library, a key that lies in a file already', async () => {
    expect(() => openToken({ ...option, label: 'other' })).toThrow('no token is labelled other');
    expect(() => openToken({ ...option, module: '/nowhere.so' })).toThrow('does not load');
    const dir = join(home, 'mixed');
    await openSelfSigned(dir);
    const store = await openTokenStore({ ...option, dir });
    await expect(store.open('file-key')).rejects.toThrow('in a file');
  });
});

type Library = {
  load(path: string): void;
  C_GetSlotList(present: boolean): Buffer[];
  C_CloseAllSessions(slot: Buffer): void;
};
type Pkcs11Module = { PKCS11: new () => Library };

const selfSigned = (key: FreshKey): Promise<Uint8Array> =>
  issueX509(
    {
      subject: { commonName: '演示', organisation: '演示' },
      publicKey: key.publicKey,
      years: 1,
      usage: { kind: 'authority', pathLength: 0 },
    },
    { certificate: null, sign: key.sign },
  );

const openSelfSigned = async (dir: string) =>
  (await openKeyStore({ dir, passphrase: 'files' })).openOrCreate('file-key', selfSigned);
