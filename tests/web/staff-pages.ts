import type { Page } from 'playwright-core';
import { plannedCase } from '../factories/case.ts';
import type { Client } from '../setup/test-app.ts';
import { invited, must, registered, type Seeded } from './seeded.ts';
import type { Visitor } from './visit.ts';

const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();
const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

/** The day before anything is planned: registering is the one next step. */
export async function emptyDay({ clients }: Seeded, { visit }: Visitor): Promise<void> {
  const director = await clients.asStaff('fanghui', { atStation: true });
  await visit({ name: 'station-home-empty', as: director, path: '/', next: '登记新纠纷' });
}

/** Signing in, the station's day, the case before the session, mediator, judge, administration, and what fails. */
export async function staffPages(seeded: Seeded, { visit }: Visitor): Promise<void> {
  const { clients } = seeded;
  await signInPages(seeded, { visit });
  const director = await clients.asStaff('fanghui', { atStation: true });
  await visit({ name: 'intake', as: director, path: '/cases/new', next: '登记' });
  const fresh = await registered(seeded, director);
  await visit({ name: 'case-choose-mediator', as: director, path: `/cases/${fresh.id}`, next: '请他调解' });
  await must(director.post(`/api/cases/${fresh.id}/mediator`, { staffUserId: seeded.court.staff.zhaosuqin }));
  const mediator = await clients.asStaff('zhaosuqin');
  await visit({
    name: 'mediator-offer',
    as: mediator,
    path: '/',
    next: '答复是否接受',
    async steps(page, look) {
      await button('答复是否接受')(page);
      await page.getByText('与双方无利害关系').click();
      await look('mediator-disclosure', { next: '接受调解' });
    },
  });
  await casePages(seeded, director, { visit });
  const planned = await plannedCase(clients);
  await must(
    planned.director.post(`/api/sessions/${planned.sessionId}/judge-call`, {
      question: '漏水修复期限和赔款可以写在同一份协议里吗？',
    }),
  );
  await visit({
    name: 'judge-inbox',
    as: await clients.asStaff('linyiming'),
    path: '/',
    next: '加入',
    reach: (page) =>
      page
        .getByRole('region', { name: /漏水修复期限/ })
        .getByRole('button', { name: '加入' })
        .waitFor(),
  });
  await visit({ name: 'station-home', as: director, path: '/', next: null, reach: waitCards });
  await adminPages(seeded, { visit });
  await visit({ name: 'not-found', as: director, path: '/nowhere', next: '回首页' });
  await visit({
    name: 'case-unknown',
    as: director,
    path: '/cases/00000000-0000-4000-8000-000000000000',
    next: '回首页',
    refused: true,
    reach: (page) => page.getByRole('alert').waitFor(),
  });
}

const waitCards = (page: Page) => page.locator('.session-card').first().waitFor();

async function signInPages(seeded: Seeded, { visit }: Pick<Visitor, 'visit'>): Promise<void> {
  const { clients, court } = seeded;
  await visit({ name: 'sign-in', as: null, path: '/', next: '下一步' });
  await visit({
    name: 'sign-in-station',
    as: null,
    path: '/',
    next: '进入',
    with: async (context) =>
      context.addCookies([
        {
          ...clients.cookieOf(await clients.asStaff('linxiao')),
          name: 'tongxi_device',
          value: court.deviceToken,
        },
      ]),
    reach: button('获取验证码'),
  });
}

async function casePages(seeded: Seeded, director: Client, { visit }: Pick<Visitor, 'visit'>): Promise<void> {
  const c1 = await invited(seeded);
  const path = `/cases/${c1.caseId}`;
  await visit({
    name: 'case-planned',
    as: director,
    path,
    next: '填写陈阿根的同意书',
    async steps(page, look) {
      const dialog = async (name: string, open: string | RegExp, next: string | RegExp | null) => {
        await button(open)(page);
        await page.getByRole('dialog').getByRole('heading').first().waitFor();
        await look(name, { next });
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };
      await dialog('case-consents', '告知与同意书', /项没有选/);
      await dialog('case-invitation', /^邀请/, null);
      await dialog('case-reschedule', '改期', '改期');
      await dialog('case-no-show', '未到', null);
      await dialog('case-end', '终止调解', null);
      await dialog('case-invite', '邀请他人参加', '邀请他人参加');
      await dialog('case-protect', '让双方分开调解', '登记并分开');
      for (const [name, label] of [
        ['case-summary', '案情'],
        ['case-papers', '材料'],
        ['case-timeline', '经过'],
      ] as const) {
        await tab(label)(page);
        await look(name, { next: null });
      }
    },
  });
}

async function adminPages(seeded: Seeded, { visit }: Pick<Visitor, 'visit'>): Promise<void> {
  const administrator = await seeded.clients.asStaff('wangmin');
  const auditor = await seeded.clients.asStaff('zhouzheng');
  const table = (page: Page) => page.getByRole('main').getByRole('heading').first().waitFor();
  for (const [name, as, path] of [
    ['admin-staff', administrator, '/admin/staff'],
    ['admin-devices', administrator, '/admin/devices'],
    ['admin-duty-lists', administrator, '/admin/duty-lists'],
    ['admin-wordings', administrator, '/admin/wordings'],
    ['admin-seals', administrator, '/admin/seals'],
    ['admin-account', administrator, '/admin/account'],
    ['admin-audit', auditor, '/admin/audit'],
    ['demo-outbox', administrator, '/demo/sms'],
  ] as const)
    await visit({ name, as, path, next: null, reach: table });
}
