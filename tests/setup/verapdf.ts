import { join } from 'node:path';
import { openJavaTool } from './java-tool.ts';

const kit = join(import.meta.dirname, 'verapdf');

/** Rules of PDF/A-2a that a file breaks, by clause and test number, with the validator's own sentence. */
export type VeraReport = { file: string; failed: Record<string, string> };

/** veraPDF 1.28; null where it cannot be had. */
export const openVeraPdf = (): ((files: string[]) => Promise<VeraReport[]>) | null =>
  openJavaTool<VeraReport>(kit, { name: 'verapdf-1.28.2', jars: 10 });
