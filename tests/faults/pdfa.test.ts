import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSample, signSample } from '../../server/src/adapters/signing/sample-agreement.fixture.ts';
import { sampleDocuments } from '../factories/documents.ts';
import { openVeraPdf } from '../setup/verapdf.ts';

/** Rules of PDF/A-2a that a signed file may break, each with its reason: at present none. */
const permitted: Record<string, string> = {};
const vera = openVeraPdf();
if (!vera)
  process.stdout.write('veraPDF is not checked: Java or Maven is missing, or Maven reaches no registry.\n');
const dir = await mkdtemp(join(tmpdir(), 'tongxi-pdfa-'));
afterAll(() => rm(dir, { recursive: true }));

test.skipIf(!vera)('every unsigned document is PDF/A-2a by veraPDF', { timeout: 300_000 }, async () => {
  const documents = Object.entries(await sampleDocuments());
  const files = documents.map(([name]) => join(dir, `${name}.pdf`));
  for (const [i, [, bytes]] of documents.entries()) await writeFile(files[i] ?? '', bytes);
  const reports = (await vera?.(files)) ?? [];
  expect(reports).toHaveLength(documents.length);
  expect(reports.filter((r) => Object.keys(r.failed).length > 0)).toEqual([]);
});

test.skipIf(!vera)(
  'a signed file breaks only rules that are permitted by name',
  { timeout: 300_000 },
  async () => {
    const { agreement, application } = await sampleDocuments();
    const sample = await openSample();
    const files: string[] = [];
    for (const [name, drawn] of Object.entries({ agreement, application })) {
      if (!drawn) throw new Error(`no ${name}`);
      files.push(join(dir, `signed-${name}.pdf`));
      await writeFile(files.at(-1) ?? '', (await signSample(sample.kit, undefined, { drawn })).pdf);
    }
    await sample.close();
    const reports = (await vera?.(files)) ?? [];
    expect(reports).toHaveLength(2);
    for (const { failed } of reports)
      expect(Object.keys(failed).filter((rule) => !(rule in permitted))).toEqual([]);
    for (const reason of Object.values<string>(permitted)) expect(reason.length).toBeGreaterThan(20);
  },
);
