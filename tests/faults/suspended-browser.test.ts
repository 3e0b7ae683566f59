import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt } from '../factories/court.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { flow, untilFlows } from '../setup/media-flow.ts';
import { ownBrowsers } from '../setup/own-browsers.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';

const SUSPENDED_MS = 600_000;

let app: Awaited<ReturnType<typeof runApp>>;
let court: Awaited<ReturnType<typeof createCourt>>;
let clients: ReturnType<typeof serviceClients>;
let browsers: ReturnType<typeof ownBrowsers>;
let c1: Awaited<ReturnType<typeof browsers.talking>>['c1'];
let station: Page;
let phone: Page;

/** A browser's processes: those that carry its mark, and all below them. */
function processesOf(marker: string): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [pid = '', parent = '', ...args] = row.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), marked: args.join(' ').includes(marker) };
    });
  const found = rows.filter((row) => row.marked).map((row) => row.pid);
  for (const pid of found)
    for (const row of rows) if (row.parent === pid && !found.includes(row.pid)) found.push(row.pid);
  return found;
}

beforeAll(async () => {
  app = await runApp();
  court = await createCourt(app.deps, { suffix: '-asleep', passwordHash: 'none' });
  clients = serviceClients(app, court);
  browsers = ownBrowsers(app, clients);
  ({ c1, station, phone } = await browsers.talking());
}, 240_000);
afterAll(async () => {
  await browsers?.close();
  await app?.stop();
});

test('a browser suspended for ten minutes is missed by name, decides nothing, loses nothing, and is back by itself', async () => {
  // Written and not sent yet; a text to agree to.
  await phone.getByRole('tab', { name: '消息' }).click();
  const unsent = phone.locator('textarea');
  await unsent.fill('我还没写完');
  const at = `/api/sessions/${c1.sessionId}`;
  const draft = `/api/cases/${c1.caseId}/draft`;
  await c1.mediator.post(`${draft}/updates`, { update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update });
  const { contentSha256 } = (await c1.mediator.get<{ contentSha256: string }>(draft)).body;
  const chen = await clients.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const agree = () => chen.post<{ code?: string }>(`${draft}/agree`, { contentSha256 });

  const stopped = processesOf(browsers.marker(1));
  expect(stopped.length).toBeGreaterThan(0);
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  const since = Date.now();
  try {
    const party = station.locator('[data-seat-kind=PARTY]');
    await party
      .getByText(/不在场|正在进入/)
      .first()
      .waitFor();
    await c1.mediator.post(`${at}/messages`, { to: 'ALL', text: '周建波掉线，我们等他。' });
    await station.waitForTimeout(SUSPENDED_MS - (Date.now() - since));
    expect((await flow(station, 2000)).audioPackets).toBe(0);
    await party.getByText('不在场').first().waitFor();
    expect((await agree()).body).toMatchObject({
      code: 'PRESENCE_REQUIRED',
      details: { names: ['周建波'] },
    });
  } finally {
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
  }

  // What the page says as soon as it wakes is true: no picture of ten minutes ago passes for the present one.
  const woke = Date.now();
  await phone.locator('[data-line]').waitFor({ timeout: 30_000 });
  const told = Date.now() - woke;
  await untilFlows([station, phone], 90_000);
  const back = Date.now() - woke;
  await phone.locator('[data-line]').waitFor({ state: 'detached' });
  await phone.getByText('周建波掉线，我们等他。').waitFor();
  expect(await unsent.inputValue()).toBe('我还没写完');
  expect((await agree()).status).toBe(200);
  const gaps = await inCourt(app.deps.db, court.courtId, (tx) =>
    tx.gap.findMany({ where: { sessionId: c1.sessionId, seatId: c1.seats.party.id } }),
  );
  const longest = Math.max(...gaps.map((gap) => (gap.endedAt?.getTime() ?? 0) - gap.startedAt.getTime()));
  expect(longest).toBeGreaterThan(SUSPENDED_MS - 60_000);
  const record = await c1.mediator.get<{ lines: { kind: string; text: string }[] }>(`${at}/records/TALKS`);
  const written = record.body.lines.filter((line) => line.kind === 'GAP').map((line) => line.text);
  expect(written.slice(0, 2)).toEqual(['周建波的连接中断。', '周建波恢复连接。']);
  process.stdout.write(
    `suspended for ten minutes: told after ${told} ms, back after ${back} ms, absent ${longest} ms\n`,
  );
}, 900_000);
