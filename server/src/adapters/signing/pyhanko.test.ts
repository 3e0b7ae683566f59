import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { askPyhanko, testWithPyhanko } from '../../../../tests/setup/pyhanko.ts';

const kept = fileURLToPath(new URL('../../../../tests/fixtures/signing/format-', import.meta.url));
const [pdf, trust] = [`${kept}2.pdf`, `${kept}2.trust.pem`];

describe('an independent verifier', () => {
  testWithPyhanko(
    'accepts every signature of a kept agreement with our roots as the only trust',
    async () => {
      const report = await askPyhanko(pdf, trust);
      expect(report).toMatchObject({ ok: true });
      expect(report.signatures.length).toBeGreaterThanOrEqual(6);
      expect(new Set(report.signatures.map((one) => one.field)).size).toBe(report.signatures.length);
    },
  );

  testWithPyhanko('calls it valid for the long term, its three document time stamps too', async () => {
    const report = await askPyhanko(pdf, trust);
    expect(report.signatures.map(({ lta }) => lta)).toEqual(report.signatures.map(() => true));
    expect(report.stamps).toEqual([
      { field: 'archive', ok: true },
      { field: 'archive-2', ok: true },
      { field: 'archive-3', ok: true },
    ]);
  });

  testWithPyhanko('still accepts a file of format 1', async () => {
    expect(await askPyhanko(`${kept}1.pdf`, `${kept}1.trust.pem`)).toMatchObject({ ok: true, stamps: [] });
  });

  testWithPyhanko('refuses it after any byte changed', { timeout: 120_000 }, async () => {
    const { flips } = await askPyhanko(pdf, trust, { flips: 12, seed: 7 });
    expect(flips).toEqual({ tried: 12, accepted: [] });
  });

  testWithPyhanko('refuses it when bytes were added', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tongxi-pdf-'));
    try {
      const longer = join(dir, 'longer.pdf');
      await writeFile(longer, Buffer.concat([await readFile(pdf), Buffer.from('\n%%EOF\n')]));
      expect((await askPyhanko(longer, trust)).ok).toBe(false);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
