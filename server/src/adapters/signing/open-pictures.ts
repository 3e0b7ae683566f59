import { fileURLToPath } from 'node:url';
import { DomainError } from '../../domain/errors.ts';
import type { PagePictures } from '../../ports/signing.ts';
import { runConfined } from '../files/confined-process.ts';

const LIMIT_MS = 20_000;
const MEMORY_BYTES = 512 * 1024 * 1024;
/** Files drawn and waiting; more are turned away. */
const MAX_WAITING = 10;

/** Draws two states of a stranger's file. FILE_TOO_COMPLEX past 20 s or 512 MB, FILE_UNREADABLE, RATE_LIMITED. */
export function openPictures(
  limits: { ms?: number; program?: URL } = {},
): (signed: Uint8Array, now: Uint8Array) => Promise<PagePictures> {
  const program = fileURLToPath(limits.program ?? new URL('./picture-process.ts', import.meta.url));
  let inside = 0;
  return async (signed, now) => {
    if (inside >= MAX_WAITING) throw new DomainError('RATE_LIMITED');
    inside += 1;
    try {
      const { ms = LIMIT_MS } = limits;
      return await runConfined<PagePictures>(program, { signed, now }, { ms, memoryBytes: MEMORY_BYTES });
    } finally {
      inside -= 1;
    }
  };
}
