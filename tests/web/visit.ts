import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Running } from '../../server/src/start.ts';
import { openContext } from '../setup/browser.ts';
import type { Client } from '../setup/test-app.ts';
import { type Demands, type Findings, lookAt } from './look.ts';
import type { Seeded } from './seeded.ts';

type Screen = Demands & {
  name: string;
  as: Client | null;
  path: string;
  /** From the page to the screen (a dialog, a tab); ends when it is there. */
  reach?: (page: Page) => Promise<unknown>;
  /** A refused request is the point of this screen: the browser writes it to its console by itself. */
  refused?: boolean;
  /** What this browser brings besides its person: a device's cookie, no camera. */
  with?: (context: BrowserContext) => Promise<unknown>;
  /** Goes on with the open page: its other steps. */
  steps?: (page: Page, look: (name: string, demands: Demands) => Promise<void>) => Promise<void>;
};

const FOUND = 20_000;
/** The browser's own line about a refused request, with which a page deals in words. */
const REFUSED = /Failed to load resource/;

/** Opens screens one after another, each in a browser of its own person, and gathers what they lack. */
export function visitor(input: { app: Running; browser: Browser; seeded: Seeded }) {
  const { app, browser, seeded } = input;
  const findings: Findings = [];
  const names: string[] = [];
  const visit = async (screen: Screen): Promise<void> => {
    const context = await openContext(browser, { screen: 'laptop', baseURL: app.url });
    try {
      if (screen.as) await context.addCookies([seeded.clients.cookieOf(screen.as)]);
      await context.addInitScript({ path: join(import.meta.dirname, 'in-page.js') });
      await screen.with?.(context);
      const page = await context.newPage();
      page.setDefaultTimeout(FOUND);
      page.on('pageerror', (error) => findings.push(`${screen.name}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() !== 'error' || (screen.refused && REFUSED.test(message.text()))) return;
        findings.push(`${screen.name}: console ${message.text().slice(0, 200)} ${message.location().url}`);
      });
      const look = async (name: string, demands: Demands) => {
        names.push(name);
        findings.push(...(await lookAt(page, name, demands)));
      };
      await page.goto(screen.path);
      await page.getByRole('heading').first().waitFor();
      await screen.reach?.(page);
      await look(screen.name, screen);
      await screen.steps?.(page, look);
    } catch (error) {
      findings.push(`${screen.name}: not reached: ${String(error).slice(0, 400)}`);
    } finally {
      await context.close();
    }
  };
  return { visit, findings, names };
}
export type Visitor = ReturnType<typeof visitor>;
