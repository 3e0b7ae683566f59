// Locks by files, for any Node ≥ 20 with nothing installed: the launcher uses it before packages are there.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export function startTimeOf(pid) {
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

export const isAlive = (record) =>
  record !== null && record.started !== null && startTimeOf(record.pid) === record.started;

export const newOwner = () =>
  JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid), id: randomUUID() });

export function ownerIn(text) {
  try {
    const { pid, started } = JSON.parse(text);
    return Number.isInteger(pid) ? { pid, started } : null;
  } catch {
    return null;
  }
}

export function readLock(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

export function createLock(path, owner) {
  const written = `${path}.${randomUUID()}`;
  writeFileSync(written, owner, { mode: 0o600 });
  try {
    linkSync(written, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}

export function releaseLock(path, owner) {
  if (readLock(path) === owner) rmSync(path, { force: true });
}

// Of two that found one lock stale, the slower must not take away the lock that the faster has made since. So each
// stale lock has a guard of its own, named by its text: whoever holds it looks again and removes just that text.
export function removeStaleLock(path, found, owner) {
  const guard = `${path}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}`;
  if (createLock(guard, owner)) {
    releaseLock(path, found);
    releaseLock(guard, owner);
    return;
  }
  const other = readLock(guard);
  if (other !== null && !isAlive(ownerIn(other))) removeStaleLock(guard, other, owner);
}
