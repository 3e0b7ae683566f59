import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, endGroup, isAlive, type ProcessRecord, startTimeOf } from './processes.ts';

export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  uid?: number;
  gid?: number;
  stopSignal: NodeJS.Signals;
  /** Started again after it died by itself. */
  restart: boolean;
};

export type Supervised = {
  pid(): number | undefined;
  /** The last lines it wrote, for a failure's message. */
  lastWords(): string;
  /** True while it is down, also between two attempts. */
  exited(): boolean;
  stop(): Promise<void>;
};

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** A child that lived this long starts again without delay. */
const STEADY_MS = 10_000;

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
  let down = false;
  let pause = FIRST_PAUSE_MS;
  let next: NodeJS.Timeout | undefined;
  const words: string[] = [];
  const hear = (line: string) => {
    if (line.trim() === '') return;
    words.push(line);
    if (words.length > 20) words.shift();
    onLine(line);
  };

  function start(): void {
    const startedAt = Date.now();
    const started = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: childEnvironment(),
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid }),
    });
    child = started;
    down = false;
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream }).on('line', hear);
    const ended = () => {
      if (down) return;
      down = true;
      if (stopping || !spec.restart) return;
      if (Date.now() - startedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
      next = setTimeout(start, pause).unref();
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    started.on('error', (error) => {
      hear(error.message);
      ended();
    });
    started.on('exit', (code, signal) => {
      if (!stopping) hear(`${spec.name} ended (${signal ?? `code ${code}`})`);
      ended();
    });
    if (started.pid)
      writeFileSync(record, JSON.stringify({ pid: started.pid, started: startTimeOf(started.pid) }));
  }

  start();
  return {
    pid: () => child?.pid,
    lastWords: () => words.join('\n'),
    exited: () => down,
    async stop() {
      stopping = true;
      clearTimeout(next);
      if (child?.pid && !down) await endGroup(child.pid, spec.stopSignal);
      rmSync(record, { force: true });
    },
  };
}

async function stopOrphan(record: string, signal: NodeJS.Signals): Promise<void> {
  let found: ProcessRecord;
  try {
    found = JSON.parse(readFileSync(record, 'utf8')) as ProcessRecord;
  } catch {
    return;
  }
  if (isAlive(found)) await endGroup(found.pid, signal);
}
