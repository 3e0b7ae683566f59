// Runs on any Node ≥ 20 with nothing installed: installs, generates and builds what is missing or stale, then hands
// over to the packaged Node 24. Plain JavaScript without dependencies on purpose.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createLock,
  isAlive,
  newOwner,
  ownerIn,
  readLock,
  releaseLock,
  removeStaleLock,
  startTimeOf,
} from './src/embedded/file-lock.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamps = join(root, 'node_modules', '.tongxi');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tongxi');
const windows = process.platform === 'win32';
const projects = ['unit', 'api', 'web', 'e2e'];
const needPages = ['web', 'e2e', 'faults'];
const say = (text) => process.stdout.write(`${text}\n`);

/** Set once somebody asked this run to stop. */
let interrupted = false;

/** Something a person can mend; its message says how. */
class Failure extends Error {}

async function main([command = 'start', ...args]) {
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Failure(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  const node = await prepare();
  switch (command) {
    case 'start':
      if (!args.includes('--help')) await buildWeb(node);
      return serve(node, 'server/src/main.ts', args);
    case 'test':
      return runTests(node, args);
    case 'faults':
      return runTests(node, ['--project', 'faults', ...args]);
    case 'demo':
      await buildWeb(node);
      return serve(node, 'tests/e2e/demo.ts', args);
    case 'bench':
      return bench(node, args);
    case 'verify':
      return run(node, ['server/src/verify-cli.ts', ...args]);
    case 'authority':
      return run(node, ['server/src/authority-cli.ts', ...args]);
    case 'release':
      return run(node, ['server/src/release-cli.ts', ...args]);
    case 'audit':
      return run(node, ['server/src/audit-cli.ts', ...args]);
    case 'migration':
      return run(node, ['tests/setup/write-migration.ts', ...args]);
    case 'check':
      return check(node);
    default:
      throw new Failure(
        `Unknown command ${command}: use start, test, faults, demo, bench, verify, authority, audit, release, check or migration.`,
      );
  }
}

/** Long-lived commands hear through a channel when this launcher is killed, and end too. */
function serve(node, script, args) {
  return run(node, [script, ...args], { channel: true });
}

/** Verifying is measured beside pyHanko; without it that row says so. */
async function bench(node, args) {
  await buildWeb(node);
  const pyhanko = await obtainPyhanko();
  const env = pyhanko ? { TONGXI_PYHANKO: pyhanko } : {};
  return run(node, ['tests/bench/run.ts', ...args], { channel: true, env });
}

/** Every check, also after one failed. */
async function check(node) {
  const codes = [
    await run(node, [bin('@biomejs/biome', 'bin/biome'), 'check', '.']),
    await run(node, [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json']),
    await run(node, [bin('typescript', 'bin/tsc'), '-p', 'web']),
  ];
  return codes.find((code) => code !== 0) ?? 0;
}

// ---- what must be there first -------------------------------------------------------------------------------------

/** Installs packages and generates the database client where their inputs changed. Answers with the Node to use. */
async function prepare() {
  const manifests = ['package.json', 'server/package.json', 'web/package.json', 'pnpm-lock.yaml'];
  const install = {
    name: 'install',
    text: 'installing packages (first start, or their list changed)',
    inputs: () => [...manifests, 'pnpm-workspace.yaml'].map((path) => join(root, path)),
    output: join(root, 'node_modules', '.modules.yaml'),
    work: async () => {
      const [command, ...first] = packageManager();
      const code = await run(command, [...first, 'install', '--frozen-lockfile'], {
        quiet: true,
        shell: windows,
        env: { CI: 'true' },
      });
      if (code !== 0)
        throw new Failure(
          'Installing packages failed. Check that the npm registry can be reached, then run the command again.',
        );
    },
  };
  const generate = {
    name: 'generate',
    text: 'generating the database client (the schema changed)',
    inputs: () => [
      ...walk(join(root, 'prisma/schema')),
      ...['prisma.config.ts', 'pnpm-lock.yaml'].map((p) => join(root, p)),
    ],
    output: join(root, 'server/src/generated/prisma/client.ts'),
    work: async () => {
      const code = await run(packagedNode(), [bin('prisma', 'build/index.js'), 'generate'], {
        quiet: true,
        // The schema engine is not used for this, but generating would try to download it: any existing file will do.
        env: {
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      });
      if (code !== 0)
        throw new Failure(
          'Generating the database client failed: the lines above name the fault in prisma/schema.',
        );
    },
  };
  await step(install);
  await step(generate);
  return packagedNode();
}

async function buildWeb(node) {
  await step({
    name: 'web',
    text: 'building the pages (first start, or their sources changed)',
    inputs: () => [
      ...walk(join(root, 'web')),
      ...walk(join(root, 'server/src/contract')),
      join(root, 'pnpm-lock.yaml'),
    ],
    output: join(root, 'web/dist/index.html'),
    work: async () => {
      const vite = join(root, 'web/node_modules/vite/bin/vite.js');
      const code = await run(node, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'web') });
      if (code !== 0) throw new Failure('Building the pages failed: the lines above say why.');
    },
  });
}

/** pnpm 12 from PATH, else the pinned one through npx. */
function packageManager() {
  const { status, stdout } = spawnSync('pnpm', ['--version'], {
    cwd: root,
    shell: windows,
    encoding: 'utf8',
    timeout: 10_000,
    env: { ...process.env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
  });
  if (status === 0 && stdout.trim().startsWith('12.')) return ['pnpm'];
  return ['npx', '-y', `pnpm@${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.pnpm}`];
}

/** Does a step's work when its inputs differ from those of the last time or its output is missing. */
async function step({ name, text, inputs, output, work }) {
  const stamp = join(stamps, name);
  const fresh = () =>
    existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hashFiles(inputs());
  if (fresh()) return;
  await holding(join(root, '.prepare-lock'), async () => {
    if (fresh()) return; // another run did it meanwhile
    const started = Date.now();
    const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
    say(`· ${text} …`);
    const ticking = setInterval(() => say(`  … ${Math.round(seconds())} s`), 15_000);
    try {
      rmSync(stamp, { force: true });
      const hash = hashFiles(inputs());
      await work();
      mkdirSync(stamps, { recursive: true });
      writeFileSync(stamp, hash);
    } finally {
      clearInterval(ticking);
    }
    say(`  done in ${seconds()} s`);
  });
}

/** One at a time among all runs on this machine. A lock whose owner died is taken over. */
async function holding(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = newOwner();
  const release = () => releaseLock(path, mine);
  process.once('exit', release);
  try {
    for (let told = false; !createLock(path, mine); ) {
      const found = readLock(path);
      if (found === null) continue;
      const owner = ownerIn(found);
      if (isAlive(owner)) {
        if (!told) say(`· waiting for process ${owner.pid}, which prepares the same files`);
        told = true;
        await new Promise((resolve) => setTimeout(resolve, 200));
      } else removeStaleLock(path, found, mine);
    }
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

// ---- tests --------------------------------------------------------------------------------------------------------

/**
 * Runs the test projects one after the other (nothing runs beside the media tests) and prints the totals. What vitest
 * is given passes through: `--project x` chooses projects, anything else filters files. Fails on a failed test, an
 * unhandled error, a leaked process, or when no test ran.
 */
async function runTests(node, args) {
  const chosen = args.flatMap((arg, i) => {
    if (arg.startsWith('--project=')) return [arg.slice('--project='.length)];
    return args[i - 1] === '--project' ? [arg] : [];
  });
  const rest = args.filter((arg, i) => !/^--project(=|$)/.test(arg) && args[i - 1] !== '--project');
  const wanted = chosen.length > 0 ? [...projects, 'faults'].filter((p) => chosen.includes(p)) : projects;
  const unknown = chosen.filter((project) => !wanted.includes(project));
  if (unknown.length > 0)
    throw new Failure(
      `There is no test project ${unknown.join(', ')}: use ${projects.join(', ')} or faults.`,
    );
  const pyhanko = await obtainPyhanko();
  if (wanted.some((project) => needPages.includes(project))) await buildWeb(node);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const project of wanted) {
    say(`\n— ${project} —`);
    const result = await runProject(node, project, rest, pyhanko);
    for (const key of Object.keys(totals)) totals[key] += result[key];
    lines.push(`  ${project.padEnd(7)}${summary(result)} (${result.seconds} s)`);
    if (interrupted) break;
  }
  if (!pyhanko && process.env.TONGXI_REQUIRE_PYHANKO) {
    lines.push('  pyHanko is required here and could not be had: counted as a failure');
    totals.failed += 1;
  }
  if (interrupted) lines.push('  interrupted: the rest did not run');
  if (totals.passed + totals.failed === 0) lines.push('  no test ran: counted as a failure');
  totals.failed += totals.passed + totals.failed === 0 ? 1 : 0;
  say(`\n${lines.join('\n')}\n\n${summary(totals)}`);
  return totals.failed > 0 ? 1 : 0;
}

const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

async function runProject(node, project, args, pyhanko) {
  const started = Date.now();
  const report = join(stamps, `report-${project}-${process.pid}.json`);
  const mark = randomUUID();
  const code = await run(
    node,
    [
      bin('vitest', 'vitest.mjs'),
      ...['run', '--project', project, '--passWithNoTests'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...args,
    ],
    { env: { TONGXI_RUN: mark, ...(pyhanko ? { TONGXI_PYHANKO: pyhanko } : {}) } },
  );
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  rmSync(report, { force: true });
  const files = result?.testResults ?? [];
  // A file that breaks before its first test has no test to count.
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  let failed = (result?.numFailedTests ?? 0) + broken;
  if (code !== 0 && failed === 0) failed = 1; // an unhandled error, or no report at all
  const leaked = await endLeaked(mark);
  for (const command of leaked) say(`Left running by ${project}, and ended now: ${command}`);
  return {
    passed: result?.numPassedTests ?? 0,
    failed: failed + (leaked.length > 0 ? 1 : 0),
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/** Processes that carry a run's mark in their environment after it is over (Linux tells; elsewhere none are found). */
async function endLeaked(mark) {
  if (process.platform !== 'linux') return [];
  const marked = () =>
    readdirSync('/proc').filter(
      (pid) =>
        /^\d+$/.test(pid) &&
        startTimeOf(Number(pid)) !== null &&
        readText(`/proc/${pid}/environ`)?.includes(`TONGXI_RUN=${mark}`),
    );
  for (let i = 0; i < 20 && marked().length > 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return marked().map((pid) => {
    const command = readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').slice(0, 200);
    process.kill(Number(pid), 'SIGKILL');
    return command;
  });
}

/**
 * The Python of a virtual environment with pyHanko, an independent verifier of signed PDFs: kept in the user's cache,
 * made once. Null where python3 or the package index is missing; its checks are then skipped and counted.
 */
async function obtainPyhanko() {
  const requirements = join(root, 'tests/setup/requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  const home = join(cache, `pyhanko-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
  const python = join(home, 'venv', windows ? 'Scripts/python.exe' : 'bin/python3');
  const ready = () =>
    existsSync(join(home, 'ready')) &&
    spawnSync(python, ['-c', 'import pyhanko'], { stdio: 'ignore' }).status === 0;
  if (ready()) return python;
  return holding(`${home}.lock`, async () => {
    if (ready()) return python;
    say('· installing pyHanko, an independent verifier of signed PDFs (once on this machine) …');
    const quiet = { quiet: true, mayFail: true };
    const made = await run(
      windows ? 'python' : 'python3',
      ['-m', 'venv', '--clear', join(home, 'venv')],
      quiet,
    );
    const code = made || (await run(python, ['-m', 'pip', 'install', '-q', '-r', requirements], quiet));
    if (code === 0) {
      writeFileSync(join(home, 'ready'), '');
      if (ready()) return python;
    }
    rmSync(home, { recursive: true, force: true });
    say(
      '  not to be had here (python3 with venv and pip, and a package index): its checks are skipped and counted',
    );
    return null;
  });
}

// ---- processes and files ------------------------------------------------------------------------------------------

function packagedNode() {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath; // runs TypeScript as it is
  throw new Failure(
    `There is no packaged Node 24 for ${process.platform}-${process.arch}: install Node 24 and run the command again.`,
  );
}

const bin = (name, file) => join(root, 'node_modules', name, file);

/** Runs a command to its end, passes signals on and answers with its exit code. Never rejects. */
function run(command, args, options = {}) {
  const { quiet = false, mayFail = false, channel = false, shell = false, cwd = root, env = {} } = options;
  const out = quiet ? ['ignore', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit'];
  const first = existsSync(command) ? `${dirname(command)}${delimiter}` : '';
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      stdio: channel ? [...out, 'ipc'] : out,
      env: { ...process.env, NODE_NO_WARNINGS: '1', PATH: `${first}${process.env.PATH}`, ...env },
    });
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    child.stderr?.on('data', (chunk) => (said += chunk));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (signal) => {
      interrupted = true;
      // A terminal's Ctrl-C reaches the child by itself; a second one would make some programs end at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const callers = npmAbove();
    const orphaned = () => {
      if (npmAbove() === callers) return;
      clearInterval(watch);
      pass('SIGTERM');
    };
    const watch = process.env.npm_lifecycle_event ? setInterval(orphaned, 300) : undefined;
    const end = (code) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, pass);
      if (quiet && interrupted) process.exit(130);
      if (code !== 0 && quiet && !mayFail) say(said.trim().split('\n').slice(-30).join('\n'));
      resolve(code);
    };
    child.on('error', (error) => {
      said += `${command}: ${error.message}`;
      end(127);
    });
    child.on('close', (code, signal) => end(code ?? { SIGINT: 130, SIGTERM: 143 }[signal] ?? 137));
  });
}

/** npm, and the shell it put between, as pids: npm dies of a signal without passing it on. */
function npmAbove() {
  const shell = readText(`/proc/${process.ppid}/cmdline`)?.includes('bootstrap.mjs');
  const above = shell ? /\) \S+ (\d+)/.exec(readText(`/proc/${process.ppid}/stat`))?.[1] : '';
  return `${process.ppid} ${above}`;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort())
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(existsSync(file) ? readFileSync(file) : '');
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
