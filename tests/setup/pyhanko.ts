import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';

/** Set by the launcher when pyHanko could be had; without it its checks are skipped and counted. */
const python = process.env.TONGXI_PYHANKO;

export const testWithPyhanko = test.skipIf(!python);

export type PyhankoReport = {
  ok: boolean;
  error?: string;
  signatures: {
    field: string;
    trusted: boolean;
    intact: boolean;
    valid: boolean;
    docmdp_ok: boolean;
    timestamp_ok: boolean;
    bottom_line: boolean;
    /** Long-term validation with revocation data required; null without a document time stamp. */
    lta: boolean | null;
  }[];
  stamps: { field: string; ok: boolean }[];
  flips?: { tried: number; accepted: number[] };
};

/**
 * What pyHanko, an independent verifier, says about every signature of a PDF, trusting only the roots in `trustFile`
 * (PEM). `flips` also changes one byte at that many places, each of which it must refuse.
 */
export function askPyhanko(
  pdfFile: string,
  trustFile: string,
  options: { flips?: number; seed?: number } = {},
): Promise<PyhankoReport> {
  const script = join(import.meta.dirname, 'pyhanko_check.py');
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return new Promise((resolve, reject) => {
    execFile(python ?? 'python3', [script, pdfFile, trustFile, ...args], (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as PyhankoReport);
      else reject(error ?? new Error(stderr));
    });
  });
}
