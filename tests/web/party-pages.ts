import type { Page } from 'playwright-core';
import { frozenAgreement } from '../factories/draft.ts';
import { ceremonyUntilHand, giveCode, ink, type SmsApp, signAll, signPlace } from '../factories/signing.ts';
import { everyYes, invited, must, onSite, registered, type Seeded } from './seeded.ts';
import type { Visitor } from './visit.ts';

const party = { party: true } as const;
const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name }).waitFor();

/** From the link to the agreement: every step of a party on the phone. */
export async function partyPages(seeded: Seeded, { visit }: Visitor): Promise<void> {
  const { clients, newest } = seeded;
  await visit({ ...party, name: 'party-no-link', as: null, path: '/p', next: '继续' });
  const one = await invited(seeded);
  const link = new URL(one.link);
  const path = `${link.pathname}${link.hash}`;
  await visit({
    ...party,
    name: 'party-invitation',
    as: null,
    path,
    next: '获取验证码',
    reach: (page) => page.getByText('本人').first().click(),
    async steps(page, look) {
      const since = new Date();
      await page.getByRole('button', { name: '获取验证码' }).click();
      await page.getByLabel(/短信验证码/).fill((await newest('code', since)).code ?? '');
      await look('party-code', { ...party, next: '确认' });
    },
  });
  const zhou = await clients.asParty({ caseId: one.caseId, partyId: one.zhou });
  await visit({
    ...party,
    name: 'party-consents',
    as: zhou,
    path: '/p',
    next: /项没有选/,
    reach: heading('请看告知与同意书'),
    async steps(page, look) {
      await page.getByRole('button', { name: '先停一停' }).click();
      await look('party-pause', { ...party, next: '继续办理' });
      await page.getByRole('button', { name: '继续办理' }).click();
      await page.getByRole('button', { name: '我不同意调解' }).click();
      await look('party-refuse', { ...party, next: '继续办理' });
    },
  });
  const family = await clients.asParty({ caseId: one.caseId, partyId: one.zhou, answeredAs: 'FAMILY' });
  await visit({ ...party, name: 'party-family', as: family, path: '/p', next: null });
  await visit({ ...party, name: 'party-already-in', as: zhou, path, next: '我是周建波，继续' });
  await must(zhou.post(`/api/cases/${one.caseId}/parties/${one.zhou}/consents`, everyYes));
  await visit({
    ...party,
    name: 'party-device-check',
    as: zhou,
    path: '/p',
    next: '进入等候',
    async reach(page) {
      await page.getByRole('button', { name: '放一段声音听听' }).click();
      await page.getByRole('button', { name: '听到了' }).click();
      await page.getByText('可以了').waitFor();
    },
  });
  await visit({
    ...party,
    name: 'party-camera-blocked',
    as: zhou,
    path: '/p',
    next: null,
    with: (context) => context.clearPermissions().then(() => context.addInitScript(blockCamera)),
    reach: (page) => page.getByText('没有允许使用').first().waitFor(),
  });
  await must(zhou.post(`/api/sessions/${one.sessionId}/lobby`, {}));
  await must(
    one.director.post(`/api/sessions/${one.sessionId}/tell-lobby`, {
      text: '正在核对身份，请稍候。',
      minutes: 10,
    }),
  );
  await visit({ ...party, name: 'party-lobby', as: zhou, path: '/p', next: null, reach: heading('请稍候') });
  await must(one.director.delete(`/api/cases/${one.caseId}/parties/${one.zhou}/invitation`));
  await visit({ ...party, name: 'party-link-expired', as: null, path, next: null, refused: true });
  await must(one.director.post(`/api/cases/${one.caseId}/end`, { code: 'UNWILLING', reason: '不愿继续' }));
  const after = await clients.asParty({ caseId: one.caseId, partyId: one.zhou });
  await visit({ ...party, name: 'party-ended', as: after, path: '/p', next: null });
  const early = await registered(seeded, one.director);
  const { parties } = await must(
    one.director.get<{ parties: { id: string; name: string }[] }>(`/api/cases/${early.id}`),
  );
  const waiting = await clients.asParty({
    caseId: early.id,
    partyId: parties.find((p) => p.name === '周建波')?.id ?? '',
  });
  await visit({ ...party, name: 'party-consents-early', as: waiting, path: '/p', next: /项没有选/ });
}

