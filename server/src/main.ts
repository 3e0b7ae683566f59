import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { demoExposureFaults, help, readConfig } from './config.ts';
import { DataDirBusy } from './embedded/data-dir.ts';
import { type Running, startTongxi } from './start.ts';

/** Reads the configuration, starts everything, prints where to go, and shuts down once. */
async function main(): Promise<void> {
  const { config, faults } = readConfig(process.env, process.argv.slice(2));
  const say = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  if (config.help) {
    say(help);
    return;
  }
  if (faults.length > 0) return fail(faults);
  const log = pino(
    { level: config.LOG_LEVEL, base: null },
    pino.destination({ dest: join(resolve(config.DATA_DIR), 'tongxi.log'), mkdir: true, sync: false }),
  );
  let running: Running;
  try {
    running = await startTongxi({
      config,
      log,
      say,
      exposureFaults: (demo) => demoExposureFaults({ demo, config }),
    });
  } catch (error) {
    if (error instanceof DataDirBusy) return fail([error.message]);
    log.error({ err: error }, 'start failed');
    return fail([error instanceof Error ? error.message : String(error)]);
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('\nstopping …');
    await running.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

function fail(lines: string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

await main();
