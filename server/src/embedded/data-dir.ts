import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isAlive, type ProcessRecord, startTimeOf } from './processes.ts';

/** The folder cannot be used; the message says why and what to do. */
export class DataDirRefused extends Error {}

/** Another living process has the folder. */
export class DataDirBusy extends DataDirRefused {
  constructor(dir: string, pid: number) {
    super(`${dir} is in use by process ${pid}. Stop it first, or set DATA_DIR to another folder.`);
  }
}

/** Ours holds one of these, or nothing but the log that is opened first. */
const marks = ['secrets.json', 'lock'];
const isOurs = (names: string[]): boolean =>
  names.some((name) => marks.includes(name)) || names.every((name) => name === 'tongxi.log');

/**
 * Takes a data folder for this process (made with mode 700). The lock names process and start time, so that a
 * killed process leaves a folder that starts again. An owner that is just stopping gets `patienceMs`; then
 * DataDirBusy. DataDirRefused when the folder cannot be made or holds things that are not ours.
 */
export async function takeDataDir(
  path: string,
  patienceMs = 4000,
): Promise<{ dir: string; release(): Promise<void> }> {
  const dir = await makeDataDir(path);
  const lock = join(dir, 'lock');
  const mine = JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid), id: randomUUID() });
  const until = Date.now() + patienceMs;
  while (!(await create(lock, mine))) {
    const found = await readFile(lock, 'utf8').catch(() => null);
    if (found === null) continue;
    const owner = parse(found);
    const late = Date.now() > until;
    if (owner && isAlive(owner)) {
      if (late) throw new DataDirBusy(dir, owner.pid);
    } else if (owner || late) {
      await removeStale(lock, found); // an unreadable lock may be one that is being written: late only
      continue;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  await chmod(dir, 0o700); // only by the owner: it may have opened the folder to PostgreSQL's user since
  const release = async () => {
    if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, { force: true });
  };
  return { dir, release };
}

/** Makes the folder (mode 700) where it is missing; DataDirRefused when it cannot be ours. Returns its full path. */
export async function makeDataDir(path: string): Promise<string> {
  const dir = resolve(path);
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const names = await readdir(dir);
    if (!isOurs(names))
      throw new DataDirRefused(`DATA_DIR=${dir} holds other files: choose an empty or new folder.`);
    return dir;
  } catch (error) {
    if (error instanceof DataDirRefused) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new DataDirRefused(
      `DATA_DIR=${dir} cannot be used (${code}): choose a folder that you may write to.`,
    );
  }
}

async function create(lock: string, text: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function parse(text: string): ProcessRecord | null {
  try {
    const { pid, started } = JSON.parse(text) as ProcessRecord;
    return Number.isInteger(pid) ? { pid, started } : null;
  } catch {
    return null;
  }
}

/** Moves it away first: of two that found it stale, the slower must not remove the faster one's new lock. */
async function removeStale(lock: string, expected: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) === expected) await rm(aside, { force: true });
  else await rename(aside, lock);
}
