import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrust } from './certificate-path.ts';
import { openVerifier } from './open-verifier.ts';
import { openSample, signSample } from './sample-agreement.fixture.ts';
import type { Trust } from './verify-agreement.ts';

let trust: Trust;
let pdf: Uint8Array;
let dir: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const opened = await openSample();
  close = opened.close;
  pdf = (await signSample(opened.kit)).pdf;
  trust = readTrust(opened.kit.trustPem());
  dir = await mkdtemp(join(tmpdir(), 'tongxi-verifier-'));
});
afterAll(async () => {
  await close();
  await rm(dir, { recursive: true });
});

const script = async (name: string, text: string) => {
  const path = join(dir, name);
  await writeFile(path, `import { parentPort } from 'node:worker_threads';\n${text}`);
  return pathToFileURL(path);
};

describe('strangers’ files are judged in a thread with limits', () => {
  test('one after the other, each with its own verdict', async () => {
    const verifier = openVerifier(trust);
    const verdicts = await Promise.all(
      [pdf, Buffer.from('no'), pdf.subarray(0, pdf.length - 9), pdf].map((one) => verifier.verify(one)),
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['genuine', 'unreadable', 'changed', 'genuine']);
    expect(verdicts[0]?.effectiveAt).toBeInstanceOf(Date);
    await verifier.stop();
  });

  test('a file that takes too long is given up, and the next one is judged', async () => {
    const slow = await script(
      'slow.mjs',
      "parentPort.on('message', ({ id, pdf }) => { if (pdf[0] === 1) for (;;); parentPort.postMessage({ id, answer: { verdict: 'unknown' } }); });",
    );
    const verifier = openVerifier(trust, { ms: 1500, script: slow });
    const [first, second] = await Promise.allSettled([
      verifier.verify(Uint8Array.of(1)),
      verifier.verify(Uint8Array.of(2)),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'FILE_TOO_COMPLEX' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { verdict: 'unknown' } });
    await verifier.stop();
  });

  test('a file that takes too much memory is given up without the service', async () => {
    const greedy = await script(
      'greedy.mjs',
      "parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); });",
    );
    const verifier = openVerifier(trust, { mb: 24, script: greedy });
    await expect(verifier.verify(Uint8Array.of(1))).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
    await verifier.stop();
  });

  test('an idle thread keeps no process from ending', async () => {
    const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
    const text = `const { openVerifier } = await import(${at('./open-verifier.ts')});
      const verifier = openVerifier({ signerRoots: [], timestampRoots: [] });
      console.log((await verifier.verify(Buffer.from('no'))).verdict);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text], {
      timeout: 15_000,
    });
    expect(stdout.trim()).toBe('unreadable');
  });

  test('a crowd is turned away', async () => {
    const verifier = openVerifier(trust);
    const crowd = await Promise.allSettled(Array.from({ length: 40 }, () => verifier.verify(pdf)));
    expect(crowd.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(15);
    expect(crowd.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'RATE_LIMITED' },
    });
    expect(crowd[0]).toMatchObject({ value: { verdict: 'genuine' } });
    await verifier.stop();
  });
});
