import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../server/src/embedded/ports.ts';
import { isAlive, type ProcessRecord } from '../../server/src/embedded/processes.ts';

let parent: string;
let dir: string;
let port: number;
const running: ChildProcess[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tongxi-killed-'));
  dir = join(parent, 'data');
  port = await freePort();
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(parent, { recursive: true, force: true });
});

function begin(): { child: ChildProcess; output(): string } {
  const env = { ...process.env, NODE_ENV: 'development', PORT: String(port), DATA_DIR: dir };
  const child = spawn(process.execPath, [resolve('server/src/main.ts')], { env, stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  running.push(child);
  return { child, output: () => said };
}
const get = (path: string) =>
  fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
const ready = (ms = 60_000) =>
  vi.waitFor(async () => expect((await get('/readyz'))?.status).toBe(200), { timeout: ms, interval: 100 });
const record = async (name: string) =>
  JSON.parse(await readFile(join(dir, `${name}.pid`), 'utf8')) as ProcessRecord;
async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('a data folder whose process was killed', () => {
  test('starts again with its data; the orphans are ended', async () => {
    const first = begin();
    await ready();
    const orphans = [await record('postgres'), await record('livekit')];
    const people = await (await get('/api/demo/people'))?.text();
    await kill(first.child);
    expect(orphans.map(isAlive)).toEqual([true, true]);
    begin();
    await ready();
    expect(orphans.map(isAlive)).toEqual([false, false]);
    expect(await (await get('/api/demo/people'))?.text()).toBe(people);
  });

  test.each(['postgres.new', 'postgres.pid', 'livekit.pid', 'signing'])(
    'while %s was being made starts again',
    async (file) => {
      const first = begin();
      await vi.waitFor(() => expect(existsSync(join(dir, file))).toBe(true), {
        timeout: 60_000,
        interval: 5,
      });
      await kill(first.child);
      begin();
      await ready();
    },
  );

  test('is refused to a second process, which does not disturb the first', async () => {
    begin();
    await ready();
    const second = begin();
    await once(second.child, 'exit');
    expect(second.child.exitCode).toBe(1);
    expect(second.output()).toMatch(/in use by process \d+\. Stop it first/);
    process.kill((await record('postgres')).pid, 'SIGKILL');
    await ready();
  });

  test('a stop in the middle of the start leaves no process', async () => {
    const first = begin();
    await vi.waitFor(() => expect(existsSync(join(dir, 'postgres.pid'))).toBe(true), { timeout: 60_000 });
    const postgres = await record('postgres');
    first.child.kill('SIGINT');
    await once(first.child, 'exit');
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });
});