/** The permission prompt was answered with no, as the browser tells the page. */
const blockCamera = `navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));`;

/** Reading, answering, proving, writing, and what comes after; beside it what the staff see of the same case. */
export async function signingPages(seeded: Seeded, visitor: Visitor): Promise<void> {
  const { clients, newest } = seeded;
  const { visit } = visitor;
  const c1 = await onSite(seeded);
  const { caseId } = c1;
  const chenAtStation = await clients.asParty({ caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await visit({
    ...party,
    name: 'station-read-draft',
    as: chenAtStation,
    path: '/p',
    next: '我同意这个文本',
  });
  await visit({
    name: 'case-draft',
    as: c1.mediator,
    path: `/cases/${caseId}`,
    next: null,
    reach: (page) => page.getByRole('tab', { name: '协议' }).click(),
  });
  await frozenAgreement({ ...c1, chenAtStation });
  await visit({
    ...party,
    name: 'party-sign-read',
    as: c1.zhouPhone,
    path: '/p',
    next: '我看完了',
    reach: scrolled,
  });
  await visit({ name: 'case-signing', as: c1.director, path: `/cases/${caseId}`, next: null });
  const smsApp = { ...clients, ...messagesOf(newest) };
  const { state, at, textSha256 } = await ceremonyUntilHand(smsApp, c1.zhouPhone, caseId);
  await visit({
    ...party,
    name: 'party-sign-ink',
    as: c1.zhouPhone,
    path: '/p',
    next: null,
    reach: (page) => page.getByRole('img', { name: '手写签名框' }).waitFor(),
  });
  await must(c1.zhouPhone.post(`${at}/ink`, ink));
  await giveCode(smsApp, c1.zhouPhone, at, state.codeBy);
  await must((await signPlace(c1.zhouPhone, at, textSha256)).complete());
  await visit({ ...party, name: 'party-signed', as: c1.zhouPhone, path: '/p', next: null });
  for (const client of [chenAtStation, c1.mediator, c1.director]) await signAll(smsApp, client, caseId);
  const sealHolder = await clients.asStaff('shenguoqiang');
  await visit({
    name: 'seal-holder-home',
    as: sealHolder,
    path: '/',
    next: '盖章',
    reach: (page) => page.getByRole('button', { name: '盖章' }).waitFor(),
  });
  await visit({
    name: 'case-seal',
    as: sealHolder,
    path: `/cases/${caseId}`,
    next: '盖章',
    reach: (page) => page.getByRole('button', { name: '盖章', exact: true }).waitFor(),
  });
  await must(sealHolder.post(`/api/cases/${caseId}/seal`));
  const file = await c1.zhouPhone.raw(`/api/cases/${caseId}/agreement.pdf`);
  const bytes = Buffer.from(await file.arrayBuffer());
  await visit({
    ...party,
    name: 'party-sealed',
    as: c1.zhouPhone,
    path: '/p',
    next: null,
    reach: (page) => page.locator('[data-sealed]').waitFor(),
  });
  await visit({
    name: 'case-sealed',
    as: c1.director,
    path: `/cases/${caseId}`,
    next: null,
    reach: (page) => page.locator('[data-sealed]').waitFor(),
  });
  const verify = (buffer: Buffer, verdict: string) => async (page: Page) => {
    const pdf = { name: 'agreement.pdf', mimeType: 'application/pdf', buffer };
    await page.locator('input[type=file]').setInputFiles(pdf);
    await page.locator(`[data-verdict=${verdict}]`).waitFor();
  };
  await visit({ name: 'verify', as: null, path: '/verify', next: null });
  await visit({
    name: 'verify-genuine',
    as: null,
    path: '/verify',
    next: null,
    reach: verify(bytes, 'genuine'),
  });
}

/** Read to its end, as reading demands before one may go on. */
const scrolled = async (page: Page) => {
  const text = page.getByRole('region', { name: '看协议全文' });
  await text.evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await page.getByRole('button', { name: '我看完了' }).waitFor();
};

/** The messages of the running service, as the signing factory asks for them. */
export function messagesOf(newest: Seeded['newest']): Pick<SmsApp, 'sms' | 'settle'> {
  const since = new Date();
  const sms: SmsApp['sms'] = [];
  return {
    sms,
    async settle() {
      const values = await newest('signing-code', since);
      sms.push({ idempotencyKey: '', to: '', template: 'signing-code', values });
    },
  };
}
