import { generateKeyPairSync, sign, webcrypto, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bits, copy, integer, oid, sequence, tagged } from '../../contract/der.ts';
import {
  createCertificateRequest,
  generateSigningKey,
  OID_ECDSA_SHA256,
} from '../../contract/signing-client.ts';
import { bindingOf, leadsToRoot, readTrust } from './certificate-path.ts';
import { openCa } from './open-ca.ts';
import { COMMITTEE, COURT } from './sample-agreement.fixture.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-ca-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = (changes = {}) => openCa({ dir, passphrase: 'p', demo: true, ...changes });
const subject = {
  ...COURT,
  caseNumber: '（2025）禾岸人调字第12号',
  personId: '0190c0aa-0000-7000-8000-000000000011',
  name: '陈阿根',
  role: 'party',
  verification: 'ID_CARD_ON_SITE',
  baseSha256: 'ab'.repeat(32),
} as const;
const request = async () => createCertificateRequest(await generateSigningKey());

describe('the authority', () => {
  test('makes two separate self-signed roots and keeps all keys encrypted, mode 600', async () => {
    const ca = await open();
    const { signerRoots, timestampRoots } = readTrust(ca.trustPem());
    expect([signerRoots, timestampRoots].map((roots) => roots.length)).toEqual([1, 1]);
    for (const der of [ca.signerRoot, ca.timestampRoot]) {
      const root = new X509Certificate(der);
      expect(root.ca && root.verify(root.publicKey)).toBe(true);
      expect(root.subject).toContain('演示 无法律效力');
    }
    for (const file of await readdir(dir)) {
      expect(await readFile(join(dir, file), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
      expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
    }
  });

  test('opens again with the same keys, also when two start at once', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    const three = await open();
    expect(Buffer.from(one.signerRoot).equals(two.signerRoot)).toBe(true);
    expect(Buffer.from(one.signerRoot).equals(three.signerRoot)).toBe(true);
    const [seal, again] = [await one.committeeSigner(COMMITTEE), await three.committeeSigner(COMMITTEE)];
    expect(Buffer.from(seal.certificate).equals(again.certificate)).toBe(true);
  });

  test('refuses a wrong passphrase and a directory of the other kind', async () => {
    await open();
    await expect(open({ passphrase: 'q' })).rejects.toThrow('does not open');
    await expect(open({ demo: false })).rejects.toThrow('demonstration');
  });

  test('an online root outside a demonstration bears no mark', async () => {
    const ca = await open({ demo: false });
    expect(new X509Certificate(ca.signerRoot).subject).not.toContain('演示');
  });
});

describe('a one-time certificate', () => {
  test('names person, role, court, case and base, and lives at least three years', async () => {
    const ca = await open({ publicUrl: 'http://localhost:3000' });
    const issued = await ca.issueCertificate(await request(), subject);
    expect(bindingOf(issued.certificate)).toEqual(subject);
    const read = new X509Certificate(issued.certificate);
    expect(read.subject).toContain('CN=陈阿根');
    expect(read.ca).toBe(false);
    expect(issued.notAfter.getTime() - Date.now()).toBeGreaterThan(3 * 365 * 86_400_000);
    expect(issued.serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    const extensions = Certificate.fromBER(copy(issued.certificate)).extensions ?? [];
    expect(extensions.find(({ extnID }) => extnID === '2.5.29.31')).toBeDefined();
    expect(read.infoAccess).toBe(
      `OCSP - URI:http://localhost:3000/pki/court-${COURT.courtId}/ocsp\nCA Issuers - URI:http://localhost:3000/pki/court-${COURT.courtId}.cer`,
    );
    const policies = extensions.find(({ extnID }) => extnID === '2.5.29.32');
    expect(Buffer.from(policies?.extnValue.valueBlock.valueHexView ?? []).toString('utf8')).toContain(
      '演示证书，无法律效力',
    );
    expect(extensions.find(({ extnID }) => extnID === '2.5.29.15')?.critical).toBe(true);
  });

  test('leads to the signer root, and only for signing', async () => {
    const ca = await open();
    const { certificate, chain } = await ca.issueCertificate(await request(), subject);
    const path = { certificate, enclosed: chain, at: [new Date()] };
    expect(leadsToRoot({ ...path, roots: [ca.signerRoot], purpose: 'signer' })).toBe(true);
    expect(leadsToRoot({ ...path, roots: [ca.signerRoot], purpose: 'timestamp' })).toBe(false);
    expect(leadsToRoot({ ...path, roots: [ca.timestampRoot], purpose: 'signer' })).toBe(false);
    expect(leadsToRoot({ ...path, enclosed: [], roots: [ca.signerRoot], purpose: 'signer' })).toBe(false);
    expect(leadsToRoot({ ...path, roots: chain, purpose: 'signer' })).toBe(false);
    const late = { ...path, at: [new Date(Date.now() + 6 * 366 * 86_400_000)] };
    expect(leadsToRoot({ ...late, roots: [ca.signerRoot], purpose: 'signer' })).toBe(false);
  });

  test('cannot issue further certificates', async () => {
    const ca = await open();
    const seal = await ca.committeeSigner(COMMITTEE);
    const { certificate } = await ca.issueCertificate(await request(), subject);
    const enclosed = [seal.certificate, ...seal.chain];
    expect(
      leadsToRoot({ certificate, enclosed, roots: [seal.certificate], purpose: 'signer', at: [new Date()] }),
    ).toBe(false);
  });

  test.each(['possession', 'curve', 'garbage', 'length'])(
    'is refused for a request with bad %s',
    async (what) => {
      const ca = await open();
      const good = await request();
      const cases: Record<string, Uint8Array> = {
        possession: Buffer.from(good).fill(1, good.length - 4),
        curve: requestOn('P-384'),
        garbage: Buffer.from('3003020100', 'hex'),
        length: Buffer.concat([good, Buffer.from([0])]),
      };
      await expect(ca.issueCertificate(cases[what] ?? good, subject)).rejects.toEqual(
        expect.objectContaining({ code: 'CERTIFICATE_INVALID' }),
      );
    },
  );

  test('needs a key that cannot be taken out of the browser', async () => {
    const keys = await generateSigningKey();
    await expect(webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow();
  });
});

test('a trust file with anything but self-signed roots is refused', async () => {
  const ca = await open();
  const { chain } = await ca.issueCertificate(await request(), subject);
  const pem = new X509Certificate(chain[0] ?? new Uint8Array()).toString();
  expect(() => readTrust(ca.trustPem() + pem)).toThrow('not a self-signed root');
  expect(() => readTrust('')).toThrow('needed');
});

function requestOn(namedCurve: string): Uint8Array {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const info = sequence(integer(0), sequence(), spki, tagged(0));
  const signature = sign('sha256', info, { key: privateKey, dsaEncoding: 'der' });
  return sequence(info, sequence(oid(OID_ECDSA_SHA256)), bits(signature));
}
