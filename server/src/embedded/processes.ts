import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startTimeOf } from './file-lock.mjs';

export { isAlive, type ProcessRecord, startTimeOf } from './file-lock.mjs';

/** A living process's command line, empty when it cannot be known. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Signals a whole process group; silent when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // gone already
  }
}

/** Asks a process group to end with `signal`, waits `graceMs`, then kills it. */
export async function endGroup(pid: number, signal: NodeJS.Signals, graceMs = 8000): Promise<void> {
  signalGroup(pid, signal);
  if (await waitUntilGone(pid, graceMs)) return;
  signalGroup(pid, 'SIGKILL');
  await waitUntilGone(pid, 2000);
}

async function waitUntilGone(pid: number, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    if (startTimeOf(pid) === null) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return startTimeOf(pid) === null;
}

/**
 * What a child needs of our environment. Never the whole: it holds passwords and keys of other services.
 * TONGXI_RUN marks the processes of a test run, so that a leaked one is found.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'SystemRoot', 'TONGXI_RUN'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
