import type { Page } from 'playwright-core';

const LIMIT_MS = 60_000;

/** The first answer of an expression in the page that is not null; our pages' policy forbids Playwright's own waiting. */
export async function untilSays<T>(page: Page, expression: string): Promise<T> {
  const started = Date.now();
  for (;;) {
    const said = (await page.evaluate(expression)) as T | null;
    if (said !== null) return said;
    if (Date.now() - started > LIMIT_MS) throw new Error(`${expression}: nothing after ${LIMIT_MS} ms`);
    await page.waitForTimeout(50);
  }
}
