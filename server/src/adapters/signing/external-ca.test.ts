import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateService } from '../../../../tests/fakes/certificate-service.ts';
import { createCertificateRequest, generateSigningKey } from '../../contract/signing-client.ts';
import type { CertificateSubject } from '../../ports/signing.ts';
import { externalCa } from './external-ca.ts';
import { openSigning } from './open-signing.ts';
import { COURT, signSample } from './sample-agreement.fixture.ts';

const subject: CertificateSubject = {
  ...COURT,
  caseNumber: '（2025）禾岸人调字第12号',
  personId: '0190c0aa-0000-7000-8000-000000000011',
  name: '陈阿根',
  role: 'party',
  verification: 'ID_CARD_ON_SITE',
  baseSha256: 'ab'.repeat(32),
};
const request = async () => createCertificateRequest(await generateSigningKey());
let dir: string;
let stop: (() => Promise<void>) | null = null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-provider-'));
});
afterEach(async () => {
  await stop?.();
  stop = null;
  await rm(dir, { recursive: true, force: true });
});

type Spoil = NonNullable<Parameters<typeof certificateService>[0]['spoil']>;
async function opened(spoil?: Spoil, token = 'secret') {
  const service = await certificateService({ dir, token: 'secret', ...(spoil ? { spoil } : {}) });
  stop = service.stop;
  const client = externalCa({ url: service.url, token, provider: '某电子认证公司', roots: [service.root] });
  return { service, client };
}

describe('a licensed provider’s service', () => {
  test('certifies the browser’s key with our binding; the same request gets the same certificate', async () => {
    const { client } = await opened();
    const csr = await request();
    const [one, again] = [await client.issue(csr, subject), await client.issue(csr, subject)];
    expect(again.serial).toBe(one.serial);
    expect(one.chain).toHaveLength(1);
    expect((await client.issue(await request(), subject)).serial).not.toBe(one.serial);
  });

  test.each<[string, Spoil | undefined, string, string]>([
    ['with another token', undefined, 'UNAVAILABLE', 'wrong'],
    ['that answers with nonsense', () => ({ certificate: 1 }), 'UNAVAILABLE', 'secret'],
    [
      'whose path leads nowhere',
      ({ certificate }) => ({ certificate, chain: [] }),
      'CERTIFICATE_INVALID',
      'secret',
    ],
  ])('%s gives nothing', async (_, spoil, code, token) => {
    const { client } = await opened(spoil, token);
    await expect(client.issue(await request(), subject)).rejects.toMatchObject({ code });
  });

  test('for another key or person is refused', async () => {
    let first: unknown;
    const { client } = await opened((made) => {
      first ??= made;
      return first;
    });
    await client.issue(await request(), subject);
    await expect(client.issue(await request(), subject)).rejects.toMatchObject({
      code: 'CERTIFICATE_INVALID',
    });
    await expect(client.issue(await request(), { ...subject, name: '周建波' })).rejects.toMatchObject({
      code: 'CERTIFICATE_INVALID',
    });
  });
});

test('an agreement signed with its certificates is archived with its lists and names the weakest: the seal', async () => {
  const { client } = await opened();
  const kit = await openSigning({
    dir: join(dir, 'installation'),
    passphrase: 'p',
    demo: false,
    vouching: { identity: 'LICENSED', provider: '某电子认证公司' },
    certificates: client,
  });
  const { pdf } = await signSample(kit);
  const report = await kit.verify(pdf);
  expect(report.problems).toEqual([]);
  expect(report.verdict).toBe('genuine');
  // The committee's seal still comes from the built-in authority here, and that is what the file says.
  expect(report.vouching).toEqual({ identity: 'BUILT_IN', time: 'INSTALLATION', provider: null });
});
