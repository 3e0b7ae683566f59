import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession } from '../factories/case.ts';
import { invited, must, type Seeded } from '../web/seeded.ts';
import { type SeededPages, seededPages } from '../web/seeded-pages.ts';

/**
 * Pains of practice (domain.md 7) that the played case does not meet, each by its name, in real browsers over a real video
 * server. The others: tests/e2e/pains.ts, drop-out.test.ts; tests/faults/poor-line, removed-token, private-talk.
 */
let pages: SeededPages;
let app: SeededPages['app'];
let seeded: Seeded;
let open: SeededPages['open'];
beforeAll(async () => {
  pages = await seededPages();
  ({ app, seeded, open } = pages);
});
afterAll(() => pages?.close());

// Both sides on one number: tests/api/ceremony-people.test.ts (PHONE_SHARED).
test('one phone in a family: opened on choosing the name; whoever receives for the family gets no seat', async () => {
  const c1 = await invited(seeded);
  const { pathname, hash } = new URL(c1.link);
  const phone = await open('phone', null, `${pathname}${hash}`);
  await phone.getByText(/的家人，代为接收/).click();
  const since = new Date();
  await phone.getByRole('button', { name: '获取验证码' }).click();
  await phone.getByLabel(/短信验证码/).fill((await seeded.newest('code', since)).code ?? '');
  await phone.getByRole('button', { name: '确认', exact: true }).click();
  await phone.locator('#party-step, main').first().waitFor();
  const token = await phone.request.post(`/api/sessions/${c1.sessionId}/token`, {
    headers: { 'x-tongxi': '1', 'x-tongxi-as': 'party', origin: app.url },
  });
  expect(token.ok()).toBe(false);
  await phone.context().close();
});

test('a caucus is meaningless when B still sits in the room: it opens after the mediator attests by name that B has left', async () => {
  const c1 = await openSession(seeded.clients);
  const at = `/api/sessions/${c1.sessionId}`;
  await must(c1.zhouPhone.post(`${at}/leave`));
  await must(c1.director.post(`${at}/seats/${c1.seats.station.id}/attendees`, { partyId: c1.zhou }));
  const mediator = await open('laptop', c1.mediator, `/sessions/${c1.sessionId}`);
  const station = await open('station', c1.director, `/sessions/${c1.sessionId}`);
  await mediator.locator('figure[data-seat-kind=STATION] video').waitFor();
  await mediator.getByRole('tab', { name: '单独交谈' }).click();
  await mediator.getByText('申请人一方：陈阿根', { exact: true }).click();
  const begin = mediator.getByRole('button', { name: /开始单独交谈/ });
  await begin.waitFor();
  expect(await begin.isDisabled()).toBe(true);
  await mediator.getByText('我确认：周建波 已离开房间').click();
  await begin.click();
  await mediator.locator('[data-caucus=inside]').waitFor();
  await station.locator('[data-caucus=inside]').waitFor();
  await mediator.context().close();
  await station.context().close();
});

test('two devices in one room echo: the second, declared, has no live microphone and plays no sound', async () => {
  const c1 = await openSession(seeded.clients);
  const station = await open('station', c1.director, `/sessions/${c1.sessionId}`);
  const phone = await open('phone', c1.zhouPhone, '/p');
  await phone.locator('figure[data-seat-kind=STATION] video').waitFor();
  await phone.locator('audio').first().waitFor({ state: 'attached' });
  await station.locator('figure[data-seat-kind=PARTY] audio').waitFor({ state: 'attached' });
  const seat = `/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}`;
  await must(c1.director.post(`${seat}/beside-station`, { beside: true }));
  await phone.getByText('本设备与站点同屋').waitFor();
  await phone.locator('audio').first().waitFor({ state: 'detached' });
  await station.locator('figure[data-seat-kind=PARTY] audio').waitFor({ state: 'detached' });
  // Both pictures stay, and the voice comes back with the declaration taken back.
  await station.locator('figure[data-seat-kind=PARTY] video').waitFor();
  await must(c1.director.post(`${seat}/beside-station`, { beside: false }));
  await station.locator('figure[data-seat-kind=PARTY] audio').waitFor({ state: 'attached' });
  await phone.context().close();
  await station.context().close();
});

test('participant did not notice arrivals, the lobby lost people: both are on the host’s page without a reload', async () => {
  const c1 = await openSession(seeded.clients);
  const mediator = await open('laptop', c1.mediator, `/sessions/${c1.sessionId}`);
  await mediator.getByRole('tab', { name: '核对' }).click();
  const row = mediator.locator('[data-seat-row=PARTY]');
  await row.waitFor();
  await must(c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/leave`));
  await row.getByText('还没到').waitFor();
  const asked = performance.now();
  await must(c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/lobby`, {}));
  await row.getByText('在等候').waitFor();
  expect(performance.now() - asked).toBeLessThan(2000);
  // Nothing renews the lease: within 15 s it is shown as lost.
  const lost = performance.now();
  await row.getByText('还没到').waitFor();
  expect(performance.now() - lost).toBeLessThan(17_000);
  await mediator.context().close();
});
