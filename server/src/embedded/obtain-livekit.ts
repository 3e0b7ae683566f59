import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, constants, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const exe = process.platform === 'win32' ? '.exe' : '';

/** The last release that `go install` takes; later ones carry replace directives. */
export const livekitVersion = '1.13.5';
const PROGRESS_MS = 15_000;

/**
 * The path of a livekit-server that runs here: PATH, then our cache (`~/.cache/tongxi`, `XDG_CACHE_HOME`), then
 * `go install`, then the release archive with its pinned checksum. Throws with every reason and what to do.
 */
export async function obtainLivekit(
  onProgress: (text: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(dir, `livekit-server${exe}`);
    if (dir && (await runs(candidate))) return candidate;
  }
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi');
  const cached = join(cache, `livekit-server-${livekitVersion}${exe}`);
  if (await runs(cached)) return cached;
  const problems: string[] = [];
  for (const [how, get] of [
    ['go install', buildWithGo],
    ['release archive', download],
  ] as const) {
    const work = `${cached}.${process.pid}`;
    try {
      await mkdir(work, { recursive: true });
      const made = await get(work, onProgress, signal);
      await chmod(made, 0o755);
      if (!(await runs(made))) throw new Error('what came does not run on this machine');
      await copyFile(made, join(work, 'ready'));
      await rename(join(work, 'ready'), cached);
      return cached;
    } catch (error) {
      signal.throwIfAborted();
      problems.push(`${how}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(work, { recursive: true, force: true }).catch(() => undefined);
    }
  }
  const packaged = process.platform === 'darwin' ? ' (brew install livekit)' : '';
  throw new Error(
    `livekit-server could not be obtained (${problems.join('; ')}). Put livekit-server ${livekitVersion} into PATH${packaged}, install Go 1.26 or newer, or set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.`,
  );
}

/** True when it is there and answers with a version: a half-written or foreign binary does not. */
async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    return /\d+\.\d+\.\d+/.test(stdout);
  } catch {
    return false;
  }
}

async function buildWithGo(
  work: string,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const version = await run('go', ['version']).then(
    ({ stdout }) => /go(\d+)\.(\d+)/.exec(stdout),
    () => null,
  );
  if (!version || Number(version[1]) < 1 || Number(version[2]) < 26)
    throw new Error('Go 1.26 or newer is not installed');
  onProgress(`building livekit-server ${livekitVersion} with Go, once on this machine (about 3 minutes)`);
  let last = '';
  const started = Date.now();
  const ticking = setInterval(
    () => onProgress(`still building (${Math.round((Date.now() - started) / 1000)} s): ${last}`),
    PROGRESS_MS,
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const source = `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`;
      const child = spawn('go', ['install', '-v', '-trimpath', source], {
        env: { ...process.env, GOBIN: work, GOOS: '', GOARCH: '' },
        stdio: ['ignore', 'ignore', 'pipe'],
        signal,
      });
      createInterface({ input: child.stderr }).on('line', (line) => {
        last = line.slice(0, 100);
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve() : reject(new Error(last || `go ended with ${code}`)),
      );
    });
  } finally {
    clearInterval(ticking);
  }
  return join(work, `server${exe}`);
}

async function download(
  work: string,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const sums = await readFile(new URL('./livekit-checksums.json', import.meta.url), 'utf8');
  const pinned = JSON.parse(sums) as Record<string, string>;
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const archive = `livekit_${livekitVersion}_${system}_${arch}.${system === 'windows' ? 'zip' : 'tar.gz'}`;
  const expected = pinned[archive];
  if (!expected) throw new Error(`the project publishes none for ${system}-${arch}`);
  onProgress(`downloading ${archive} from github.com, once on this machine (18 MB)`);
  const url = `https://github.com/livekit/livekit/releases/download/v${livekitVersion}/${archive}`;
  const answer = await fetch(url, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(600_000)]),
  }).catch(() => null);
  if (!answer) throw new Error('github.com cannot be reached');
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== expected)
    throw new Error(`${archive} has another checksum than the pinned one`);
  await writeFile(join(work, archive), bytes);
  await run('tar', ['-xf', join(work, archive), '-C', work]);
  return join(work, `livekit-server${exe}`);
}
