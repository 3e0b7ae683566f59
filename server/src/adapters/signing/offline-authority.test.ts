import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAuthority } from '../../authority-cli.ts';
import { createCertificateRequest, generateSigningKey } from '../../contract/signing-client.ts';
import type { KnownStatus } from '../../ports/signing.ts';
import { toPem } from './key-store.ts';
import { openCa } from './open-ca.ts';
import { openSigning } from './open-signing.ts';
import { COURT, signSample } from './sample-agreement.fixture.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-offline-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const at = (...parts: string[]) => join(dir, ...parts);
/** The offline machine's and the service's environment. */
const env = () => ({
  ROOT_PASSPHRASE: 'a long passphrase',
  DATA_DIR: at('data'),
  PUBLIC_URL: 'https://court.example',
});
async function command(...args: string[]): Promise<string> {
  let said = '';
  const code = await runAuthority(args, env(), (text) => {
    said += text;
  });
  if (code !== 0) throw new Error(`exit ${code}`);
  return said;
}

/** Roots offline, one court's intermediate and a time-stamp certificate on the service. */
async function setUp(): Promise<void> {
  await command('roots', '--dir', at('vault'));
  await command('request', '--court', COURT.courtId, '--name', COURT.courtName, '--out', at('to-vault'));
  await command('request', '--timestamp', '--out', at('to-vault'));
  for (const file of await readdir(at('to-vault')))
    await command('certify', '--dir', at('vault'), '--request', at('to-vault', file), '--out', at('back'));
  await command('install', '--from', at('back'));
  await command('install', '--from', at('vault'));
}
const passphrase = async () =>
  (JSON.parse(await readFile(at('data', 'secrets.json'), 'utf8')) as { authorityPassphrase: string })
    .authorityPassphrase;
const service = async () => ({
  dir: at('data', 'signing'),
  passphrase: await passphrase(),
  demo: false,
  root: 'offline' as const,
  publicUrl: 'https://court.example',
});

test('a service that never saw a root key signs, seals and archives; both roots differ', async () => {
  await setUp();
  expect((await readdir(at('data', 'signing'))).sort()).toEqual([
    `court-${COURT.courtId}.pem`,
    'signer-root.crl',
    'signer-root.crt',
    'timestamp-root.crl',
    'timestamp-root.crt',
    'timestamp.pem',
  ]);
  const kit = await openSigning({ ...(await service()), vouching: { identity: 'BUILT_IN', provider: null } });
  const { pdf } = await signSample(kit);
  const report = await kit.verify(pdf);
  expect(report.verdict).toBe('genuine');
  expect(report.demo).toBe(false);
  expect(report.vouching).toEqual({ identity: 'BUILT_IN', time: 'INSTALLATION', provider: null });
  await expect(
    kit.status.courtList({ courtId: '0190c0aa-0000-7000-8000-0000000000ff', courtName: '另一法院' }, []),
  ).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { reason: 'court-authority-missing' } });
});

test('a root key on the service, a missing root, another key’s certificate and a stale list are refused', async () => {
  await expect(openCa({ dir: at('empty'), passphrase: 'p', demo: false, root: 'offline' })).rejects.toThrow(
    'not installed',
  );
  await setUp();
  await command('request', '--court', COURT.courtId, '--name', COURT.courtName, '--out', at('second'));
  const file = `court-${COURT.courtId}`;
  await writeFile(at('second', `${file}.crt`), await readFile(at('back', 'timestamp.crt'), 'utf8'));
  await expect(command('install', '--from', at('second'))).rejects.toThrow('not for this key');
  const options = await service();
  await writeFile(
    at('data', 'signing', 'signer-root.crl'),
    await readFile(at('vault', 'timestamp-root.crl')),
  );
  const ca = await openCa(options);
  await expect(ca.rootList('signer')).rejects.toMatchObject({ details: { reason: 'root-list-ran-out' } });
  await openCa({ ...options, dir: at('online'), root: 'online' });
  await writeFile(
    at('data', 'signing', 'signer-root.pem'),
    await readFile(at('online', 'signer-root.pem'), 'utf8'),
  );
  await expect(openCa(options)).rejects.toThrow('stay offline');
});

