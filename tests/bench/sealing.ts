import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openSigning } from '../../server/src/adapters/signing/open-signing.ts';
import { openThreads, type Threads } from '../../server/src/adapters/threads/open-threads.ts';
import { buildSignedAttributes } from '../../server/src/contract/signing-client.ts';
import type { ArchivedFile, SignatureField, Signing } from '../../server/src/ports/signing.ts';
import { sample } from './pdf-draw.ts';
import type { Row } from './run.ts';
import { absolute, court, device, ink, manifest, subjectOf, textSha256, time, vouching } from './signing.ts';

const SEALS = 120;
const IN_A_ROW = 1000;
const MEMORY_EVERY = 50;
/** About as long as all those seals take: what the machine itself does to a loop without work. */
const IDLE_MS = 5000;
const drawing = { verifyUrl: 'http://127.0.0.1:3000/verify', vouching };

type Bench = { threads: Threads; kit: Signing; seal: Seal };

/** Sealing as the service does it, in threads: alone, and with all cores. */
export const sealing = (): Promise<Row[]> =>
  inThreads(async ({ seal }) => [...(await alone(seal)), ...(await allCores(seal))]);

/** A thousand agreements, one after the other. */
export const memoryInARow = (): Promise<Row[]> => inThreads(inARow);

async function inThreads(measure: (bench: Bench) => Promise<Row[]>): Promise<Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-bench-'));
  const threads = openThreads();
  try {
    const kit = await openSigning({ dir, passphrase: 'bench', demo: true, threads });
    const { pdf, fields } = await threads.draw('drawAgreement', sample(), drawing);
    const seal = await sealOf(kit, pdf, fields);
    return await measure({ threads, kit, seal });
  } finally {
    await threads.close();
    await rm(dir, { recursive: true, force: true });
  }
}

type Seal = () => Promise<ArchivedFile>;

/** Everybody but the committee has signed; the answer seals, archives and verifies that file. */
async function sealOf(kit: Signing, pdf: Uint8Array, fields: SignatureField[]): Promise<Seal> {
  const base = await kit.certifyBase({ pdf, fields, manifest });
  let head = base.pdf;
  for (const field of fields.filter(({ role }) => role !== 'committee')) {
    const one = device();
    const subject = subjectOf(field, base.sha256);
    const { certificate, chain } = await kit.issueCertificate({ csr: one.csr, subject });
    const by = { head, certificate, chain };
    const asked = { ...by, fieldName: field.name, ink, claimedTime: new Date() };
    const prepared = await kit.prepareSignature(asked);
    const digest = new Uint8Array(Buffer.from(prepared.digest, 'hex'));
    const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256 });
    const signature = one.sign(signedAttributes);
    head = (await kit.completeSignature({ ...by, prepared, signedAttributes, signature })).pdf;
  }
  const field = fields.find(({ role }) => role === 'committee');
  if (field === undefined) throw new Error('no seal');
  const committee = { ...court, committeeId: field.personId, committeeName: field.signerName };
  return async () => {
    const sealed = await kit.sealField({ head, fieldName: field.name, committee, claimedTime: new Date() });
    return kit.archive({ head: sealed.pdf, revoked: [] });
  };
}

async function alone(seal: Seal): Promise<Row[]> {
  const note = 'seal, store, document time stamp, all verified, in a thread; goal ≤ 300';
  return [absolute('seal.five_signers_ms', await time(seal), 'ms', note)];
}

/** Twice as many at once as there are threads, so that none of them ever waits for this one. */
async function allCores(seal: Seal): Promise<Row[]> {
  const cores = availableParallelism();
  await Promise.all(Array.from({ length: cores * 2 }, seal)); // every thread has started
  const idle = await stalls(() => pause(IDLE_MS));
  const started = performance.now();
  let left = SEALS;
  const line = async () => {
    while (left-- > 0) await seal();
  };
  const held = await stalls(() => Promise.all(Array.from({ length: cores * 2 }, line)));
  const seconds = (performance.now() - started) / 1000;
  const words = ({ max, most }: Stalls) => `${max.toFixed(0)} ms at most, ${most.toFixed(0)} in 99 of 100`;
  return [
    absolute('seal.throughput', SEALS / seconds, 'agreements/s', `${cores} threads`),
    {
      name: 'seal.stall_ms',
      kind: 'absolute',
      value: held.max,
      unit: 'ms',
      reference: idle.max,
      ratio: null,
      note: `event loop held up meanwhile: ${words(held)}; goal ≤ 50. Reference: the same loop with nothing to do, ${words(idle)}`,
    },
  ];
}

type Stalls = { max: number; most: number };

/** How long this thread's event loop is held up meanwhile, in ms: the longest, and in 99 of 100. */
async function stalls(work: () => Promise<unknown>): Promise<Stalls> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await work();
  delay.disable();
  return { max: delay.max / 1e6, most: delay.percentile(99) / 1e6 };
}

/** Drawn, certified, sealed and archived one after another; what the line through the second half rises. */
async function inARow({ threads, kit, seal }: Bench): Promise<Row[]> {
  const readings: [number: number, megabytes: number][] = [];
  for (let n = 1; n <= IN_A_ROW; n += 1) {
    const { pdf, fields } = await threads.draw('drawAgreement', sample(), drawing);
    await kit.certifyBase({ pdf, fields, manifest });
    await seal();
    if (n % MEMORY_EVERY === 0) readings.push([n, process.memoryUsage().rss / 1024 / 1024]);
  }
  const half = readings.filter(([n]) => n > IN_A_ROW / 2);
  const rise = slope(half) * (IN_A_ROW / 2);
  const at = (n: number) => readings.find(([one]) => one === n)?.[1].toFixed(0);
  const shown = `resident ${at(MEMORY_EVERY)} MB after ${MEMORY_EVERY}, ${at(IN_A_ROW / 2)} after ${IN_A_ROW / 2}, ${at(IN_A_ROW)} after ${IN_A_ROW}`;
  const note = `line through agreements ${IN_A_ROW / 2} to ${IN_A_ROW} in a row, whole process; ${shown}`;
  return [absolute('pdf.memory_1000', rise, 'MB', note)];
}

/** Least squares. */
function slope(points: [number, number][]): number {
  const mean = (of: number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
