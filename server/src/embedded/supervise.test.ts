import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ProcessRecord, startTimeOf } from './processes.ts';
import { supervise } from './supervise.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tongxi-child-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const spec = (script: string, restart = true) => ({
  name: 'child',
  command: process.execPath,
  args: ['-e', script],
  cwd: dir,
  stopSignal: 'SIGTERM' as const,
  restart,
});
const STAY = 'setInterval(() => {}, 1000)';
const record = async () => JSON.parse(await readFile(join(dir, 'child.pid'), 'utf8')) as ProcessRecord;
const gone = (pid: number) => vi.waitFor(() => expect(startTimeOf(pid)).toBeNull(), 5000);

describe('a supervised child', () => {
  test('comes back after it was killed, and not after it was stopped', async () => {
    const child = await supervise(dir, spec(STAY), () => undefined);
    const first = child.pid() ?? 0;
    expect(await record()).toEqual({ pid: first, started: startTimeOf(first) });
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(child.pid()).not.toBe(first), 5000);
    const second = child.pid() ?? 0;
    expect(startTimeOf(second)).not.toBeNull();
    await child.stop();
    await gone(second);
    expect(await readdir(dir)).toEqual([]);
  });

  test('left by a killed parent is stopped by the next start', async () => {
    const orphan = spawn(process.execPath, ['-e', STAY], { detached: true, stdio: 'ignore' });
    const pid = orphan.pid ?? 0;
    await writeFile(join(dir, 'child.pid'), JSON.stringify({ pid, started: startTimeOf(pid) }));
    const child = await supervise(dir, spec(STAY), () => undefined);
    expect(startTimeOf(pid)).toBeNull();
    await child.stop();
  });

  test('a stranger with the recorded pid is left alone', async () => {
    const stranger = spawn(process.execPath, ['-e', STAY], { detached: true, stdio: 'ignore' });
    const pid = stranger.pid ?? 0;
    await writeFile(join(dir, 'child.pid'), JSON.stringify({ pid, started: 'another time' }));
    const child = await supervise(dir, spec(STAY), () => undefined);
    expect(startTimeOf(pid)).not.toBeNull();
    stranger.kill('SIGKILL');
    await child.stop();
  });

  test('that ignores the stop signal is killed', { timeout: 20_000 }, async () => {
    const stubborn = `process.on('SIGTERM', () => {}); console.log('ready'); ${STAY}`;
    const lines: string[] = [];
    const child = await supervise(dir, spec(stubborn), (line) => lines.push(line));
    await vi.waitFor(() => expect(lines).toContain('ready'), 5000);
    const pid = child.pid() ?? 0;
    await child.stop();
    expect(startTimeOf(pid)).toBeNull();
  });

  test('that cannot start says why', async () => {
    const child = await supervise(dir, { ...spec('', false), command: '/nowhere/at-all' }, () => undefined);
    await vi.waitFor(() => expect(child.exited()).toBe(true));
    expect(child.lastWords()).toContain('ENOENT');
    await child.stop();
  });

  test('sees none of our secrets', async () => {
    vi.stubEnv('S3_SECRET_ACCESS_KEY', 'do not pass on');
    const lines: string[] = [];
    const child = await supervise(dir, spec('console.log(JSON.stringify(process.env))', false), (line) =>
      lines.push(line),
    );
    await vi.waitFor(() => expect(lines.join()).toContain('PATH'), 5000);
    expect(lines.join()).not.toContain('do not pass on');
    vi.unstubAllEnvs();
    await child.stop();
  });
});