test('without roots nothing is signed where nobody chose who vouches, and the service still starts', async () => {
  const options = { dir: at('none'), passphrase: 'p', demo: false, root: 'offline' as const };
  const kit = await openSigning({ ...options, vouching: { identity: 'UNCHOSEN', provider: null } });
  await expect(signSample(kit)).rejects.toMatchObject({ code: 'SIGNING_UNCHOSEN' });
  await expect(
    openSigning({ ...options, vouching: { identity: 'BUILT_IN', provider: null } }),
  ).rejects.toThrow('npm run authority');
});

test('OCSP answers are accepted by OpenSSL: good, revoked with its time, unknown, and a nonce that comes back', async () => {
  const ca = await openCa({ dir: at('demo'), passphrase: 'p', demo: true });
  const { answerOcsp } = await import('./ocsp.ts');
  const issuer = await ca.courtAuthority(COURT);
  const subject = {
    ...COURT,
    caseNumber: '1',
    personId: '2',
    name: '3',
    role: 'party',
    verification: '4',
    baseSha256: 'ab'.repeat(32),
  } as const;
  const { certificate, serial } = await ca.issueCertificate(
    await createCertificateRequest(await generateSigningKey()),
    subject,
  );
  await writeFile(at('issuer.pem'), toPem(issuer.certificate));
  await writeFile(at('root.pem'), toPem(ca.signerRoot));
  await writeFile(at('one.pem'), toPem(certificate));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', ['ocsp', ...args], { stdio: 'pipe' }).toString();
  for (const hash of ['-sha1', '-sha256'])
    openssl(hash, '-issuer', at('issuer.pem'), '-cert', at('one.pem'), '-reqout', at(`request${hash}`));
  const asked: string[][] = [];
  const judge = async (hash: string, status: KnownStatus) => {
    const request = new Uint8Array(await readFile(at(`request${hash}`)));
    const answer = await answerOcsp(issuer, request, async (serials) => {
      asked.push(serials);
      return [status];
    });
    await writeFile(at('answer'), answer);
    // The nonce, 18 octets with its header, comes back as it was sent.
    const nonce = /04120410[0-9a-f]{32}/.exec(Buffer.from(request).toString('hex'))?.[0];
    expect(nonce && Buffer.from(answer).toString('hex').includes(nonce)).toBe(true);
    return openssl(
      ...['-respin', at('answer'), '-no_nonce', hash, '-issuer', at('issuer.pem'), '-cert', at('one.pem')],
      ...['-CAfile', at('root.pem'), '-verify_other', at('issuer.pem')],
    );
  };
  expect(await judge('-sha1', { state: 'good' })).toMatch(/: good/);
  expect(await judge('-sha256', { state: 'good' })).toMatch(/: good/);
  const at2026 = new Date('2026-03-04T05:06:07Z');
  expect(await judge('-sha1', { state: 'revoked', at: at2026 })).toMatch(
    /: revoked[\s\S]*Mar {2}4 05:06:07 2026/,
  );
  expect(await judge('-sha1', { state: 'unknown' })).toMatch(/: unknown/);
  expect(asked[0]).toEqual([new X509Certificate(certificate).serialNumber.toLowerCase()]);
  expect(asked[0]).toEqual([serial]);
  const bad = async (bytes: Uint8Array) =>
    Buffer.from(await answerOcsp(issuer, bytes, async () => [])).toString('hex');
  expect(await bad(new Uint8Array(20))).toBe('30030a0101');
  const stranger = await ca.courtAuthority({ ...COURT, courtId: '0190c0aa-0000-7000-8000-0000000000ff' });
  const request = new Uint8Array(await readFile(at('request-sha1')));
  expect(Buffer.from(await answerOcsp(stranger, request, async () => [])).toString('hex')).toBe('30030a0106');
});
