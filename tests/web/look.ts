import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';

/** What one screen must keep; everything that it does not is a line here. */
export type Findings = string[];

export type Demands = {
  /** The one next step, by its Chinese words; null where there is only waiting. */
  next: string | RegExp | null;
  /** Where reading is the point: 20 px text and 48 px targets (experience.md, Look). */
  party?: boolean;
};

const pictures = process.env.TONGXI_PICTURES;
const TABS = 80;

/**
 * Looks at a screen as people see it: Chinese and light at 1280 px, Chinese at 360 px, English and dark at 360 px.
 * Structure does not depend on colours and contrast not on language, so two whole axe runs cover the looks. Where
 * pictures are wanted, English and light is taken at both widths too.
 */
export async function lookAt(page: Page, name: string, demands: Demands): Promise<Findings> {
  const findings: Findings = [];
  const note = (text: string) => findings.push(`${name}: ${text}`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await measured(page, 'sideways', note);
  await axe(page, note);
  await measured(page, 'nameless', note);
  await measured(page, 'manyNextSteps', note);
  if (demands.next !== null) await nextStep(page, demands.next, note);
  await picture(page, `${name}-1280`);
  await page.setViewportSize({ width: 360, height: 740 });
  await measured(page, 'sideways', note);
  await measured(page, 'smallTargets', note);
  if (demands.party) await measured(page, 'smallText', note);
  await picture(page, `${name}-360`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await speak(page, 'en');
  await measured(page, 'sideways', note);
  await axe(page, note);
  await picture(page, `${name}-en-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, `${name}-en-360`);
  if (pictures) await page.setViewportSize({ width: 1280, height: 800 });
  await picture(page, `${name}-en-1280`);
  await speak(page, 'zh-CN');
  return findings;
}

/** What the page measures of itself (in-page.js). */
async function measured(page: Page, what: string, note: Note): Promise<void> {
  for (const text of await page.evaluate<string[]>(`tongxiLook.${what}()`)) note(text);
}

async function speak(page: Page, language: 'zh-CN' | 'en'): Promise<void> {
  await page.evaluate(`tongxiLook.speak('${language}')`);
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
}

type Note = (text: string) => void;

async function axe(page: Page, note: Note): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  for (const v of violations)
    if (v.impact === 'serious' || v.impact === 'critical')
      note(`axe ${v.id}: ${v.nodes[0]?.html.slice(0, 140)} ${v.nodes[0]?.failureSummary?.slice(0, 160)}`);
}

/** One step stands out, the keyboard reaches it, and one sees where one is. */
async function nextStep(page: Page, words: string | RegExp, note: Note): Promise<void> {
  const scope = (await page.locator('dialog[open]').count()) > 0 ? page.locator('dialog[open]').last() : page;
  const step: Locator = scope
    .locator('button, a.btn')
    .filter({ hasText: words })
    .and(scope.locator('.primary, .seal'))
    .first();
  if ((await step.count()) === 0) return note(`no next step ${String(words)}`);
  if (await step.isDisabled()) return;
  await page.evaluate('document.activeElement?.blur()');
  for (let i = 0; i < TABS; i += 1) {
    await page.keyboard.press('Tab');
    if (!(await focused(step))) continue;
    const outline = await step.evaluate((el) => {
      const style = el.ownerDocument.defaultView?.getComputedStyle(el);
      return `${style?.outlineStyle} ${style?.outlineWidth}`;
    });
    if (!/^solid [2-9]/.test(outline)) note(`the focused next step looks like the others: ${outline}`);
    return;
  }
  note(`the keyboard does not reach ${String(words)}`);
}

const focused = (step: Locator): Promise<boolean> =>
  step.evaluate((el) => el === el.ownerDocument.activeElement);

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  // A dialog stands over what is seen, not over the whole page.
  const fullPage = (await page.locator('dialog[open]').count()) === 0;
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}
