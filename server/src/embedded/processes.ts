import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process's start time, unique on this machine (on Linux with the boot's id), or null when there is no such
 * process or only its unreaped remains. With the pid it names a process for good: pids are used again.
 */
export function startTimeOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
      return state === 'Z' || state === 'X' || !rest[18] ? null : `${rest[18]}@${boot}`;
    }
    if (process.platform === 'win32') {
      process.kill(pid, 0);
      return 'alive';
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

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

export type ProcessRecord = { pid: number; started: string | null };

/** True while exactly this process lives. */
export const isAlive = (record: ProcessRecord): boolean =>
  record.started !== null && startTimeOf(record.pid) === record.started;

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
