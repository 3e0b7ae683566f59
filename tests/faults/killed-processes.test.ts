import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../server/src/embedded/ports.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';

async function until(check: () => Promise<boolean>, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await check().catch(() => false))) {
    if (Date.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('livekit-server killed with SIGKILL comes back, and a running session has its room again', async () => {
  const app = await runApp();
  try {
    const court = await createCourt(app.deps, { suffix: '-fault', passwordHash: 'none' });
    const room = `fault-${court.courtId}`;
    await inCourt(app.deps.db, court.courtId, async (tx) => {
      const now = new Date();
      const base = { courtId: court.courtId, stationId: court.stationId };
      const theCase = await tx.case.create({
        data: {
          ...base,
          committeeId: court.committeeId,
          status: 'MEDIATING',
          source: 'x',
          disputeType: 'OTHER',
          title: 'x',
          facts: 'x',
          requests: '',
          registeredAt: now,
        },
      });
      await tx.session.create({
        data: { ...base, caseId: theCase.id, status: 'OPEN', plannedStart: now, plannedEnd: now, room },
      });
    });
    const hasRoom = async () => (await app.deps.video.listRooms()).includes(room);
    await until(hasRoom, 15_000);
    const before = app.livekitPid();
    if (!before) throw new Error('no embedded livekit-server');
    process.kill(before, 'SIGKILL');
    await until(async () => app.livekitPid() !== before && (await hasRoom()), 30_000);
  } finally {
    await app.stop();
  }
});

test('the whole service killed with SIGKILL leaves a folder that starts again', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tongxi-kill-'));
  const port = await freePort();
  const start = (): ChildProcess =>
    spawn(process.execPath, ['server/src/main.ts'], {
      env: { ...process.env, DATA_DIR: dir, PORT: String(port), NODE_NO_WARNINGS: '1' },
      stdio: 'ignore',
    });
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    for (let round = 0; round < 2; round += 1) {
      const child = start();
      await until(ready, 60_000);
      child.kill('SIGKILL');
      await ended(child);
    }
    const last = start();
    await until(ready, 60_000);
    const people = (await (await fetch(`http://127.0.0.1:${port}/api/demo/people`)).json()) as unknown[];
    expect(people).toHaveLength(8);
    last.kill('SIGINT');
    await ended(last);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
