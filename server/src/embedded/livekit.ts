import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, constants, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './postgres.ts';
import { supervise } from './supervise.ts';

const run = promisify(execFile);

/** The last release that `go install` takes; later ones carry replace directives. */
export const livekitVersion = '1.13.5';

export type EmbeddedLivekit = {
  /** ws://127.0.0.1:port, private: browsers come through our proxy. */
  url: string;
  pid(): number | undefined;
  stop(): Promise<void>;
};

/**
 * livekit-server beside us: signalling on a free loopback port, media on free UDP and TCP ports of `nodeIp`, no room
 * made on its own, webhooks to us. Restarted on the same ports when it dies.
 */
export async function startLivekit(input: {
  dir: string;
  key: string;
  secret: string;
  webhookUrl: string;
  nodeIp?: string;
  onProgress?: (text: string) => void;
  onLine?: (line: string) => void;
}): Promise<EmbeddedLivekit> {
  const binary = await obtainLivekit(input.onProgress ?? (() => undefined));
  const [port, tcp, udp] = [await freePort(), await freePort(), await freePort()];
  const nodeIp = input.nodeIp ?? '127.0.0.1';
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: tcp,
      udp_port: udp,
      node_ip: nodeIp,
      use_external_ip: false,
      enable_loopback_candidate: nodeIp === '127.0.0.1',
      // Never empty: the built-in list is foreign. Nobody needs STUN inside one network.
      stun_servers: [`${nodeIp}:${udp}`],
    },
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20 },
    keys: { [input.key]: input.secret },
    webhook: { api_key: input.key, urls: [input.webhookUrl] },
    logging: { level: 'warn', json: true },
  };
  const file = join(input.dir, 'livekit.json');
  await writeFile(file, JSON.stringify(config), { mode: 0o600 }); // JSON is YAML
  const child = await supervise(
    input.dir,
    {
      name: 'livekit',
      command: binary,
      args: ['--config', file],
      cwd: input.dir,
      stopSignal: 'SIGTERM',
      restart: true,
    },
    input.onLine ?? (() => undefined),
  );
  await untilAnswers(`http://127.0.0.1:${port}`, child);
  return { url: `ws://127.0.0.1:${port}`, pid: () => child.pid(), stop: () => child.stop() };
}

async function untilAnswers(url: string, child: { lastWords(): string }): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const answered = await fetch(url).then(
      (r) => r.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`livekit-server did not start: ${child.lastWords()}`);
}

/** PATH, then our cache, then `go install`, then the release archive with its pinned checksum. */
export async function obtainLivekit(onProgress: (text: string) => void): Promise<string> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(dir, `livekit-server${suffix}`);
    if (dir && (await isRunnable(candidate))) return candidate;
  }
  const cache = join(homedir(), '.cache', 'tongxi');
  const cached = join(cache, `livekit-server-${livekitVersion}${suffix}`);
  if (await isRunnable(cached)) return cached;
  await mkdir(cache, { recursive: true });
  const problems: string[] = [];
  for (const [how, get] of [
    ['go install', buildWithGo],
    ['release archive', download],
  ] as const) {
    try {
      await get(cached, onProgress);
      return cached;
    } catch (error) {
      problems.push(`${how}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `livekit-server could not be obtained (${problems.join('; ')}). Put livekit-server ${livekitVersion} into PATH, install Go 1.26 or newer, or set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.`,
  );
}

const isRunnable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function buildWithGo(target: string, onProgress: (text: string) => void): Promise<void> {
  const version = await run('go', ['version']).then(
    ({ stdout }) => /go(\d+)\.(\d+)/.exec(stdout),
    () => null,
  );
  if (!version || Number(version[1]) < 1 || Number(version[2]) < 26)
    throw new Error('Go 1.26 or newer is not installed');
  onProgress(`building livekit-server ${livekitVersion} with Go (about 3 minutes, once on this machine)`);
  const dir = `${target}.build-${process.pid}`;
  await mkdir(dir, { recursive: true });
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        'go',
        ['install', `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`],
        {
          env: { ...process.env, GOBIN: dir, GOFLAGS: '-trimpath' },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      let last = '';
      child.stderr.on('data', (chunk: Buffer) => {
        last = chunk.toString('utf8').trim().split('\n').at(-1) ?? last;
      });
      child.on('error', reject);
      child.on('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(last || `go ended with ${code}`)),
      );
    });
    await copyFile(join(dir, process.platform === 'win32' ? 'server.exe' : 'server'), `${target}.new`);
    await chmod(`${target}.new`, 0o755);
    await rename(`${target}.new`, target);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function download(target: string, onProgress: (text: string) => void): Promise<void> {
  const pinned = JSON.parse(
    await readFile(new URL('./livekit-checksums.json', import.meta.url), 'utf8'),
  ) as Record<string, string>;
  const names: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const archive = `livekit_${livekitVersion}_${names[process.platform]}_${arch}.${process.platform === 'win32' ? 'zip' : 'tar.gz'}`;
  const expected = pinned[archive];
  if (!expected) throw new Error(`no pinned checksum for ${archive}`);
  onProgress(`downloading ${archive}`);
  const url = `https://github.com/livekit/livekit/releases/download/v${livekitVersion}/${archive}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(300_000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== expected)
    throw new Error(`${archive} has another checksum than pinned`);
  const dir = `${target}.unpack-${process.pid}`;
  await mkdir(dir, { recursive: true });
  try {
    await writeFile(join(dir, archive), bytes);
    await run('tar', ['-xf', join(dir, archive), '-C', dir]);
    await copyFile(
      join(dir, process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server'),
      `${target}.new`,
    );
    await chmod(`${target}.new`, 0o755);
    await rename(`${target}.new`, target);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
