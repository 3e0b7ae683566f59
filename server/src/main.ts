import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { demoExposureFaults, help, readConfig } from './config.ts';
import { makeDataDir } from './embedded/data-dir.ts';
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
  const interrupted = new AbortController();
  let running: Running | undefined;
  const stop = async () => {
    if (interrupted.signal.aborted) return;
    interrupted.abort(new Error('stopped before it was ready'));
    say('\nstopping …');
    if (!running) return; // the start ends at its next step and stops what it began
    await running.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.on('disconnect', () => void stop()); // the launcher is gone
  let log: Logger | undefined;
  try {
    log = pino(
      { level: config.LOG_LEVEL, base: null },
      pino.destination({ dest: join(await makeDataDir(config.DATA_DIR), 'tongxi.log'), sync: false }),
    );
    running = await startTongxi({
      config,
      log,
      say,
      exposureFaults: (demo) => demoExposureFaults({ demo, config }),
      signal: interrupted.signal,
    });
  } catch (error) {
    if (!interrupted.signal.aborted) log?.error({ err: error }, 'start failed');
    return fail([error instanceof Error ? error.message : String(error)]);
  }
}

function fail(lines: string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

await main();
