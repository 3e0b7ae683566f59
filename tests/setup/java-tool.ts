import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A validator in Java: `kit` holds its pom.xml and Validate.java, which prints a line of JSON for each file. Fetched with
 * Maven once into the cache; null where Java or Maven is missing or cannot reach its registry.
 */
export function openJavaTool<Report>(
  kit: string,
  { name, jars, flags = [] }: { name: string; jars: number; flags?: string[] },
): ((args: string[]) => Promise<Report[]>) | null {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi', name);
  const lib = join(cache, 'lib');
  if (!existsSync(lib) || readdirSync(lib).length < jars) {
    mkdirSync(cache, { recursive: true });
    const fetched = spawnSync(
      'mvn',
      ['-q', '-B', '-f', join(kit, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`],
      { stdio: 'ignore', timeout: 400_000 },
    );
    if (fetched.status !== 0) return null;
  }
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) return null;
  return async (args) => {
    const all = [...flags, '-cp', `${lib}/*`, join(kit, 'Validate.java'), ...args];
    const { stdout } = await run('java', all, { maxBuffer: 1 << 26 });
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Report);
  };
}
