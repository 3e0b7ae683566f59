import { writeFile } from 'node:fs/promises';
import { joinEndpoint } from './join-endpoint.ts';
import { pageSize } from './page-size.ts';
import { pdfDraw } from './pdf-draw.ts';
import { recorderCpu } from './recorder-cpu.ts';
import { sealing } from './sealing.ts';
import { signing } from './signing.ts';
import { verifyFiveSigners } from './verify-five-signers.ts';

export type Row = {
  name: string;
  kind: 'ratio' | 'absolute';
  value: number;
  unit: string;
  reference: number | null;
  ratio: number | null;
  note: string;
};

/** `npm run bench -- --json FILE`: every figure beside its reference of the same run. */
const args = process.argv.slice(2);
const rows: Row[] = [
  ...(await pageSize()),
  ...(await pdfDraw()),
  ...(await signing()),
  ...(await sealing()),
  ...(await verifyFiveSigners()),
  ...(await joinEndpoint()),
  ...(await recorderCpu()),
];
for (const row of rows) {
  const beside =
    row.reference === null ? '' : `  reference ${row.reference.toFixed(1)}  ratio ${row.ratio?.toFixed(2)}`;
  process.stdout.write(
    `${row.name.padEnd(22)} ${row.value.toFixed(1)} ${row.unit}${beside}  (${row.note})\n`,
  );
}
const file = args.includes('--json') ? args[args.indexOf('--json') + 1] : undefined;
if (file) await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
