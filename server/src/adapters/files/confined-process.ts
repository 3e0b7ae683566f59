import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../domain/errors.ts';

export type Limits = { ms: number; memoryBytes: number };
/** What a confined program answers: its result, or why it refuses the file. */
export type Outcome<T> =
  | { ok: true; result: T }
  | { ok: false; code: 'FILE_TYPE_REFUSED' | 'FILE_UNREADABLE' | 'FILE_TOO_COMPLEX' };

const MEMORY_CHECK_MS = 50;
const root = fileURLToPath(new URL('../../../../', import.meta.url));
/** Our own program and its libraries: a parser that was taken over reads no secrets, no stored files, no system. */
const readable = ['node_modules', 'server/node_modules', 'server/src', 'server/package.json', 'package.json'];
/** Files parsed at the same moment; more wait. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a program of ours over somebody's file in a process of its own: without environment, without writing, killed at
 * its limits. It hears one message and answers with one `Outcome`. DomainError with the outcome's code; FILE_TOO_COMPLEX
 * past a limit, FILE_UNREADABLE when it fell over the file.
 */
export async function runConfined<T>(program: string, message: object, limits: Limits): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resume) => waiting.push(resume));
  else running += 1;
  try {
    const outcome = await askProcess<T>(program, message, limits);
    if (!outcome.ok) throw new DomainError(outcome.code);
    return outcome.result;
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function askProcess<T>(program: string, message: object, limits: Limits): Promise<Outcome<T>> {
  const child = fork(program, {
    env: {},
    execArgv: [
      '--max-old-space-size=512',
      '--permission',
      '--allow-addons',
      ...readable.map((path) => `--allow-fs-read=${join(root, path)}`),
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<Outcome<T>>((resolve) => {
    const refuse = (code: 'FILE_UNREADABLE' | 'FILE_TOO_COMPLEX') => resolve({ ok: false, code });
    const timer = setTimeout(() => refuse('FILE_TOO_COMPLEX'), limits.ms);
    const memory = setInterval(async () => {
      if ((await residentBytes(child.pid)) > limits.memoryBytes) refuse('FILE_TOO_COMPLEX');
    }, MEMORY_CHECK_MS);
    child.once('message', (outcome) => resolve(outcome as Outcome<T>));
    child.once('error', () => refuse('FILE_UNREADABLE'));
    // A heap past its limit aborts the process; any other end without an answer is a parser that fell over the file.
    child.once('exit', (_code, signal) =>
      refuse(signal === 'SIGABRT' ? 'FILE_TOO_COMPLEX' : 'FILE_UNREADABLE'),
    );
    child.once('close', () => {
      clearTimeout(timer);
      clearInterval(memory);
    });
    child.send(message, () => undefined);
  }).finally(() => child.kill('SIGKILL'));
}

/** Linux tells what a process really holds (native memory too); elsewhere the heap and pixel limits stand alone. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * 4096;
}
