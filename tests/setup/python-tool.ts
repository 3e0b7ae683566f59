import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi');

/**
 * Folder of programs of a Python environment with these pinned packages, made once and kept in the user's cache. Null
 * where python3 or the package index is missing, with the reason printed: the tests that need it are then skipped.
 */
export function pythonTool(name: string, packages: string[]): string | null {
  const key = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const home = join(cache, `${name}-${key}`);
  const bin = join(home, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');
  if (existsSync(join(home, 'ready'))) return bin;
  mkdirSync(home, { recursive: true });
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { stdio: 'ignore', timeout: 300_000 }).status === 0;
  if (
    run('python3', ['-m', 'venv', '--clear', join(home, 'venv')]) &&
    run(join(bin, 'python3'), ['-m', 'pip', 'install', '-q', ...packages])
  ) {
    writeFileSync(join(home, 'ready'), '');
    return bin;
  }
  rmSync(home, { recursive: true, force: true });
  process.stdout.write(`${name}: python3 with venv and pip, or a package index, is missing: skipped\n`);
  return null;
}
