import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPrivateAddress } from '../private-address.ts';
import { lanAddresses, lanCertificate } from './lan-certificate.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-lan-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** The status of a request that trusts this root only, or the reason of the refusal. */
async function ask(tls: { key: string; cert: string }, ca: string): Promise<number | string | undefined> {
  const server = createServer(tls, (_, answer) => answer.end('hello'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const result = await new Promise<number | string | undefined>((done) => {
    get({ host: '127.0.0.1', port, ca, agent: false }, (answer) => done(answer.resume().statusCode)).on(
      'error',
      (error) => done(error.message),
    );
  });
  server.close();
  return result;
}

describe('certificate for the local network', () => {
  test('is trusted through its root alone, and not through another installation’s', async () => {
    const tls = await lanCertificate(dir, ['192.168.1.5']);
    expect(await ask(tls, await readFile(tls.rootFile, 'utf8'))).toBe(200);
    const other = await lanCertificate(join(dir, 'other'), ['192.168.1.5']);
    expect(await ask(tls, await readFile(other.rootFile, 'utf8'))).not.toBe(200);
  });

  test('root and leaf stay while the addresses stay; the root also when they change', async () => {
    const first = await lanCertificate(dir, ['192.168.1.5']);
    const again = await lanCertificate(dir, ['192.168.1.5']);
    const moved = await lanCertificate(dir, ['192.168.1.6']);
    expect(again).toEqual(first);
    expect(moved.fingerprint).toBe(first.fingerprint);
    expect(moved.cert).not.toBe(first.cert);
    expect(first.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('the root may not speak for a public address', async () => {
    const { cert, key, rootFile } = await lanCertificate(dir, ['8.8.8.8']);
    expect(await ask({ cert, key }, await readFile(rootFile, 'utf8'))).toMatch(/permitted subtree violation/);
  });

  test('keys are readable by the owner only', async () => {
    await lanCertificate(dir, ['10.0.0.2']);
    for (const name of ['root.key', 'leaf.key'])
      expect((await stat(join(dir, 'lan', name))).mode & 0o077, name).toBe(0);
  });

  test('addresses of this machine are private ones', () => {
    for (const address of lanAddresses()) expect(isPrivateAddress(address), address).toBe(true);
  });
});
