import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDirBusy, DataDirRefused, takeDataDir } from './data-dir.ts';
import { startTimeOf } from './processes.ts';
import { loadSecrets } from './secrets.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tongxi-dir-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('data folder', () => {
  test('is made for its owner only, and free again after release', async () => {
    const dir = join(parent, 'new');
    const taken = await takeDataDir(dir);
    expect(await modeOf(dir)).toBe('700');
    await expect(takeDataDir(dir, 100)).rejects.toThrow(DataDirBusy);
    await taken.release();
    await (await takeDataDir(dir, 0)).release();
    expect(await readdir(dir)).toEqual([]);
  });

  test('of a killed process starts again, also when its pid is used again', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const lock = JSON.stringify({ pid: child.pid, started: startTimeOf(child.pid ?? 0) });
    await writeFile(join(parent, 'lock'), lock);
    await expect(takeDataDir(parent, 0)).rejects.toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await takeDataDir(parent, 0)).release();
    await writeFile(join(parent, 'lock'), JSON.stringify({ pid: process.pid, started: 'earlier' }));
    await (await takeDataDir(parent, 0)).release();
  });

  test('waits for an owner that is just stopping', async () => {
    const first = await takeDataDir(parent);
    setTimeout(() => void first.release(), 150);
    const second = await takeDataDir(parent, 5000);
    await second.release();
  });

  test('exactly one of many at once gets it, over a stale lock', async () => {
    await writeFile(join(parent, 'lock'), JSON.stringify({ pid: process.pid, started: 'earlier' }));
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => takeDataDir(parent, 300)));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('a lock cut off while it was written does not block for ever', async () => {
    await writeFile(join(parent, 'lock'), '');
    await (await takeDataDir(parent, 100)).release();
  });

  test('that holds other files, or is a file, is refused and left as it is', async () => {
    await writeFile(join(parent, 'letter.txt'), 'dear');
    await expect(takeDataDir(parent)).rejects.toThrow(DataDirRefused);
    await expect(takeDataDir(join(parent, 'letter.txt'))).rejects.toThrow(DataDirRefused);
    expect(await readdir(parent)).toEqual(['letter.txt']);
  });
});

describe('secrets', () => {
  test('are made once, readable by the owner only, and kept', async () => {
    const first = await loadSecrets(parent);
    expect(await modeOf(join(parent, 'secrets.json'))).toBe('600');
    expect(await loadSecrets(parent)).toEqual(first);
    expect(first.livekitSecret.length).toBeGreaterThanOrEqual(32);
    expect(Buffer.from(first.fieldKey, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  });

  test('of another installation differ', async () => {
    const other = join(parent, 'other');
    await mkdir(other);
    const [a, b] = [await loadSecrets(parent), await loadSecrets(other)];
    for (const name of Object.keys(a) as (keyof typeof a)[]) expect(a[name]).not.toBe(b[name]);
  });

  test('one that a later version adds is made, the others stay', async () => {
    const { tokenKey, ...older } = await loadSecrets(parent);
    await writeFile(join(parent, 'secrets.json'), JSON.stringify(older));
    const complete = await loadSecrets(parent);
    expect(complete).toMatchObject(older);
    expect(complete.tokenKey).not.toBe(tokenKey);
    expect(JSON.parse(await readFile(join(parent, 'secrets.json'), 'utf8'))).toEqual(complete);
  });

  test('a damaged file is never replaced', async () => {
    await writeFile(join(parent, 'secrets.json'), '{"tokenKey": "abc');
    await expect(loadSecrets(parent)).rejects.toThrow(/Restore it/);
    expect(await readFile(join(parent, 'secrets.json'), 'utf8')).toBe('{"tokenKey": "abc');
  });
});
