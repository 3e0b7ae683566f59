import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kit = join(import.meta.dirname, 'eu-dss');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi', 'eu-dss-6.3');

/** What EU DSS says of each signature of a file; `error` when it could not read it at all. */
export type DssReport = {
  file: string;
  error?: string;
  signatures: {
    indication: string;
    subIndication: string;
    level: string;
    signedBy: string;
    errors: string[];
    warnings: string[];
  }[];
  /** Indication of every time stamp that some signature rests on. */
  stamps: string[];
};

/** Fetches EU DSS 6.3 with Maven once; null where Java or Maven is missing or cannot reach its registry. */
export function openEuDss(): ((trust: string, files: string[]) => Promise<DssReport[]>) | null {
  const lib = join(cache, 'lib');
  if (!existsSync(lib) || readdirSync(lib).length < 30) {
    mkdirSync(cache, { recursive: true });
    const fetched = spawnSync(
      'mvn',
      ['-q', '-B', '-f', join(kit, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`],
      { stdio: 'ignore', timeout: 400_000 },
    );
    if (fetched.status !== 0) return null;
  }
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) return null;
  return async (trust, files) => {
    const { stdout } = await run(
      'java',
      [
        '-Xmx1g',
        '-cp',
        `${lib}/*`,
        join(kit, 'Validate.java'),
        trust,
        join(kit, 'strict-policy.xml'),
        ...files,
      ],
      { maxBuffer: 1 << 26 },
    );
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as DssReport);
  };
}
