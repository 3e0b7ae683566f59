// Runs on any Node ≥ 20 with nothing installed: installs, generates and builds what is missing or stale, then hands
// over to the packaged Node 24. Plain JavaScript without dependencies on purpose.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'node_modules', '.tongxi');
const windows = process.platform === 'win32';
const say = (text) => process.stdout.write(`${text}\n`);

class Failure extends Error {}

async function main([command = 'start', ...args]) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Failure(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  await prepare();
  const node = packagedNode();
  switch (command) {
    case 'start':
      await buildWeb(node);
      return run(node, ['server/src/main.ts', ...args]);
    case 'test':
      return runTests(node, args);
    case 'faults':
      return vitest(node, 'faults', args);
    case 'demo':
      await buildWeb(node);
      return run(node, ['tests/e2e/demo.ts', ...args]);
    case 'bench':
      return run(node, ['tests/bench/run.ts', ...args]);
    case 'verify':
      return run(node, ['server/src/verify-cli.ts', ...args]);
    case 'audit':
      return run(node, ['server/src/audit-cli.ts', ...args]);
    case 'migration':
      return run(node, ['tests/setup/write-migration.ts', ...args]);
    case 'check':
      return (
        (await run(node, [bin('@biomejs/biome', 'bin/biome'), 'check', '.'])) ||
        (await run(node, [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json'])) ||
        (await run(node, [bin('typescript', 'bin/tsc'), '-p', 'web']))
      );
    default:
      throw new Failure(`Unknown command ${command}.`);
  }
}

/** Installs packages and generates the database client, each only when its inputs changed. */
async function prepare() {
  const release = await lock();
  try {
    const packages = [
      'package.json',
      'server/package.json',
      'web/package.json',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
    ];
    await step('install', hashFiles(packages.map((p) => join(root, p))), 'installing packages', async () => {
      const pinned = `pnpm@${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.pnpm}`;
      const code = await run(windows ? 'npx.cmd' : 'npx', ['-y', pinned, 'install', '--frozen-lockfile'], {
        quiet: true,
        env: { CI: 'true' },
      });
      if (code !== 0)
        throw new Failure(
          'Installing packages failed. Check that the npm registry can be reached, then run the command again.',
        );
    });
    const schema = readdirSync(join(root, 'prisma/schema')).map((file) => join(root, 'prisma/schema', file));
    const generated = existsSync(join(root, 'server/src/generated/prisma/client.ts')) ? '' : 'missing';
    await step('generate', hashFiles(schema) + generated, 'generating the database client', async () => {
      const env = {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      };
      const code = await run(packagedNode(), [bin('prisma', 'build/index.js'), 'generate'], {
        quiet: true,
        env,
      });
      if (code !== 0) throw new Failure('Generating the database client failed; the lines above say why.');
    });
    if (generated) writeStamp('generate', hashFiles(schema));
  } finally {
    release();
  }
}

async function buildWeb(node) {
  const release = await lock();
  try {
    const files = [...walk(join(root, 'web')), ...walk(join(root, 'server/src/contract'))].filter(
      (f) => !/node_modules|\/dist\//.test(f),
    );
    const missing = existsSync(join(root, 'web/dist/index.html')) ? '' : 'missing';
    await step('web', hashFiles(files) + missing, 'building the pages', async () => {
      const code = await run(
        node,
        [join(root, 'web/node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
        { cwd: join(root, 'web') },
      );
      if (code !== 0) throw new Failure('Building the pages failed; the lines above say why.');
    });
    if (missing) writeStamp('web', hashFiles(files));
  } finally {
    release();
  }
}

/** Every project in turn, then the totals. Nothing runs beside the media tests. */
async function runTests(node, args) {
  if (args.includes('--project'))
    return vitest(
      node,
      args[args.indexOf('--project') + 1],
      args.filter((a, i) => a !== '--project' && args[i - 1] !== '--project'),
    );
  await pythonForPdfChecks();
  await buildWeb(node);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  let broken = false;
  for (const project of ['unit', 'api', 'web', 'e2e']) {
    const started = Date.now();
    say(`\n— ${project} —`);
    const report = join(stamps, `report-${project}.json`);
    rmSync(report, { force: true });
    const code = await vitest(node, project, [
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
    ]);
    const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
    if (!result || (code !== 0 && result.numFailedTests === 0)) broken = true;
    totals.passed += result?.numPassedTests ?? 0;
    totals.failed += (result?.numFailedTests ?? 0) + (result ? 0 : 1);
    totals.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
    say(`${project}: ${Math.round((Date.now() - started) / 1000)} s`);
  }
  if (broken && totals.failed === 0) totals.failed = 1;
  say(
    `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`,
  );
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}

function vitest(node, project, args) {
  return run(node, [bin('vitest', 'vitest.mjs'), 'run', '--project', project, ...args]);
}

/** pyHanko, an independent verifier of signed PDFs, in a virtual environment of our own where python3 is there. */
async function pythonForPdfChecks() {
  const venv = join(root, 'node_modules', '.tongxi', 'pyhanko');
  const python = join(venv, windows ? 'Scripts/python.exe' : 'bin/python3');
  const wanted = readFileSync(join(root, 'tests/setup/requirements.txt'), 'utf8');
  process.env.TONGXI_PYHANKO = python;
  if (existsSync(join(venv, 'done')) && readFileSync(join(venv, 'done'), 'utf8') === wanted) return;
  say('· installing pyHanko, the independent PDF verifier');
  const made = await run('python3', ['-m', 'venv', '--clear', venv], { quiet: true, mayFail: true });
  const code =
    made === 0
      ? await run(python, ['-m', 'pip', 'install', '-q', '-r', join(root, 'tests/setup/requirements.txt')], {
          quiet: true,
          mayFail: true,
        })
      : made;
  if (code === 0) writeFileSync(join(venv, 'done'), wanted);
  else say('  not to be had here: its checks will be skipped and counted');
}

async function step(name, hash, text, work) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const started = Date.now();
  say(`· ${text} …`);
  await work();
  writeStamp(name, hash);
  say(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function writeStamp(name, hash) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), hash);
}

/** One preparation at a time on one checkout. */
async function lock() {
  const path = join(root, '.prepare-lock');
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      const release = () => rmSync(path, { force: true });
      process.once('exit', release);
      return release;
    } catch {
      const owner = Number(readFileSync(path, { encoding: 'utf8', flag: 'a+' })) || 0;
      if (!alive(owner)) rmSync(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function alive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function packagedNode() {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Failure(
    `There is no packaged Node 24 for ${process.platform}-${process.arch}: install Node 24 and run the command again.`,
  );
}

const bin = (name, file) => join(root, 'node_modules', name, file);

function run(command, args, { quiet = false, mayFail = false, cwd = root, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: {
        ...process.env,
        NODE_NO_WARNINGS: '1',
        PATH: `${dirname(packagedOr(command))}${windows ? ';' : ':'}${process.env.PATH}`,
        ...env,
      },
    });
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    child.stderr?.on('data', (chunk) => (said += chunk));
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM'];
    for (const signal of signals) process.on(signal, pass);
    const end = (code) => {
      for (const signal of signals) process.off(signal, pass);
      if (code !== 0 && quiet && !mayFail) say(said.split('\n').slice(-30).join('\n'));
      resolve(code);
    };
    child.on('error', () => end(1));
    child.on('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

const packagedOr = (command) =>
  command.includes('node') && existsSync(command) ? command : process.execPath;

function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort())
    hash.update(file.slice(root.length)).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

function walk(dir) {
  return readdirSync(dir).flatMap((name) => {
    if (name === 'node_modules' || name === 'dist') return [];
    const path = join(dir, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    say(error instanceof Failure ? error.message : String(error?.stack ?? error));
    process.exit(1);
  },
);
