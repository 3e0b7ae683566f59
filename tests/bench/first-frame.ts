import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';
import { sendingSeat } from './sending-seat.ts';
import { untilSays } from './until-says.ts';

const ROUNDS = 20;
/** What may be done before the press is done by then. */
const SETTLE_MS = 1500;

/** From the press to the first picture of somebody else that is on the screen. */
const stopwatch = `
  window.__press = 0;
  window.__first = 0;
  addEventListener('click', () => { window.__press = performance.now(); window.__first = 0; }, true);
  const seen = new WeakSet();
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      if (seen.has(video) || video.dataset.local === 'true') continue;
      seen.add(video);
      video.requestVideoFrameCallback(() => {
        if (window.__press && !window.__first) window.__first = performance.now();
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
`;

/**
 * `join.first_frame`: press on the mediator's next step ("enter the room", on the start page) → first remote frame, over
 * a minimal page that does what LiveKit's public example does with livekit-client's defaults (reference-join.html), on
 * the same server, in turns, each in a fresh context that was never connected. `join.back_first_frame`: the same for a
 * party's page that has left and comes back. One seat sends moving 360p pictures.
 */
export async function firstFrame(): Promise<Row[]> {
  const app = await runApp();
  const chrome = await launchBrowser({ ownPages: true });
  const court = await createCourt(app.deps, { suffix: '-first', passwordHash: 'none' });
  const clients = serviceClients(app, court);
  const c1 = await openSession(clients);
  const seat = await sendingSeat('station', 440, c1.director, c1.sessionId, app.url);
  const [mediator, party] = [clients.cookieOf(c1.mediator), clients.cookieOf(c1.zhouPhone)];
  try {
    const context = (cookie: typeof party) => contextOf(chrome.browser, app.url, cookie);
    const [first, back, theirs]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      first.push(await timed(await context(mediator), nextStep));
      theirs.push(await timed(await context(party), (page) => reference(page, c1.sessionId)));
      back.push(await timed(await context(party), comeBack));
      const took = [first, back, theirs].map((times) => times.at(-1)?.toFixed(0)).join(', ');
      process.stderr.write(`round ${round + 1} of ${ROUNDS}: ${took} ms\n`);
    }
    const of = median(theirs);
    const row = (name: string, value: number): Row => ({
      name,
      kind: 'ratio',
      value,
      unit: 'ms',
      reference: of,
      ratio: value / of,
      note: `medians of ${ROUNDS} fresh contexts in turns; goal ratio ≤ 0.7`,
    });
    return [row('join.first_frame', median(first)), row('join.back_first_frame', median(back))];
  } finally {
    await seat.stop();
    await chrome.close();
    await app.stop();
  }
}

async function contextOf(
  browser: Browser,
  baseURL: string,
  cookie: { name: string; value: string; url: string },
): Promise<BrowserContext> {
  const context = await openContext(browser, { screen: 'phone', baseURL });
  await context.addCookies([cookie]);
  await context.addInitScript(stopwatch);
  return context;
}

async function timed(context: BrowserContext, way: (page: Page) => Promise<void>): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (line) => said.push(line.text().slice(0, 200)));
  try {
    await way(page);
    return await untilSays<number>(page, 'window.__first > 0 ? window.__first - window.__press : null');
  } catch (error) {
    throw new Error(`${String(error)}\n${said.join('\n')}`);
  } finally {
    // A page that goes says so; a closed context leaves a seat behind that LiveKit waits for.
    await page.goto('about:blank').catch(() => undefined);
    await context.close();
  }
}

/** From the start page by its one next step. */
async function nextStep(page: Page): Promise<void> {
  await page.goto('/');
  await pressAfter(page, '.btn.primary[data-enter]');
}

async function pressAfter(page: Page, selector: string): Promise<void> {
  const enter = page.locator(selector);
  await enter.waitFor();
  await page.waitForTimeout(SETTLE_MS);
  await enter.click();
}

/** In, out, and in again by the button: only the last press is timed. */
async function comeBack(page: Page): Promise<void> {
  await page.goto('/p');
  await page.locator('video[data-local=false]').first().waitFor();
  await page.getByRole('button', { name: '离开', exact: true }).click();
  await pressAfter(page, '[data-enter]');
}

async function reference(page: Page, sessionId: string): Promise<void> {
  const client = createRequire(new URL('../../web/package.json', import.meta.url)).resolve('livekit-client');
  const script = client.replace(/livekit-client\.\w+\.\w+$/, 'livekit-client.esm.mjs');
  const html = await readFile(new URL('./reference-join.html', import.meta.url), 'utf8');
  await page.route('**/reference/*', async (route) => {
    const isScript = route.request().url().endsWith('.mjs');
    await route.fulfill(
      isScript
        ? { contentType: 'text/javascript', body: await readFile(script, 'utf8') }
        : { contentType: 'text/html', body: html },
    );
  });
  await page.goto(`/reference/join?session=${sessionId}`);
  await pressAfter(page, '#enter');
}
