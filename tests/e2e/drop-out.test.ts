import { dispose } from '@livekit/rtc-node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { launchBrowser, openPage } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';
import { ToneSeat } from '../setup/tone-seat.ts';

const SHORTEST_GAP_MS = 5000;

let app: Awaited<ReturnType<typeof runApp>>;
let chrome: Awaited<ReturnType<typeof launchBrowser>>;
const station = new ToneSeat('station', 520);
beforeAll(async () => {
  app = await runApp();
  chrome = await launchBrowser();
});
afterAll(async () => {
  await chrome?.close();
  await station.leave();
  await dispose();
  await app?.stop();
});

/** Pain of practice (domain.md 7), and C3's drop-out: in real browsers over a real video server. */
test('dropping out at the key moment costs a week: it is held, written down with its times, and resumed', async () => {
  const court = await createCourt(app.deps, { suffix: '-drop', passwordHash: 'none' });
  const clients = serviceClients(app, court);
  const c1 = await openSession(clients);
  const at = `/api/sessions/${c1.sessionId}`;
  await station.join(c1.director, c1.sessionId, app.url);
  const open = (screen: 'laptop' | 'phone', client: Client, path: string): Promise<Page> =>
    openPage(chrome.browser, { screen, baseURL: app.url, path, cookie: clients.cookieOf(client) });
  const mediator = await open('laptop', c1.mediator, `/sessions/${c1.sessionId}`);
  const phone = await open('phone', c1.zhouPhone, '/p');
  await phone.locator('video[data-local=false]').first().waitFor();
  await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
    update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
  });
  const { contentSha256 } = (
    await c1.mediator.get<{ contentSha256: string }>(`/api/cases/${c1.caseId}/draft`)
  ).body;
  const chen = await clients.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const agree = () =>
    chen.post<{ code?: string; details?: { names: string[] } }>(`/api/cases/${c1.caseId}/draft/agree`, {
      contentSha256,
    });
  await mediator.getByRole('tab', { name: '笔录' }).click();
  const lines = mediator.getByRole('list', { name: '笔录内容' });
  await lines.getByText('调解开始').waitFor();

  // The phone is gone: everybody is told, and nothing is decided.
  await phone.context().close();
  await mediator.getByText('周建波 不在场').waitFor();
  await lines.getByText('周建波的连接中断。').waitFor();
  expect((await agree()).body).toMatchObject({ code: 'PRESENCE_REQUIRED', details: { names: ['周建波'] } });

  // On the telephone he says that the others may go on: entered by name, and they may.
  await mediator.getByRole('button', { name: '记入：同意继续' }).click();
  await mediator.getByLabel(/怎样表示的/).fill('电话中本人表示');
  await mediator.getByRole('dialog').getByRole('button', { name: '记入：同意继续' }).click();
  await lines.getByText('周建波不在场，明确同意继续（电话中本人表示）。').waitFor();
  expect((await agree()).status).toBe(200);

  // He is back: his own link leads to where he was, the absence has its end, and he decides for himself.
  await mediator.waitForTimeout(SHORTEST_GAP_MS);
  const again = await open('phone', c1.zhouPhone, '/p');
  await lines.getByText('周建波恢复连接。').waitFor();
  await again.locator('video[data-local=false]').first().waitFor();
  await again.getByRole('button', { name: '我同意这个文本' }).click();
  await again.getByText('您已同意这个文本').waitFor();
  const record = await c1.director.get<{ lines: { kind: string; text: string; at: string }[]; absent: [] }>(
    `${at}/records/TALKS`,
  );
  const gap = record.body.lines.filter((line) => line.kind === 'GAP');
  expect(gap.map((line) => line.text)).toEqual(['周建波的连接中断。', '周建波恢复连接。']);
  const [lost = '', back = ''] = gap.map((line) => line.at);
  expect(Date.parse(back) - Date.parse(lost)).toBeGreaterThanOrEqual(SHORTEST_GAP_MS);
  expect(record.body.absent).toEqual([]);

  // Going by the button is no lost connection.
  await again.getByRole('button', { name: '离开', exact: true }).click();
  await lines.getByText('周建波离开。').waitFor();
  expect(await lines.getByText('周建波的连接中断。').count()).toBe(1);
});
