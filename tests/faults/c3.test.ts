import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shanghaiDay } from '../../server/src/domain/deadlines.ts';
import { handOver } from '../e2e/scenario/hand-over.ts';
import { checkIdentities, readNoticesAndOpen, tryDevicesAndWait } from '../e2e/scenario/opening.ts';
import { c3Agent, c3Authority, c3Case, c3Facts, c3Terms } from '../factories/c3.ts';
import { createCourt } from '../factories/court.ts';
import { draftUpdate } from '../factories/draft.ts';
import { launchBrowser, openPage } from '../setup/browser.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';

const DAY_MS = 86_400_000;
/** Two sessions of four browsers: about two and a half minutes on two quiet cores. */
const PLAY_MS = 600_000;

let app: Awaited<ReturnType<typeof runApp>>;
let chrome: Awaited<ReturnType<typeof launchBrowser>>;
beforeAll(async () => {
  app = await runApp();
  chrome = await launchBrowser();
});
afterAll(async () => {
  await chrome?.close();
  await app?.stop();
});

/** Demo case C3 (domain-forms) in four browsers with real video: its dates are today and tomorrow. */
test(
  'C3: 罗大军 is lost, the gap is on record, nothing is decided without him, and the next day it succeeds',
  async ({ onTestFailed }) => {
    onTestFailed(async () => {
      for (const [i, page] of chrome.browser
        .contexts()
        .flatMap((context) => context.pages())
        .entries())
        await page.screenshot({ path: join(process.env.TONGXI_KEEP ?? tmpdir(), `c3-${i}.png`) });
    });
    const court = await createCourt(app.deps, { suffix: '-c3' });
    const clients = serviceClients(app, court);
    const c3 = await c3Case(clients);
    const { caseId, mediator: mediates, idOf, agentId } = c3;
    const luo = await clients.asParty({ caseId, partyId: idOf('罗大军') });
    const wang = await clients.asParty({ caseId, agentId });
    const open = (screen: 'station' | 'laptop' | 'phone', client: Client, path: string): Promise<Page> =>
      openPage(chrome.browser, { screen, baseURL: app.url, path, cookie: clients.cookieOf(client) });
    const station = await open('station', c3.director, `/cases/${caseId}`);
    const mediator = await open('laptop', mediates, `/cases/${caseId}`);

    /** The director plans it at ten; everybody comes in by their own page. */
    const enter = async (day: string) => {
      await station.goto(`/cases/${caseId}`);
      await station.getByLabel('时间').fill(`${day}T10:00`);
      await station.getByRole('button', { name: '安排并通知' }).click();
      await station.getByRole('button', { name: '进入调解室' }).first().click();
      await station.waitForURL(/\/sessions\//);
      const path = new URL(station.url()).pathname;
      await mediator.goto(path);
      await mediator.getByRole('button', { name: '开始核对' }).click();
      for (const name of ['冯小平', '蒋玉兰']) {
        await station.getByRole('button', { name: '＋ 有人到场' }).click();
        await station.getByRole('dialog').getByRole('button', { name }).click();
        await station.getByRole('dialog').waitFor({ state: 'detached' });
      }
      const phones = [await open('phone', luo, '/p'), await open('phone', wang, '/p')] as const;
      for (const phone of phones) await tryDevicesAndWait(phone);
      await mediator.getByRole('button', { name: '2 人都请进' }).click();
      return { path, phones };
    };
    const record = async (page: Page) => {
      await page.getByRole('tab', { name: '笔录' }).click();
      return page.getByRole('list', { name: '笔录内容' });
    };
    const agree = (page: Page) => page.getByRole('button', { name: '我同意这个文本' });
    const agreeAtStation = (name: string) =>
      handOver(station, name, async () => {
        await agree(station).click();
        await station.getByText('您已同意这个文本').waitFor();
      });

    // The first day. The one next step names everybody, the agent too.
    const [today, tomorrow] = [0, 1].map((n) => shanghaiDay(new Date(Date.now() + n * DAY_MS))) as [
      string,
      string,
    ];
    const first = await enter(today);
    await checkIdentities(station, mediator, ['罗大军', '冯小平', '蒋玉兰', c3Agent]);
    await readNoticesAndOpen(mediator);
    for (const phone of first.phones) await phone.locator('video[data-local=false]').first().waitFor();
    const days = [30, 61].map((n) => shanghaiDay(new Date(Date.now() + n * DAY_MS))) as [string, string];
    const { update } = draftUpdate(c3Terms(idOf, days), c3Facts);
    expect((await mediates.post(`/api/cases/${caseId}/draft/updates`, { update })).status).toBe(200);
    const [luoPhone, wangPhone] = first.phones;
    await agree(luoPhone).click();
    await luoPhone.getByText('您已同意这个文本').waitFor();
    // General authority speaks, and agrees to nothing.
    await agree(wangPhone).click();
    await wangPhone.getByText('代理人没有特别授权').waitFor();

    // 09:37: 罗大军 is lost.
    const lines = await record(mediator);
    await luoPhone.context().close();
    await lines.getByText('罗大军的连接中断。').waitFor();
    await mediator.getByText('罗大军 不在场').waitFor();
    await station.getByRole('tab').first().click();
    await station.getByRole('tab', { name: '协议' }).click();
    await handOver(station, '冯小平', async () => {
      await agree(station).click();
      await station.getByText('罗大军 现在不在场').waitFor();
    });

    // Read out to those who are still here; what he could not hear stands beside his name.
    await record(station);
    await station.getByLabel('谁说的').selectOption('');
    await station
      .getByLabel('内容', { exact: true })
      .fill('因罗大军网络中断，各方同意改在次日上午10时继续。');
    await station.getByRole('button', { name: '记入笔录' }).click();
    await mediator.getByRole('button', { name: '宣读笔录，请各方确认' }).click();
    const dialog = mediator.getByRole('dialog');
    await dialog.getByText('宁波话', { exact: true }).click();
    await dialog.getByLabel('宣读人').fill('方慧');
    await dialog.getByText('有待继续调解', { exact: true }).click();
    await dialog.getByRole('button', { name: '已宣读' }).click();
    const confirm = async (page: Page) => {
      await page.getByRole('button', { name: /确认无误/ }).click();
      await page.getByText('您已确认。').waitFor();
    };
    await confirm(mediator);
    await confirm(station);
    await wangPhone.getByRole('tab', { name: '笔录' }).click();
    await confirm(wangPhone);
    for (const name of ['冯小平', '蒋玉兰'])
      await handOver(station, name, async () => {
        await station.getByRole('button', { name: /确认无误/ }).click();
        await station.getByRole('button', { name: /确认无误/ }).waitFor({ state: 'detached' });
      });
    await station.getByRole('button', { name: '罗大军 没有自行确认' }).click();
    await station.getByRole('dialog').getByText('已离开，未确认').click();
    await station.getByRole('dialog').getByLabel('原因').fill('网络中断后没有恢复');
    await station.getByRole('dialog').getByRole('button', { name: '记入原因' }).click();
    await mediator.getByRole('link', { name: '下载笔录 PDF' }).waitFor();
    const sessionId = first.path.split('/').at(-1) ?? '';
    const pdf = await mediates.raw(`/api/sessions/${sessionId}/records/TALKS/pdf`);
    const text = (await pdfText(Buffer.from(await pdf.arrayBuffer()))).replace(/\s/g, '');
    expect(text).toMatch(/\d{2}:\d{2}〔罗大军的连接中断。〕/);
    for (const part of ['至宣读时尚未恢复', '③有待继续调解（√）', '宣读时已离开，未确认。'])
      expect(text).toContain(part);
    await mediator.getByRole('button', { name: '结束', exact: true }).click();
    await mediator.getByRole('dialog').getByRole('button', { name: '有待继续调解' }).click();
    await wangPhone.context().close();

    // The next day, with special authority since: everybody is here, and agrees.
    app.deps.clock.now = () => new Date(Date.now() + DAY_MS);
    expect((await c3.verify(c3Authority)).status).toBe(200);
    const second = await enter(tomorrow);
    await readNoticesAndOpen(mediator);
    const gaps = await record(mediator);
    await gaps.getByText('调解开始').waitFor();
    expect(await gaps.getByText('连接中断').count()).toBe(0);
    // What 罗大军 agreed to before he was lost is the same text, and stands.
    const [luoAgain, wangAgain] = second.phones;
    await luoAgain.getByText('您已同意这个文本').waitFor();
    await agree(wangAgain).click();
    await wangAgain.getByText('您已同意这个文本').waitFor();
    await station.getByRole('tab', { name: '协议' }).click();
    for (const name of ['冯小平', '蒋玉兰']) await agreeAtStation(name);
    await mediator.getByRole('tab', { name: '协议' }).click();
    await mediator.getByRole('button', { name: '定稿，开始签署' }).click();
    await mediator.getByRole('dialog').getByRole('button', { name: '确认' }).click();
    await mediator.getByRole('heading', { name: '签署情况' }).waitFor();
  },
  PLAY_MS,
);
