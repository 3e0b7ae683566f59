import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession, plannedCase } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { flow, untilFlows, untilStops, watchMedia } from '../setup/media-flow.ts';
import { clean, type Line, openPoorLine } from '../setup/poor-line.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';

const line = await openPoorLine();
/** How long the encoders get to find the rate of a changed line, and how long is measured then. */
const SETTLE_MS = 15_000;
const MEASURE_MS = 10_000;

let app: Awaited<ReturnType<typeof runApp>>;
const browsers: Awaited<ReturnType<typeof launchBrowser>>[] = [];
let clients: ReturnType<typeof serviceClients>;
let station: Page;
/** 周建波's telephone: everything it sends and receives crosses the poor line. */
let phone: Page;

async function openAt(
  screen: 'station' | 'phone',
  client: Client,
  path: string,
  namespace?: string,
): Promise<Page> {
  const chrome = await launchBrowser(namespace ? { namespace } : {});
  browsers.push(chrome);
  const context = await openContext(chrome.browser, { screen, baseURL: app.url, ownCertificate: true });
  await context.addCookies([{ ...clients.cookieOf(client), url: app.url }]);
  await watchMedia(context);
  const page = await context.newPage();
  await page.goto(path, { timeout: 60_000 });
  return page;
}

describe.skipIf(!line)('a party at the end of a poor line (domain.md 7)', () => {
  const poor = (change: Partial<Line>) => line?.set({ ...clean, ...change });
  beforeAll(async () => {
    app = await runApp({}, ['--lan']);
    const loopback = `http://127.0.0.1:${Number(new URL(app.url).port) + 1}`;
    const court = await createCourt(app.deps, { suffix: '-line', passwordHash: 'none' });
    clients = serviceClients({ deps: app.deps, url: loopback }, court);
    const c1 = await openSession(clients);
    const open = async (...where: Parameters<typeof openAt>) => {
      const page = await openAt(...where);
      await page.locator('video[data-local=true]').waitFor({ timeout: 60_000 });
      return page;
    };
    station = await open('station', c1.director, `/sessions/${c1.sessionId}`);
    phone = await open('phone', c1.zhouPhone, '/p', line?.namespace ?? '');
    await untilFlows([station, phone], 60_000);
  }, 240_000);
  afterAll(async () => {
    for (const { close } of browsers) await close();
    await app?.stop();
    line?.close();
  });

  test('the self-test measures the line: good, lossy, and over TCP alone', async () => {
    const { caseId, zhou } = await plannedCase(clients);
    const client = await clients.asParty({ caseId, partyId: zhou });
    const yes = ['MEDIATION', 'ONLINE'].map((item) => ({ item, agreed: true }));
    await client.post(`/api/cases/${caseId}/parties/${zhou}/consents`, { answers: yes });
    const page = await openAt('phone', client, '/p', line?.namespace);
    const measured = async (name: string, change: Partial<Line>) => {
      await poor(change);
      await page.reload();
      const started = Date.now();
      await page.locator('[data-verdict]').waitFor({ timeout: 100_000 });
      const took = Date.now() - started;
      await page.getByRole('button', { name: '放一段声音听听' }).click();
      await page.getByRole('button', { name: '听到了' }).click();
      const figures = page.locator('[data-line-path]');
      const there = (await figures.count()) > 0;
      const found = {
        verdict: await page.locator('[data-verdict]').getAttribute('data-verdict'),
        path: there ? await figures.getAttribute('data-line-path') : null,
        overTcp: there ? await figures.getAttribute('data-over-tcp') : null,
      };
      tell({
        name: `self-test, ${name}`,
        took_ms: took,
        ...found,
        said: there ? await figures.textContent() : '',
      });
      await poor(clean);
      return found;
    };
    try {
      expect(await measured('nothing', {})).toEqual({ verdict: 'good', path: 'udp', overTcp: 'true' });
      expect(await measured('20% loss', { loss: 0.2 })).toMatchObject({ verdict: 'poor', path: 'udp' });
      expect(await measured('UDP blocked', { block_udp: true })).toMatchObject({
        path: 'tcp',
        overTcp: 'true',
      });
    } finally {
      await page.context().close();
    }
    // The telephone in the room went over the same bad lines meanwhile: it is whole again before it is measured.
    await untilFlows([station, phone], 120_000);
    await phone.locator('[data-rung]').waitFor({ state: 'detached', timeout: 120_000 });
  });

  const rung = async () => {
    const shown = phone.locator('[data-rung]');
    return (await shown.count()) > 0 ? await shown.getAttribute('data-rung') : 'full';
  };
  const tell = (row: object) => process.stdout.write(`poor line: ${JSON.stringify(row)}\n`);

  test.each<[string, Partial<Line>]>([
    ['nothing', {}],
    ['400 kbit/s', { rate_kbit: 400 }],
    ['20% loss', { loss: 0.2 }],
    ['800 ms there and back', { delay_ms: 400 }],
  ])('%s: both are heard and seen, and the line is said to be what it is', async (name, change) => {
    await poor(change);
    await phone.waitForTimeout(name === 'nothing' ? 1000 : SETTLE_MS);
    const before = await poor(change);
    const [atStation, atPhone] = await Promise.all([flow(station, MEASURE_MS), flow(phone, MEASURE_MS)]);
    const after = await poor(clean);
    const back = await untilFlows([station, phone], 30_000);
    const kbit = (way: 'up' | 'down') =>
      Math.round((((after?.[`${way}_udp`] ?? 0) - (before?.[`${way}_udp`] ?? 0)) * 8) / MEASURE_MS);
    tell({
      name,
      atStation,
      atPhone,
      rung: await rung(),
      up_kbit: kbit('up'),
      down_kbit: kbit('down'),
      back_ms: back,
    });
    // The media went this way and no other.
    expect(Math.min(kbit('up'), kbit('down'))).toBeGreaterThan(10);
    for (const heard of [atStation, atPhone]) {
      expect(heard.audioPackets).toBeGreaterThan(50);
      expect(heard.loudness).toBeGreaterThan(0);
      expect(heard.frames).toBeGreaterThan(10);
      expect(heard.path).toBe('udp');
    }
  });

  test('60 kbit/s: pictures are given up, the sound stays, and the page says so', async () => {
    await poor({ rate_kbit: 60 });
    const started = Date.now();
    await phone.locator('[data-rung]').waitFor({ timeout: 90_000 });
    const told = Date.now() - started;
    // Sound only, whether the line is only slow or comes and goes.
    await phone.locator('[data-rung=soundOnly], [data-rung=telephone]').waitFor({ timeout: 120_000 - told });
    const soundOnly = Date.now() - started;
    await phone.waitForTimeout(SETTLE_MS);
    const [atStation, atPhone] = await Promise.all([flow(station, MEASURE_MS), flow(phone, MEASURE_MS)]);
    tell({
      name: '60 kbit/s',
      told_ms: told,
      soundOnly_ms: soundOnly,
      rung: await rung(),
      atStation,
      atPhone,
    });
    for (const heard of [atStation, atPhone]) expect(heard.audioPackets).toBeGreaterThan(50);
    await poor(clean);
    tell({ name: '60 kbit/s over', back_ms: await untilFlows([station, phone], 150_000) });
  });

  test('30 s dead: the page says so; back by itself, nobody presses anything', async () => {
    await poor({ down: true });
    const started = Date.now();
    await phone.locator('[data-line]').waitFor({ timeout: 30_000 });
    const told = Date.now() - started;
    await phone.waitForTimeout(Math.max(0, 30_000 - told));
    const dead = await flow(station, 1000);
    // The room stays on the screen, with what was read and written in it.
    expect(await phone.locator('.room').count()).toBe(1);
    await poor(clean);
    const back = await untilFlows([station, phone], 60_000);
    await phone.locator('[data-line]').waitFor({ state: 'detached', timeout: 15_000 });
    tell({ name: '30 s dead', told_ms: told, back_ms: back });
    expect([dead.audioPackets, dead.frames]).toEqual([0, 0]);
  });

  test('UDP blocked under a running session: it goes on over TCP, nobody presses anything', async () => {
    // A page of its own: of the 30 s before, the ladder would keep that this is the second break within a minute.
    await phone.reload();
    await untilFlows([station, phone], 60_000);
    expect((await flow(phone, 1000)).path).toBe('udp');
    await poor({ block_udp: true });
    const started = Date.now();
    await untilStops(station, 30_000);
    const silent = Date.now() - started;
    const back = await untilFlows([station, phone], 90_000);
    const heard = await flow(phone, 3000);
    tell({ name: 'UDP blocked meanwhile', silent_ms: silent, back_ms: silent + back, atPhone: heard });
    expect(heard.path).toBe('tcp');
    await poor(clean);
  });

  test('UDP blocked: a page that enters gets sound and picture over TCP', async () => {
    const before = await poor({ block_udp: true });
    const started = Date.now();
    await phone.reload();
    await untilFlows([station, phone], 60_000);
    const entered = Date.now() - started;
    const heard = await flow(phone, 3000);
    const after = await poor(clean);
    tell({ name: 'UDP blocked', entered_ms: entered, atPhone: heard });
    expect(heard.path).toBe('tcp');
    expect((after?.up_tcp ?? 0) - (before?.up_tcp ?? 0)).toBeGreaterThan(50_000);
    expect((after?.up_udp ?? 0) - (before?.up_udp ?? 0)).toBe(0);
  });
});
