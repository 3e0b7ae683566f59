import type { Page } from 'playwright-core';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';
import { untilSays } from './until-says.ts';

const ROUNDS = 5;

/** When each seat's picture was first on the screen, by the machine's clock. */
const firstPictures = `
  window.__seen = {};
  const known = new WeakSet();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video[data-seat]')) {
      if (known.has(video)) continue;
      known.add(video);
      video.requestVideoFrameCallback(() => { window.__seen[video.dataset.seat] ??= Date.now(); });
    }
  }).observe(document, { childList: true, subtree: true });
`;

const firstOfOthers = `(() => {
  const own = document.querySelector('video[data-local=true]')?.dataset.seat;
  const times = Object.entries(window.__seen).flatMap(([seat, at]) => (seat === own ? [] : [at]));
  return times.length > 0 ? Math.min(...times) : null;
})()`;

/**
 * `call.judge_seen_ms`: the station's call leaves → the judge's picture is on the station's screen. Real pages; the judge's
 * hand is a press on 加入 the moment the page shows it, so a person's own time comes on top.
 */
export async function judgeSeen(): Promise<Row[]> {
  const app = await runApp();
  const chrome = await launchBrowser();
  try {
    const court = await createCourt(app.deps, { suffix: '-seen', passwordHash: 'none' });
    const clients = serviceClients(app, court);
    const open = async (client: Client) => {
      const context = await openContext(chrome.browser, { screen: 'station', baseURL: app.url });
      await context.addCookies([clients.cookieOf(client)]);
      await context.addInitScript(firstPictures);
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      return page;
    };
    const judge = await open(await clients.asStaff('linyiming'));
    let station: Page | null = null;
    const rung: number[] = [];
    const seen: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const c1 = await openSession(clients);
      await station?.context().close();
      station = await open(c1.director);
      await station.goto(`/sessions/${c1.sessionId}`);
      await station.locator('video[data-local=true]').waitFor();
      await judge.goto('/');
      const take = judge.getByRole('button', { name: '加入' }).first();
      await judge.waitForTimeout(1500);
      const started = Date.now();
      await c1.director.post(`/api/sessions/${c1.sessionId}/judge-call`, { question: '请您看一下第三条。' });
      await take.waitFor();
      rung.push(Date.now() - started);
      await take.click();
      const at = await untilSays<number>(station, firstOfOthers);
      seen.push(at - started);
    }
    return [
      {
        name: 'call.judge_seen_ms',
        kind: 'absolute',
        value: median(seen),
        unit: 'ms',
        reference: null,
        ratio: null,
        note: `median of ${ROUNDS}, worst ${Math.max(...seen)} ms; it rang after ${median(rung).toFixed(0)} ms`,
      },
    ];
  } finally {
    await chrome.close();
    await app.stop();
  }
}
