import type { Page } from 'playwright-core';
import { openSession } from '../factories/case.ts';
import { launchBrowser, openContext } from './browser.ts';
import { untilFlows, watchMedia } from './media-flow.ts';
import type { serviceClients } from './service-clients.ts';
import type { Client } from './test-app.ts';

/** Pages in a browser each: what happens to one browser happens to nobody else. */
export function ownBrowsers(app: { url: string }, clients: ReturnType<typeof serviceClients>) {
  const browsers: Awaited<ReturnType<typeof launchBrowser>>[] = [];
  const open = async (
    screen: 'station' | 'phone',
    client: Client,
    path: string,
    ...scripts: string[]
  ): Promise<Page> => {
    const chrome = await launchBrowser();
    browsers.push(chrome);
    const context = await openContext(chrome.browser, { screen, baseURL: app.url });
    await context.addCookies([clients.cookieOf(client)]);
    await watchMedia(context);
    for (const script of scripts) await context.addInitScript(script);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(path);
    return page;
  };
  return {
    open,
    /** C1 talks: the station's page in the first browser, 周建波's telephone in the second, heard and seen by each other. */
    async talking(...scripts: string[]) {
      const c1 = await openSession(clients);
      const station = await open('station', c1.director, `/sessions/${c1.sessionId}`, ...scripts);
      const phone = await open('phone', c1.zhouPhone, '/p', ...scripts);
      await phone.locator('video[data-local=true]').waitFor();
      await untilFlows([station, phone], 60_000);
      return { c1, station, phone };
    },
    /** Stands in the command line of the nth browser's processes and of no other's. */
    marker: (nth: number): string => browsers[nth]?.marker ?? 'none',
    async close() {
      for (const { close } of browsers) await close();
    },
  };
}
