import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../domain/errors.ts';
import type { FileInspector, InspectedFile } from '../../ports/file-inspector.ts';

export type Verdict =
  | { ok: true; file: InspectedFile }
  | { ok: false; code: 'FILE_TYPE_REFUSED' | 'FILE_UNREADABLE' | 'FILE_TOO_COMPLEX' };

const LIMIT_MS = 10_000;
const MEMORY_BYTES = 512 * 1024 * 1024;
const MEMORY_CHECK_MS = 50;
/** Files parsed at the same moment; more wait. */
const AT_ONCE = 2;
const program = fileURLToPath(new URL('./inspect-process.ts', import.meta.url));

/** The inspector with a process of its own for every file: without environment, killed after 10 s or at 512 MB. */
export function processInspector(options: { limitMs?: number } = {}): FileInspector {
  const { limitMs = LIMIT_MS } = options;
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async inspect(bytes) {
      if (running >= AT_ONCE) await new Promise<void>((resume) => waiting.push(resume));
      else running += 1;
      try {
        const verdict = await inspectInProcess(bytes, limitMs);
        if (!verdict.ok) throw new DomainError(verdict.code);
        return verdict.file;
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

function inspectInProcess(bytes: Uint8Array, limitMs: number): Promise<Verdict> {
  const child = fork(program, {
    env: {},
    execArgv: ['--max-old-space-size=512', '--permission', '--allow-fs-read=*', '--allow-addons'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<Verdict>((resolve) => {
    const refuse = (code: 'FILE_UNREADABLE' | 'FILE_TOO_COMPLEX') => resolve({ ok: false, code });
    const timer = setTimeout(() => refuse('FILE_TOO_COMPLEX'), limitMs);
    const memory = setInterval(async () => {
      if ((await residentBytes(child.pid)) > MEMORY_BYTES) refuse('FILE_TOO_COMPLEX');
    }, MEMORY_CHECK_MS);
    child.once('message', (verdict) => resolve(verdict as Verdict));
    child.once('error', () => refuse('FILE_UNREADABLE'));
    // A heap past its limit aborts the process; any other end without a verdict is a parser that fell over the file.
    child.once('exit', (_code, signal) =>
      refuse(signal === 'SIGABRT' ? 'FILE_TOO_COMPLEX' : 'FILE_UNREADABLE'),
    );
    child.once('close', () => {
      clearTimeout(timer);
      clearInterval(memory);
    });
    child.send(bytes, () => undefined);
  }).finally(() => child.kill('SIGKILL'));
}

/** Linux tells what a process really holds (native memory too); elsewhere the heap and pixel limits stand alone. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * 4096;
}
