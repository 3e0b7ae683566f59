import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealedCase } from '../factories/sealed.ts';
import { openEuDss } from '../setup/eu-dss.ts';
import { askPyhanko, testWithPyhanko } from '../setup/pyhanko.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

const dss = openEuDss();
const SIGNERS = 5;

let app: TestApp;
let dir: string;
let file: string;
let trust: string;
beforeAll(async () => {
  app = await testApp();
  const { zhouPhone, at } = await sealedCase(app);
  dir = await mkdtemp(join(tmpdir(), 'tongxi-lta-'));
  [file, trust] = [join(dir, 'agreement.pdf'), join(dir, 'trust.pem')];
  // As a party and a stranger get them: over the service, whose threads made the file.
  await writeFile(file, new Uint8Array(await (await zhouPhone.raw(`${at}/agreement.pdf`)).arrayBuffer()));
  await writeFile(trust, await (await app.anonymous.raw('/api/trust.pem')).text());
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
  await app.stop();
});

testWithPyhanko('the service’s agreement is valid for the long term to pyHanko', async () => {
  const report = await askPyhanko(file, trust);
  expect(report).toMatchObject({ ok: true, stamps: [{ ok: true }] });
  // The platform's certification, two parties, mediator, recorder and committee.
  expect(report.signatures).toHaveLength(SIGNERS + 1);
  for (const one of report.signatures) expect(one).toMatchObject({ bottom_line: true, lta: true });
});

test.skipIf(!dss)(
  'and TOTAL_PASSED at B-LTA to EU DSS under the strict policy, without a warning',
  async () => {
    const [report] = (await dss?.(trust, [file])) ?? [];
    expect(report?.signatures).toHaveLength(SIGNERS + 1);
    for (const one of report?.signatures ?? [])
      expect(one).toMatchObject({
        indication: 'TOTAL_PASSED',
        level: 'PAdES-BASELINE-LTA',
        errors: [],
        warnings: [],
      });
    // A token on each signature and the document's.
    expect(report?.stamps).toEqual(Array(SIGNERS + 2).fill('PASSED'));
  },
);
