import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../server/src/config.ts';
import { type Running, startTongxi } from '../../server/src/start.ts';

/** The whole service as `npm start` runs it, on a folder and port of its own. */
export async function runApp(
  env: Record<string, string> = {},
  args: string[] = [],
): Promise<Running & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-run-'));
  const { config } = readConfig({ PORT: '0', DATA_DIR: dir, ...env }, args);
  const log = pino({ level: process.env.TONGXI_LOG ?? 'silent' });
  const running = await startTongxi({ config, log, say: () => undefined, exposureFaults: () => [] });
  return {
    ...running,
    dir,
    async stop() {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
