import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckCode, Signing, VerificationReport } from '../../ports/signing.ts';
import { readFields } from './agreement-file.ts';
import { readTrust } from './certificate-path.ts';
import { openPdf } from './pdf-file.ts';
import { FIELDS, MANIFEST, openSample, signSample } from './sample-agreement.fixture.ts';
import { verifyAgreement } from './verify-agreement.ts';

// What every single attack must end with stands in attack-corpus.test.ts.
let kit: Signing;
let close: () => Promise<void>;
let sample: Awaited<ReturnType<typeof signSample>>;

beforeAll(async () => {
  ({ kit, close } = await openSample());
  sample = await signSample(kit);
});
afterAll(() => close());

const codes = (report: VerificationReport) => report.problems.map(({ code }) => code);
const failed = (report: VerificationReport, field: string): CheckCode[] =>
  (report.signatures.find((one) => one.field === field)?.checks ?? [])
    .filter(({ ok }) => !ok)
    .map(({ code }) => code);

describe('a genuine file', () => {
  test('is genuine, a demonstration, with six signatures in order and the last token as effect', async () => {
    const report = await kit.verify(sample.pdf);
    expect(report).toMatchObject({ verdict: 'genuine', demo: true, problems: [] });
    expect(report.signatures.map(({ field, role, name: who }) => [field, role, who])).toEqual([
      ['platform', 'platform', '鄞州区人民法院'],
      ...FIELDS.map((one) => [one.name, one.role, one.signerName]),
    ]);
    expect(report.effectiveAt).toEqual(report.signatures.at(-1)?.time);
    expect(report.baseSha256).toBe(sample.base.sha256);
    expect(report.manifest).toMatchObject({ ...MANIFEST, format: 2, demo: true });
    expect(report.signatures[1]).toMatchObject({ verification: 'ID_CARD_ON_SITE', ok: true });
    expect(report.signatures[1]?.certificate).toContain('演示 无法律效力');
  });

  test('keeps its drawing untouched and carries no NeedAppearances', () => {
    const text = Buffer.from(sample.pdf).toString('latin1');
    expect(text).not.toContain('NeedAppearances');
    expect([...readFields(openPdf(sample.pdf)).keys()]).toEqual([
      'platform',
      ...FIELDS.map((one) => one.name),
      'archive',
    ]);
  });

  test.each([1, 2])('of format %i stays genuine, whatever becomes of the writer', async (format) => {
    const fixture = new URL(`../../../../tests/fixtures/signing/format-${format}`, import.meta.url);
    const trust = readTrust(await readFile(`${fixture.pathname}.trust.pem`, 'utf8'));
    const pdf = await readFile(`${fixture.pathname}.pdf`);
    const shortlyAfter = new Date('2026-12-01T00:00:00Z');
    expect(verifyAgreement(pdf, trust, shortlyAfter)).toMatchObject({ verdict: 'genuine', problems: [] });
  });

  test('is unknown to whoever trusts other roots', async () => {
    const other = await openSample();
    expect(await other.kit.verify(sample.pdf)).toMatchObject({
      verdict: 'unknown',
      problems: [{ code: 'NOT_OURS' }],
    });
    await other.close();
  });

  test('is not believed when the two roots change places', () => {
    const { signerRoots, timestampRoots } = readTrust(kit.trustPem());
    const report = verifyAgreement(sample.pdf, { signerRoots: timestampRoots, timestampRoots: signerRoots });
    expect(report.verdict).toBe('unknown');
    const lax = verifyAgreement(sample.pdf, { signerRoots, timestampRoots: signerRoots });
    expect(lax.verdict).toBe('changed');
    expect(failed(lax, 'committee')).toContain('TIMESTAMP');
  });

  test('does not count tokens for longer than their authority lives', () => {
    const later = new Date(Date.now() + 16 * 366 * 86_400_000);
    const report = verifyAgreement(sample.pdf, readTrust(kit.trustPem()), later);
    expect(report.verdict).toBe('changed');
    expect(codes(report)).toContain('ARCHIVE');
    expect(failed(report, 'committee')).toContain('TIMESTAMP');
  });
});

describe('other files', () => {
  test('every state before the seal is incomplete and names what is missing', async () => {
    for (const [index, head] of sample.heads.slice(0, FIELDS.length).entries()) {
      const report = await kit.verify(head);
      expect(report.verdict).toBe('incomplete');
      expect(report.effectiveAt).toBeNull();
      expect(report.problems.map(({ field }) => field)).toEqual(FIELDS.slice(index).map((one) => one.name));
    }
    const unsealed = await kit.verify(sample.unsealed);
    expect(codes(unsealed)).toEqual(['SEAL_MISSING']);
  });

  test('a changed base is not quoted', async () => {
    const changed = Buffer.from(sample.pdf);
    changed[400] = (changed[400] ?? 0) ^ 1;
    const report = await kit.verify(changed);
    expect(report).toMatchObject({ verdict: 'changed', demo: true, manifest: null, baseSha256: null });
  });

  test('every byte of the last signature value, its padding and its trailer counts', async () => {
    const from = sample.unsealed.length + 36_000;
    for (let at = from; at < sample.pdf.length; at += 61) {
      const changed = Buffer.from(sample.pdf);
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      expect((await kit.verify(changed)).verdict, `offset ${at}`).toBe('changed');
    }
  });
});

test('a stranger’s file of many sections, each read again as a file of its own, does not hold the verifier', () => {
  const entries = 15_000;
  const table = `xref\n0 ${entries}\n${'0000000000 65535 f \n0000000009 00000 n \n'}${'0000000000 65535 f \n'.repeat(entries - 2)}`;
  const parts = ['%PDF-1.7\n', '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n'];
  let at = parts.join('').length;
  let before = '';
  for (let section = 0; section < 60; section += 1) {
    const text = `${table}trailer\n<</Size ${entries}/Root 1 0 R${before}>>\nstartxref\n${at}\n%%EOF\n`;
    before = `/Prev ${at}`;
    at += text.length;
    parts.push(text);
  }
  const started = process.cpuUsage();
  const report = verifyAgreement(Buffer.from(parts.join(''), 'latin1'), readTrust(kit.trustPem()));
  expect(report.verdict).toBe('unknown');
  // Microseconds of processor time: read sixty times over, this file took ten million.
  expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
});
