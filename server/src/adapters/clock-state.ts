import { execFile } from 'node:child_process';
import type { ClockState } from '../ports/timestamp.ts';

const KEEP_MS = 60_000;
const LIMIT_MS = 2000;

export type RunCommand = (command: string, args: string[]) => Promise<string>;

/**
 * Asks the system whether its clock follows a time service: systemd's own answer, else chrony's. Where neither is
 * installed (containers, other systems) the answer is unknown, and an external time-stamp source is the check.
 */
export function systemClockState(run: RunCommand = execute): () => Promise<ClockState> {
  let known: { until: number; state: Promise<ClockState> } | null = null;
  return () => {
    const now = performance.now();
    if (known === null || known.until < now) known = { until: now + KEEP_MS, state: read(run) };
    return known.state;
  };
}

async function read(run: RunCommand): Promise<ClockState> {
  const systemd = await run('timedatectl', ['show', '-p', 'NTPSynchronized', '--value']).catch(() => '');
  if (systemd.trim() === 'yes') return 'synchronised';
  // chrony's last field is the leap status; it says so itself when it is not synchronised.
  const chrony = await run('chronyc', ['-c', 'tracking']).catch(() => '');
  if (chrony.trim() !== '')
    return chrony.trim().endsWith('Not synchronised') ? 'unsynchronised' : 'synchronised';
  return systemd.trim() === 'no' ? 'unsynchronised' : 'unknown';
}

function execute(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: LIMIT_MS }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
