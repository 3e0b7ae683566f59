import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signalGroup, startTimeOf, waitUntilGone } from './processes.ts';

export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  stopSignal: NodeJS.Signals;
  /** Started again after it died by itself. */
  restart: boolean;
};

export type Supervised = {
  pid(): number | undefined;
  /** The last lines it wrote to standard error, for a failure's message. */
  lastWords(): string;
  exited(): boolean;
  stop(): Promise<void>;
};

/**
 * Runs a child in a process group of its own and records pid and start time in `dir`, so that the next start can
 * stop an orphan of a killed parent. A child that dies is started again after a growing pause.
 */
export async function supervise(
  dir: string,
  spec: ChildSpec,
  onLine: (line: string) => void,
): Promise<Supervised> {
  const record = join(dir, `${spec.name}.pid`);
  await stopOrphan(record, spec.stopSignal);
  let child: ChildProcess | undefined;
  let stopping = false;
  let died = false;
  let pause = 200;
  const words: string[] = [];

  async function start(): Promise<void> {
    const next = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env ?? process.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid }),
    });
    child = next;
    died = false;
    const hear = (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (line.trim() === '') continue;
        words.push(line);
        if (words.length > 20) words.shift();
        onLine(line);
      }
    };
    next.stdout?.on('data', hear);
    next.stderr?.on('data', hear);
    next.on('error', (error) => hear(Buffer.from(error.message)));
    next.on('exit', () => {
      died = true;
      if (stopping || !spec.restart) return;
      setTimeout(() => !stopping && void start(), pause).unref();
      pause = Math.min(pause * 2, 5000);
    });
    const started = Date.now();
    setTimeout(() => !died && Date.now() - started > 9000 && (pause = 200), 10_000).unref();
    if (next.pid)
      await writeFile(record, JSON.stringify({ pid: next.pid, started: await startTimeOf(next.pid) }));
  }

  await start();
  return {
    pid: () => child?.pid,
    lastWords: () => words.join('\n'),
    exited: () => died,
    async stop() {
      stopping = true;
      const pid = child?.pid;
      if (pid && !died) {
        signalGroup(pid, spec.stopSignal);
        if (!(await waitUntilGone(pid, 8000))) signalGroup(pid, 'SIGKILL');
        await waitUntilGone(pid, 2000);
      }
      await rm(record, { force: true });
    },
  };
}

async function stopOrphan(record: string, signal: NodeJS.Signals): Promise<void> {
  const found = await readFile(record, 'utf8')
    .then((text) => JSON.parse(text) as { pid: number; started: string })
    .catch(() => null);
  if (!found || (await startTimeOf(found.pid)) !== found.started) return;
  signalGroup(found.pid, signal);
  if (!(await waitUntilGone(found.pid, 8000))) signalGroup(found.pid, 'SIGKILL');
  await waitUntilGone(found.pid, 2000);
}
