import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEuDss } from '../setup/eu-dss.ts';

const dss = openEuDss();
const kept = join(import.meta.dirname, '..', 'fixtures', 'signing', 'format-2');

test.skipIf(!dss)(
  'EU DSS passes every signature of a kept agreement at level B-LTA under the strict policy',
  async () => {
    const [report] = (await dss?.(`${kept}.trust.pem`, [`${kept}.pdf`])) ?? [];
    expect(report?.signatures).toHaveLength(6);
    for (const one of report?.signatures ?? []) {
      expect(one).toMatchObject({ indication: 'TOTAL_PASSED', level: 'PAdES-BASELINE-LTA', errors: [] });
      // A demonstration on one machine names no address where its authority could be asked.
      expect(one.warnings.filter((w) => !/^BBB_XCV_(AIA|REVOC)_PRES_ANS/.test(w))).toEqual([]);
    }
  },
);

test('the strict policy fails on every change between revisions', async () => {
  const policy = await readFile(
    join(import.meta.dirname, '..', 'setup', 'eu-dss', 'strict-policy.xml'),
    'utf8',
  );
  const names = [
    'ByteRange',
    'ByteRangeCollision',
    'PdfPageDifference',
    'PdfAnnotationOverlap',
    'PdfVisualDifference',
    'DocMDP',
    'FieldMDP',
    'SigFieldLock',
    'UndefinedChanges',
  ];
  for (const name of names) expect(policy).toContain(`<${name} Level="FAIL" />`);
});
