import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from '../../ports/storage.ts';
import { checkKey } from './key.ts';

/**
 * Write-once files in a folder outside the web root. Bytes are on disk before the name exists, and a name is linked
 * exactly once, so a crash leaves either the whole file or none.
 */
export function localStorage(dir: string): Storage {
  const pathOf = (key: string): string => join(dir, checkKey(key));
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomUUID()}.new`;
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
        await file.close();
        await link(draft, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (hash(await readFile(path)) !== hash(bytes))
          throw new Error(`${key} is written already with other bytes`);
      } finally {
        await rm(draft, { force: true });
      }
    },
    async get(key) {
      return new Uint8Array(await readFile(pathOf(key)));
    },
    async getRange(key, start, length) {
      const file = await open(pathOf(key), 'r');
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    exists: (key) =>
      stat(pathOf(key)).then(
        () => true,
        () => false,
      ),
    remove: (key) => rm(pathOf(key), { force: true }),
    async check() {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const probe = join(dir, `.probe-${randomUUID()}`);
      const file = await open(probe, 'wx', 0o600);
      await file.close();
      await rm(probe);
    },
  };
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
