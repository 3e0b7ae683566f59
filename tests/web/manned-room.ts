import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openSession } from '../factories/case.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { openContext, type screens } from '../setup/browser.ts';
import type { Client } from '../setup/test-app.ts';
import { must, type Seeded } from './seeded.ts';

type Seat = { name: string; screen: keyof typeof screens; as: Client; path: string; people: string[] };

/** The room with somebody drawn before every camera, as the handbook shows it: for pictures alone. */
export async function mannedRoom(
  { clients }: Seeded,
  { url, browser, folder }: { url: string; browser: Browser; folder: string },
): Promise<void> {
  const c1 = await openSession(clients);
  const { update } = draftUpdate(c1Terms(c1.chen, c1.zhou));
  await must(c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, { update }));
  const judge = await clients.asStaff('linyiming');
  const question = '漏水修复期限和赔款可以写在同一份协议里吗？';
  await must(c1.director.post(`/api/sessions/${c1.sessionId}/judge-call`, { question }));
  const calls = await must(judge.get<{ id: string; sessionId: string }[]>('/api/judge-calls'));
  const call = calls.find(({ sessionId }) => sessionId === c1.sessionId);
  await must(judge.post(`/api/judge-calls/${call?.id}/take`));
  const path = `/sessions/${c1.sessionId}`;
  const seats: Seat[] = [
    { name: 'station', screen: 'station', as: c1.director, path, people: ['director', 'farmer'] },
    { name: 'mediator', screen: 'laptop', as: c1.mediator, path, people: ['mediator'] },
    { name: 'judge', screen: 'laptop', as: judge, path, people: ['judge'] },
    { name: 'party', screen: 'phone', as: c1.zhouPhone, path: '/p', people: ['neighbour'] },
  ];
  const pages = await Promise.all(
    seats.map(async ({ screen, as, path, people }) => {
      const context = await openContext(browser, { screen, baseURL: url });
      await context.addCookies([clients.cookieOf(as)]);
      await context.addInitScript(`window.tongxiPeople = ${JSON.stringify(people)}`);
      await context.addInitScript({ path: join(import.meta.dirname, 'drawn-people.js') });
      const page = await context.newPage();
      await page.goto(path);
      return page;
    }),
  );
  for (const page of pages) await page.locator('.face video').nth(3).waitFor({ timeout: 60_000 });
  // Pictures grow sharp within a few seconds.
  await pages[0]?.waitForTimeout(6000);
  for (const [i, page] of pages.entries()) {
    await page.screenshot({ path: join(folder, `manned-${seats[i]?.name}.png`) });
    await page.context().close();
  }
}
