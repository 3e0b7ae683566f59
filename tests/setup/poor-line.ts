import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a line does to packets; each direction has the rate and the delay. */
export type Line = {
  rate_kbit: number;
  loss: number;
  delay_ms: number;
  down: boolean;
  block_udp: boolean;
};
export const clean: Line = { rate_kbit: 0, loss: 0, delay_ms: 0, down: false, block_udp: false };
export type Crossed = Record<`${'up' | 'down'}_${'tcp' | 'udp' | 'other'}` | 'dropped', number>;
export type PoorLine = {
  /** Name of the network namespace whose only way out is the line. */
  namespace: string;
  /** Changes the line; answers with the bytes that crossed so far, seen from inside the namespace. */
  set(line: Line): Promise<Crossed>;
  close(): void;
};

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Null where namespaces and TUN devices cannot be had (no Linux, no root, no python3), with the reason printed. */
export async function openPoorLine(): Promise<PoorLine | null> {
  const [name, net] = [`tx${process.pid}`, `10.213.${process.pid % 250}`];
  if (process.getuid?.() !== 0 || !existsSync('/dev/net/tun')) {
    process.stdout.write('poor line: needs Linux, root and /dev/net/tun: skipped\n');
    return null;
  }
  const [near, far] = [`${name}a`, `${name}b`];
  let child: ChildProcess | null = null;
  const close = () => {
    child?.kill();
    try {
      ip('netns', 'del', name);
    } catch {
      // It was never made.
    }
  };
  try {
    ip('netns', 'add', name);
    const script = join(import.meta.dirname, 'poor_line.py');
    child = spawn('python3', [script, near, far], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw new Error('no pipes');
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    if ((await lines.next()).value !== 'ready') throw new Error('python3 could not open TUN devices');
    ip('addr', 'add', `${net}.1/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    ip('link', 'set', far, 'netns', name);
    const inside = (...args: string[]) => ip('-n', name, ...args);
    inside('addr', 'add', `${net}.2/30`, 'dev', far);
    inside('link', 'set', 'lo', 'up');
    inside('link', 'set', far, 'up');
    inside('route', 'add', 'default', 'via', `${net}.1`);
    return {
      namespace: name,
      async set(line) {
        stdin.write(`${JSON.stringify(line)}\n`);
        return JSON.parse(String((await lines.next()).value)) as Crossed;
      },
      close,
    };
  } catch (error) {
    close();
    process.stdout.write(`poor line: ${error instanceof Error ? error.message : String(error)}: skipped\n`);
    return null;
  }
}
