import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startTimeOf } from './processes.ts';

export class DataDirBusy extends Error {
  constructor(dir: string, pid: number) {
    super(`${dir} is in use by process ${pid}. Stop it first, or set DATA_DIR to another folder.`);
  }
}

/**
 * Takes a data folder for this process (made with mode 700). The lock names process and start time, so that a
 * killed process leaves a folder that starts again. Throws DataDirBusy while its owner lives.
 */
export async function takeDataDir(path: string): Promise<{ dir: string; release(): Promise<void> }> {
  const dir = resolve(path);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const lock = join(dir, 'lock');
  for (;;) {
    try {
      const file = await open(lock, 'wx', 0o600);
      await file.writeFile(JSON.stringify({ pid: process.pid, started: await startTimeOf(process.pid) }));
      await file.close();
      return { dir, release: () => rm(lock, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readFile(lock, 'utf8')
      .then((text) => JSON.parse(text) as { pid: number; started: string })
      .catch(() => null);
    if (owner && owner.pid !== process.pid && (await startTimeOf(owner.pid)) === owner.started) {
      throw new DataDirBusy(dir, owner.pid);
    }
    await rm(lock, { force: true });
  }
}
