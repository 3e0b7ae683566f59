import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sm2Signer, sm3Hex, verifySm2Evidence } from './sm2-evidence.ts';

const court = { courtId: '0190c0aa-0000-7000-8000-000000000001', courtName: '鄞州区人民法院' };
const pdf = new TextEncoder().encode('%PDF-1.7 一份协议');
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-sm2-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const signer = (passphrase = 'p') => sm2Signer({ dir: join(dir, 'keys'), passphrase });
const statement = JSON.stringify({ caseNumber: '（2026）禾岸人调字第12号', documentSm3: sm3Hex(pdf) });

test('SM3 is the standard’s: its own example, and OpenSSL', async () => {
  expect(sm3Hex(new TextEncoder().encode('abc'))).toBe(
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
  );
  await writeFile(join(dir, 'file.pdf'), pdf);
  expect(execFileSync('openssl', ['dgst', '-sm3', join(dir, 'file.pdf')]).toString()).toContain(sm3Hex(pdf));
});

test('the evidence holds by our verifier and by OpenSSL; the key is kept encrypted and stays the same', async () => {
  const evidence = await signer().sign(court, statement);
  const publicKeyPem = await signer().publicKeyPem(court);
  expect(verifySm2Evidence(JSON.stringify(evidence), { pdf, publicKeyPem })).toMatchObject({
    documentSm3: sm3Hex(pdf),
  });
  await writeFile(join(dir, 'statement'), evidence.statement);
  await writeFile(join(dir, 'signature'), Buffer.from(evidence.signature, 'base64'));
  await writeFile(join(dir, 'key.pem'), publicKeyPem);
  const openssl = (file: string) =>
    execFileSync(
      'openssl',
      [
        ...['dgst', '-sm3', '-sigopt', 'distid:1234567812345678', '-verify', join(dir, 'key.pem')],
        ...['-signature', join(dir, 'signature'), join(dir, file)],
      ],
      { stdio: 'pipe' },
    ).toString();
  expect(openssl('statement')).toContain('Verified OK');
  await writeFile(join(dir, 'other'), `${evidence.statement} `);
  expect(() => openssl('other')).toThrow();
  const [file = ''] = await readdir(join(dir, 'keys'));
  expect(await readFile(join(dir, 'keys', file), 'utf8')).not.toContain('privateKey');
  await expect(signer('q').publicKeyPem(court)).rejects.toThrow();
});

test('another file, statement, signature or key, a missing field and garbage are refused', async () => {
  const evidence = await signer().sign(court, statement);
  const publicKeyPem = await signer().publicKeyPem(court);
  const other = { ...court, courtId: '0190c0aa-0000-7000-8000-000000000002' };
  const good = { pdf, publicKeyPem };
  const changed = (value: object) => JSON.stringify({ ...evidence, ...value });
  expect(verifySm2Evidence(changed({}), good)).not.toBeNull();
  for (const [json, options] of [
    [changed({}), { ...good, pdf: new Uint8Array(3) }],
    [changed({}), { ...good, publicKeyPem: await signer().publicKeyPem(other) }],
    [changed({ statement: statement.replace('12', '13') }), good],
    [changed({ signature: evidence.signature.replace(/^M/, 'N') }), good],
    [changed({ signerId: 'someone' }), good],
    [JSON.stringify(await signer().sign(other, statement)), good],
    ['{}', good],
  ] as const)
    expect(verifySm2Evidence(json, options)).toBeNull();
});
