import type { Page } from 'playwright-core';
import { demoPin } from '../../factories/court.ts';

/** The director hands the station's screen to a person by name, and takes it back with the PIN. */
export async function handOver(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`请${name}`) })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.locator('[data-held=connected]').waitFor();
  await work();
  await page.locator('[data-held=connected]').waitFor();
  await page
    .getByRole('button', { name: /交还|归还/ })
    .first()
    .click();
  await page.getByRole('dialog').locator('input').fill(demoPin);
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.locator('[data-held]').waitFor({ state: 'detached' });
  await page.locator('figure[data-seat-kind=STATION] video').waitFor();
}
