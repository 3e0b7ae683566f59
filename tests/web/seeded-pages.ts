import type { Page } from 'playwright-core';
import { launchBrowser, openPage, type screens } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import type { Client } from '../setup/test-app.ts';
import { seededCourt } from './seeded.ts';

/** A running service with a court of its own, and a browser; `open` gives somebody's page at that place. */
export async function seededPages() {
  const [app, chrome] = await Promise.all([runApp(), launchBrowser()]);
  const seeded = await seededCourt(app);
  return {
    app,
    browser: chrome.browser,
    seeded,
    open: (screen: keyof typeof screens, client: Client | null, path: string): Promise<Page> =>
      openPage(chrome.browser, {
        screen,
        baseURL: app.url,
        path,
        ...(client ? { cookie: seeded.clients.cookieOf(client) } : {}),
      }),
    async close() {
      await chrome.close();
      await app.stop();
    },
  };
}
export type SeededPages = Awaited<ReturnType<typeof seededPages>>;
