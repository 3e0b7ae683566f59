import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../../../../tests/factories/attacks/index.ts';
import { pathToRoot, readTrust } from './certificate-path.ts';
import { issueX509 } from './issue-certificate.ts';
import { toPem } from './key-store.ts';
import { issueFor } from './sample-agreement.fixture.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('a trust file counts by its roots alone: no intermediate, no leaf, no single purpose, no text', async () => {
  const { ca, intermediate, kit, sample } = stage;
  const [signers, times] = [toPem(ca.signerRoot), toPem(ca.timestampRoot)];
  const { issued } = await issueFor(kit, 'party-1', sample.base.sha256);
  expect(readTrust(signers + times)).toEqual({
    signerRoots: [ca.signerRoot],
    timestampRoots: [ca.timestampRoot],
  });
  for (const wrong of [
    toPem(intermediate.certificate) + times,
    signers + times + toPem(issued.certificate),
    signers,
    times,
    'nothing',
    '',
  ]) {
    expect(() => readTrust(wrong)).toThrow();
  }
});

test('a self-signed root with a weak key is refused', async () => {
  const made = async (namedCurve: string) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    const own = async (message: Uint8Array) =>
      new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }));
    return issueX509(
      {
        subject: { organisation: '同席 Tongxi', commonName: '根证书' },
        publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
        years: 5,
        usage: { kind: 'authority', pathLength: 1 },
      },
      { certificate: null, sign: own },
    );
  };
  const times = toPem(stage.ca.timestampRoot);
  expect(readTrust(toPem(await made('P-256')) + times).signerRoots).toHaveLength(1);
  const weak = toPem(await made('prime192v1'));
  expect(() => readTrust(weak + times)).toThrow('not a self-signed root');
});

test('roots serve their own purpose alone, and an issuer never signs as a person', async () => {
  const { ca, intermediate, kit, sample } = stage;
  const { issued } = await issueFor(kit, 'party-1', sample.base.sha256);
  const path = (certificate: Uint8Array, roots: Uint8Array[], purpose: 'signer' | 'timestamp') =>
    pathToRoot({ certificate, enclosed: [intermediate.certificate], roots, purpose, at: [new Date()] });
  expect(path(issued.certificate, [ca.signerRoot], 'signer')).toHaveLength(3);
  expect(path(issued.certificate, [ca.timestampRoot], 'signer')).toBeNull();
  expect(path(issued.certificate, [ca.signerRoot], 'timestamp')).toBeNull();
  const stamp = ca.timestampSigner.certificate;
  expect(path(stamp, [ca.timestampRoot], 'timestamp')).toHaveLength(2);
  expect(path(stamp, [ca.timestampRoot], 'signer')).toBeNull();
  expect(path(stamp, [ca.signerRoot], 'timestamp')).toBeNull();
  expect(path(intermediate.certificate, [ca.signerRoot], 'signer')).toBeNull();
  // An intermediate in the place of a root is no anchor.
  expect(path(issued.certificate, [intermediate.certificate], 'signer')).toBeNull();
});
