import { writeFile } from 'node:fs/promises';
import { firstFrame } from './first-frame.ts';
import { heartbeats } from './heartbeats.ts';
import { joinEndpoint } from './join-endpoint.ts';
import { judgeSeen } from './judge-seen.ts';
import { liveFanout } from './live-fanout.ts';
import { pageSize } from './page-size.ts';
import { pdfDraw } from './pdf-draw.ts';
import { recorderCpu } from './recorder-cpu.ts';
import { removal } from './removal.ts';
import { memoryInARow, sealing } from './sealing.ts';
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

/** `npm run bench -- --json FILE --only sealing`: figures beside their references of the same run; all, or one group. */
const args = process.argv.slice(2);
const after = (option: string): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
const groups = {
  pageSize,
  pdfDraw,
  signing,
  sealing,
  memoryInARow,
  verifyFiveSigners,
  joinEndpoint,
  firstFrame,
  liveFanout,
  heartbeats,
  removal,
  judgeSeen,
  recorderCpu,
};
const only = after('--only');
const rows: Row[] = [];
for (const [name, measure] of Object.entries(groups)) {
  if (only !== undefined && only !== name) continue;
  for (const row of await measure()) {
    rows.push(row);
    const ratio = row.ratio === null ? '' : `  ratio ${row.ratio.toFixed(2)}`;
    const beside = row.reference === null ? '' : `  reference ${row.reference.toFixed(1)}${ratio}`;
    process.stdout.write(
      `${row.name.padEnd(22)} ${row.value.toFixed(1)} ${row.unit}${beside}  (${row.note})\n`,
    );
  }
}
const file = after('--json');
if (file) await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
