import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { openSession } from '../factories/case.ts';
import { demoPin } from '../factories/court.ts';
import { c1Terms, draftUpdate, frozenAgreement } from '../factories/draft.ts';
import { must, onSite, type Seeded } from '../web/seeded.ts';
import { type SeededPages, seededPages } from '../web/seeded-pages.ts';

let pages: SeededPages;
let app: SeededPages['app'];
let seeded: Seeded;
let open: SeededPages['open'];
beforeAll(async () => {
  pages = await seededPages();
  ({ app, seeded, open } = pages);
});
afterAll(() => pages?.close());

test('the screen is handed over without leaving the room, also after a reload; the video server dies and comes back', async () => {
  const c1 = await openSession(seeded.clients);
  await must(
    c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    }),
  );
  const gaps = () =>
    inCourt(app.deps.db, seeded.court.courtId, (tx) =>
      tx.gap.findMany({ where: { sessionId: c1.sessionId, seat: { kind: 'STATION' } } }),
    );
  const page = await open('station', c1.director, `/sessions/${c1.sessionId}`);
  const own = page.locator('video[data-local=true]');
  const held = page.locator('[data-held=connected]');
  const staffOnly = page.locator('.room, [role=tab]:not(:text-is("文本"), :text-is("方案与建议"))');
  await own.waitFor();
  await page.getByRole('tab', { name: '协议' }).click();
  await page.getByRole('button', { name: '请陈阿根到屏幕前看协议' }).click();
  await page.getByRole('button', { name: '陈阿根已坐好，交出屏幕' }).click();

  // Only the person's task: nothing of the director is on the page, and their session answers nothing.
  await page.getByRole('heading', { name: '请看协议内容' }).waitFor();
  await held.waitFor();
  expect(await staffOnly.count()).toBe(0);
  expect(await page.locator('body').textContent()).not.toContain('方慧');
  expect((await page.request.get('/api/account')).status()).toBe(423);

  // The picture went on all the while.
  await page.waitForTimeout(2000);
  expect(await gaps()).toEqual([]);
  await page.reload();
  await page.getByRole('heading', { name: '请看协议内容' }).waitFor();
  await held.waitFor();
  expect(await staffOnly.count()).toBe(0);

  const pin = async (digits: string) => {
    await page.getByRole('dialog').locator('input').fill(digits);
    await page.getByRole('dialog').locator('button[type=submit]').click();
  };
  await page.getByRole('button', { name: '交还屏幕' }).click();
  await pin('000000');
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await pin(demoPin);
  await own.waitFor();
  expect(await page.locator('[data-held]').count()).toBe(0);

  // livekit-server dies: the room says so in words, and is whole again by itself.
  process.kill(app.livekitPid() ?? 0, 'SIGKILL');
  await page.getByText('正在自动恢复').first().waitFor();
  await page.locator('[data-line]').waitFor({ state: 'detached' });
  await own.waitFor();
  await page.context().close();
});

test('a browser that dies between reading and signing: the same step waits when the link is opened again', async () => {
  const c1 = await onSite(seeded);
  const chenAtStation = await seeded.clients.asParty({
    caseId: c1.caseId,
    partyId: c1.chen,
    via: 'HAND_OVER',
  });
  const zhouHere = await seeded.clients.asParty({ caseId: c1.caseId, partyId: c1.zhou, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, zhouPhone: zhouHere, chenAtStation });
  const { link } = await must(
    c1.director.post<{ link: string }>(`/api/cases/${c1.caseId}/parties/${c1.zhou}/invitation`),
  );
  const phone = await open('phone', c1.zhouPhone, '/p');
  await phone.getByRole('region', { name: '看协议全文' }).evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await phone.getByRole('button', { name: '我看完了' }).click();
  await phone.locator('[data-signing-step=QUESTIONS]').waitFor();
  await phone.context().close();

  const { pathname, hash } = new URL(link);
  const again = await open('phone', null, `${pathname}${hash}`);
  await again.getByText('本人').first().click();
  const since = new Date();
  await again.getByRole('button', { name: '获取验证码' }).click();
  await again.getByLabel(/短信验证码/).fill((await seeded.newest('code', since)).code ?? '');
  await again.getByRole('button', { name: '确认', exact: true }).click();
  await again.locator('[data-signing-step=QUESTIONS]').waitFor();
  await again.context().close();
});
