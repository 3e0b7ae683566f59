import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allAttacks, openStage, type Stage } from '../factories/attacks/index.ts';
import { type DssReport, openEuDss } from '../setup/eu-dss.ts';
import type { PyhankoReport } from '../setup/pyhanko.ts';
import { REASONS } from './disagreements.ts';
import { docs, tableOf, writeTable } from './verification-table.ts';

/** Two hundred files in two slow verifiers, each of which starts once. */
const MINUTES = 60_000;
const dss = openEuDss();

let stage: Stage;
let dir: string;
let trust: string;
beforeAll(async () => {
  stage = await openStage();
  dir = await mkdtemp(join(tmpdir(), 'tongxi-corpus-'));
  trust = join(dir, 'trust.pem');
  await writeFile(trust, stage.kit.trustPem());
  for (const attack of allAttacks) await writeFile(join(dir, `${attack.name}.pdf`), await attack.make(stage));
}, 5 * MINUTES);
afterAll(async () => {
  await stage.close();
  await rm(dir, { recursive: true });
});

const nameOf = (file: string): string => file.replace(/\.pdf$/, '');

/** What pyHanko accepts: every signature valid for the long term, the newest covering the whole file. */
async function acceptedByPyhanko(): Promise<Map<string, boolean>> {
  const script = join(import.meta.dirname, '..', 'setup', 'pyhanko_check.py');
  const python = process.env.TONGXI_PYHANKO ?? 'python3';
  const { stdout } = await promisify(execFile)(python, [script, dir, trust], { maxBuffer: 1 << 26 });
  const reports = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PyhankoReport & { file: string });
  return new Map(reports.map(({ file, ok }) => [nameOf(file), ok]));
}

/** What EU DSS accepts: TOTAL_PASSED for every signature and PASSED for every time stamp under the strict policy. */
async function acceptedByDss(ask: NonNullable<typeof dss>): Promise<Map<string, boolean>> {
  const files = allAttacks.map(({ name }) => join(dir, `${name}.pdf`));
  const accepted = ({ signatures, stamps }: DssReport) =>
    signatures.length > 0 &&
    signatures.every(({ indication }) => indication === 'TOTAL_PASSED') &&
    stamps.every((indication) => indication === 'PASSED');
  return new Map((await ask(trust, files)).map((report) => [nameOf(report.file), accepted(report)]));
}

test.skipIf(!process.env.TONGXI_PYHANKO || !dss)(
  'pyHanko and EU DSS over the whole corpus: every disagreement with us is explained in docs/verification.md',
  async () => {
    if (!dss) return;
    const [pyhanko, eu] = await Promise.all([acceptedByPyhanko(), acceptedByDss(dss)]);
    expect([pyhanko.get('genuine'), eu.get('genuine')]).toEqual([true, true]);
    const table = tableOf(pyhanko, eu);
    if (process.env.TONGXI_WRITE_DOCS) await writeTable(table);
    expect(table.filter((row) => row.includes('unexplained'))).toEqual([]);
    // The formatter aligns the columns.
    const oneSpace = (text: string) => text.replace(/ +/g, ' ');
    const written = oneSpace(await readFile(docs, 'utf8'));
    expect(table.filter((row) => !written.includes(oneSpace(row)))).toEqual([]);
    for (const reason of Object.values(REASONS)) expect(written).toContain(reason);
  },
  40 * MINUTES,
);
