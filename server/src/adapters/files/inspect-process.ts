import { inspectBytes } from './inspect-bytes.ts';
import type { Verdict } from './inspect-file.ts';

/** One file in, one verdict out; the parent ends this process. */
process.once('message', async (bytes: Uint8Array) => {
  const verdict: Verdict = await inspectBytes(bytes);
  process.send?.(verdict);
});
