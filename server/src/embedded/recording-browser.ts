import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { Recorder } from '../ports/recorder.ts';
import { childEnvironment } from './processes.ts';

const require = createRequire(import.meta.url);

/** Chromes that a machine may have; they come before the packaged one. */
const systemBrowsers = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** A browser that is asked to end hands in its last piece first; then it is made to. */
const END_MS = 6000;

const flags = [
  '--headless',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--mute-audio',
  '--no-first-run',
  '--hide-scrollbars',
  // Commands come through a pipe: the browser ends by itself when this process is gone.
  '--remote-debugging-pipe',
];

/**
 * Records with a headless browser of this machine: one process a part, which opens the layout page and nothing else. A
 * crash takes one part of one recording with it. Nothing of our environment reaches it, and it keeps nothing.
 */
export function embeddedRecorder(options: { browser: string | null; log: Logger }): Recorder {
  const running = new Map<string, { child: ChildProcess; dir: string }>();
  const end = async (handle: string, ms: number): Promise<void> => {
    const found = running.get(handle);
    if (!found) return;
    const { child } = found;
    const over = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
    });
    const killing = setTimeout(() => child.kill('SIGKILL'), ms);
    await over;
    clearTimeout(killing);
  };
  return {
    async start({ partId, layoutUrl }) {
      const dir = await mkdtemp(join(tmpdir(), 'tongxi-recorder-'));
      const { path, libraries } = await browserOf(options.browser);
      const root = process.getuid?.() === 0;
      const child = spawn(
        path,
        [
          ...flags,
          // The packaged browser brings no set-uid helper; a service account with namespaces keeps the sandbox.
          ...(root || libraries.length > 0 ? ['--no-sandbox'] : []),
          `--user-data-dir=${join(dir, 'profile')}`,
          '--window-size=640,360',
        ],
        {
          stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
          env: {
            ...childEnvironment(),
            HOME: dir,
            TMPDIR: dir,
            FONTCONFIG_FILE: await chineseFonts(dir),
            ...(libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {}),
          },
        },
      );
      running.set(partId, { child, dir });
      child.stderr?.on('data', (text: Buffer) =>
        options.log.debug({ browser: String(text).slice(0, 500) }, 'recorder'),
      );
      child.once('exit', (code, signal) => {
        options.log.info({ code, signal }, 'a recording browser ended');
        running.delete(partId);
        void rm(dir, { recursive: true, force: true });
      });
      await new Promise<void>((resolve, reject) => {
        child.once('error', (error) => {
          // It never ran, so it never exits: nobody waits for its end.
          running.delete(partId);
          void rm(dir, { recursive: true, force: true });
          reject(error);
        });
        child.once('spawn', resolve);
      });
      openPage(child, layoutUrl);
      return { handle: partId };
    },
    stop: (handle) => end(handle, END_MS),
    alive: async (handle) => running.has(handle),
    collect: null,
    discard: null,
    async close() {
      await Promise.all([...running.keys()].map((handle) => end(handle, 500)));
    },
  };
}

/** DevTools protocol over the pipe: one page, and the process ends when that page closes itself. */
function openPage(child: ChildProcess, url: string): void {
  const [, , , commands, answers] = child.stdio;
  let id = 0;
  const say = (method: string, params: object) => {
    if (commands && 'write' in commands) commands.write(`${JSON.stringify({ id: ++id, method, params })}\0`);
  };
  commands?.on('error', () => undefined);
  let rest = '';
  answers?.on('data', (bytes: Buffer) => {
    rest += bytes.toString('utf8');
    for (let cut = rest.indexOf('\0'); cut >= 0; cut = rest.indexOf('\0')) {
      const message = JSON.parse(rest.slice(0, cut)) as {
        method?: string;
        params?: { targetInfo?: { url: string } };
      };
      rest = rest.slice(cut + 1);
      const ours = message.params?.targetInfo?.url ?? '';
      // The page says so behind its address once it has handed in everything.
      if (message.method === 'Target.targetInfoChanged' && ours.endsWith('#done')) say('Browser.close', {});
    }
  });
  say('Target.setDiscoverTargets', { discover: true });
  say('Target.createTarget', { url });
}

async function browserOf(wanted: string | null): Promise<{ path: string; libraries: string[] }> {
  for (const path of wanted ? [wanted] : systemBrowsers)
    if (await isThere(path)) return { path, libraries: [] };
  if (wanted) throw new Error(`RECORDER_BROWSER: there is no ${wanted}`);
  const packaged = (await import('@sparticuz/chromium')).default;
  const path = await packaged.executablePath();
  // The package unpacks its shared libraries beside the browser.
  return { path, libraries: [join(tmpdir(), 'al2023', 'lib'), join(tmpdir(), 'al2', 'lib'), dirname(path)] };
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A fontconfig of its own: the packaged browser has no Chinese, and names are drawn into the picture. */
async function chineseFonts(dir: string): Promise<string> {
  const font = dirname(
    require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  );
  const cache = join(dir, 'fonts');
  await mkdir(cache);
  const file = join(dir, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${font}</dir><cachedir>${cache}</cachedir></fontconfig>`,
  );
  return file;
}
