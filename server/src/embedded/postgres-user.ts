import { execFile } from 'node:child_process';
import { access, chmod, chown, constants, readFile, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type PostgresUser = {
  uid: number;
  gid: number;
  /** Wraps a command so that it may pass through folders that are closed to this user; usually changes nothing. */
  wrap(command: string, args: string[]): { command: string; args: string[]; uid?: number; gid?: number };
};

/**
 * PostgreSQL refuses to run as root: under root an existing unprivileged user runs it. `places` are the folders that
 * it must reach. Null when we are not root.
 */
export async function postgresUser(places: string[]): Promise<PostgresUser | null> {
  if (process.getuid?.() !== 0) return null;
  const user = await findUser();
  const closed = await firstClosedFolder(places, user);
  if (!closed) return { ...user, wrap: (command, args) => ({ command, args, ...user }) };
  const capability = await passThroughCapability();
  const setpriv = await findInPath('setpriv');
  if (!capability || !setpriv)
    throw new Error(
      `PostgreSQL cannot run as root, and the user that would run it cannot enter ${closed}. Run "chmod o+x ${closed}", start as another user, or set DATABASE_URL.`,
    );
  // The secure bit: without it access(2), which initdb asks, leaves the capability out of account.
  const asUser = [
    '--securebits=+no_setuid_fixup',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
  ];
  const allowed = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`];
  return {
    ...user,
    wrap: (command, args) => ({
      command: setpriv,
      args: [...asUser, ...allowed, `--bounding-set=-all,+${capability}`, '--', command, ...args],
    }),
  };
}

/** The data folder stays closed to everybody but its owner and, to pass through only, PostgreSQL's group. */
export async function letPass(user: PostgresUser, dir: string): Promise<void> {
  await chown(dir, 0, user.gid);
  await chmod(dir, 0o710);
}

async function findUser(): Promise<{ uid: number; gid: number }> {
  for (const name of ['postgres', 'nobody']) {
    const uid = await run('id', ['-u', name]).catch(() => null);
    if (!uid) continue;
    const gid = await run('id', ['-g', name]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'PostgreSQL cannot run as root, and there is no user named postgres or nobody to run it: start as another user, or set DATABASE_URL.',
  );
}

/** The outermost folder on the way that this user cannot enter, such as /root. */
async function firstClosedFolder(
  places: string[],
  user: { uid: number; gid: number },
): Promise<string | null> {
  for (const place of places) {
    const way: string[] = [];
    for (let dir = place; ; dir = dirname(dir)) {
      way.unshift(dir);
      if (dir === dirname(dir)) break;
    }
    for (const dir of way) {
      const { mode, uid, gid } = await stat(dir);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return dir;
    }
  }
  return null;
}

/** The smaller of the two Linux capabilities that enter any folder, if we hold one and may hand it on. */
async function passThroughCapability(): Promise<string | null> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  if (!(held & (1n << 8n))) return null; // CAP_SETPCAP
  if (held & (1n << 2n)) return 'dac_read_search';
  if (held & (1n << 1n)) return 'dac_override';
  return null;
}

async function findInPath(name: string): Promise<string | null> {
  for (const dir of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin']) {
    const path = join(dir, name);
    if (
      dir &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ))
    )
      return path;
  }
  return null;
}
