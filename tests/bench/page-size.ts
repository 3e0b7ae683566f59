import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Row } from './run.ts';

/** Gzipped kilobytes of each budgeted page, measured by the build itself (web/page-budgets.ts), which fails above. */
export async function pageSize(): Promise<Row[]> {
  const file = await readFile(resolve('web/dist/page-sizes.json'), 'utf8');
  const sizes = JSON.parse(file) as { name: string; kb: number; limit: number }[];
  return sizes.map(({ name, kb, limit }) => ({
    name,
    kind: 'absolute',
    value: kb,
    unit: 'kB gzip',
    reference: null,
    ratio: null,
    note: `budget ${limit}: a build above it fails`,
  }));
}
