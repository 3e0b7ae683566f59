import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kit = join(import.meta.dirname, 'verapdf');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi', 'verapdf-1.28.2');

/** Rules of PDF/A-2a that a file breaks, by clause and test number, with the validator's own sentence. */
export type VeraReport = { file: string; failed: Record<string, string> };

/** Fetches veraPDF 1.28 with Maven once; null where Java or Maven is missing or cannot reach its registry. */
export function openVeraPdf(): ((files: string[]) => Promise<VeraReport[]>) | null {
  const lib = join(cache, 'lib');
  if (!existsSync(lib) || readdirSync(lib).length < 10) {
    mkdirSync(cache, { recursive: true });
    const fetched = spawnSync(
      'mvn',
      ['-q', '-B', '-f', join(kit, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`],
      { stdio: 'ignore', timeout: 400_000 },
    );
    if (fetched.status !== 0) return null;
  }
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) return null;
  return async (files) => {
    const { stdout } = await run('java', ['-cp', `${lib}/*`, join(kit, 'Validate.java'), ...files], {
      maxBuffer: 1 << 26,
    });
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as VeraReport);
  };
}
