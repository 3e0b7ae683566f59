import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of proc(5)'s times on Linux (USER_HZ). */
const TICKS = 100;

/**
 * Processor seconds so far of the processes whose command line fits, and of everything below them (proc(5): utime,
 * stime). Linux only; who has ended meanwhile is missing.
 */
export function cpuSeconds(fits: (command: string) => boolean): number {
  const processes = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        const root = fits(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
        return [{ pid, parent: stat[1] ?? '', spent: Number(stat[11]) + Number(stat[12]), root }];
      } catch {
        return [];
      }
    });
  const ours = new Set(processes.filter((p) => p.root).map((p) => p.pid));
  for (let grown = -1; grown !== ours.size; ) {
    grown = ours.size;
    for (const p of processes) if (ours.has(p.parent)) ours.add(p.pid);
  }
  return processes.filter((p) => ours.has(p.pid)).reduce((sum, p) => sum + p.spent, 0) / TICKS;
}
