import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readTrust } from '../../server/src/adapters/signing/certificate-path.ts';
import { verifyAgreement } from '../../server/src/adapters/signing/verify-agreement.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';

const ROUNDS = 25;
const PYHANKO_ROUNDS = 7;
const kept = join(import.meta.dirname, '..', 'fixtures', 'signing', 'format-2');

/** Full verification of a kept five-signer file over pyHanko's long-term validation of it, both in warm processes. */
export async function verifyFiveSigners(): Promise<Row[]> {
  const pdf = await readFile(`${kept}.pdf`);
  const trust = readTrust(await readFile(`${kept}.trust.pem`, 'utf8'));
  const spent: number[] = [];
  for (let round = 0; round < ROUNDS + 3; round += 1) {
    const started = performance.now();
    const { verdict } = verifyAgreement(pdf, trust);
    if (verdict !== 'genuine') throw new Error(`kept file is ${verdict}`);
    if (round >= 3) spent.push(performance.now() - started);
  }
  const value = median(spent);
  const reference = await pyhankoMs();
  return [
    {
      name: 'verify.five_signers',
      kind: 'ratio',
      value,
      unit: 'ms',
      reference,
      ratio: reference === null ? null : value / reference,
      note:
        reference === null
          ? 'pyHanko is not to be had here'
          : `median of ${ROUNDS}; pyHanko (its signature, time-stamp and LTA checks) median of ${PYHANKO_ROUNDS}; goal ratio ≤ 0.2`,
    },
  ];
}

async function pyhankoMs(): Promise<number | null> {
  const python = process.env.TONGXI_PYHANKO;
  if (!python) return null;
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-bench-'));
  try {
    await copyFile(`${kept}.pdf`, join(dir, 'kept.pdf'));
    const script = join(import.meta.dirname, '..', 'setup', 'pyhanko_check.py');
    const args = [script, dir, `${kept}.trust.pem`, '--repeat', String(PYHANKO_ROUNDS)];
    const { stdout } = await promisify(execFile)(python, args);
    const report = JSON.parse(stdout) as { ok: boolean; ms: number };
    if (!report.ok) throw new Error('pyHanko refuses the kept file');
    return report.ms;
  } finally {
    await rm(dir, { recursive: true });
  }
}
