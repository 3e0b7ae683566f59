import { fileURLToPath } from 'node:url';
import type { FileInspector, InspectedFile } from '../../ports/file-inspector.ts';
import { type Outcome, runConfined } from './confined-process.ts';
import { tracePrint } from './trace-print.ts';
import { traceSeal } from './trace-seal.ts';

export type Verdict = Outcome<InspectedFile>;

const LIMIT_MS = 10_000;
const MEMORY_BYTES = 512 * 1024 * 1024;
const program = fileURLToPath(new URL('./inspect-process.ts', import.meta.url));

/** The inspector with a process of its own for every file, killed after 10 s or at 512 MB. */
export function processInspector(options: { limitMs?: number } = {}): FileInspector {
  const { limitMs = LIMIT_MS } = options;
  return {
    tracePrint,
    traceSeal,
    inspect: (bytes) =>
      runConfined<InspectedFile>(program, bytes, { ms: limitMs, memoryBytes: MEMORY_BYTES }),
  };
}
