import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  createLock,
  isAlive,
  newOwner,
  ownerIn,
  readLock,
  releaseLock,
  removeStaleLock,
} from './file-lock.mjs';

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
  const mine = newOwner();
  const until = Date.now() + patienceMs;
  while (!createLock(lock, mine)) {
    const found = readLock(lock);
    if (found === null) continue;
    const owner = ownerIn(found);
    const late = Date.now() > until;
    if (isAlive(owner)) {
      if (owner && late) throw new DataDirBusy(dir, owner.pid);
    } else if (owner || late) {
      removeStaleLock(lock, found, mine); // an unreadable lock may be an older version's, being written: late only
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  await chmod(dir, 0o700); // only by the owner: it may have opened the folder to PostgreSQL's user since
  return { dir, release: async () => releaseLock(lock, mine) };
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
