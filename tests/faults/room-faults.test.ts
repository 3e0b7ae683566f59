import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plannedCase } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { flow, untilFlows } from '../setup/media-flow.ts';
import { ownBrowsers } from '../setup/own-browsers.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';

let app: Awaited<ReturnType<typeof runApp>>;
let clients: ReturnType<typeof serviceClients>;
let browsers: ReturnType<typeof ownBrowsers>;
let c1: Awaited<ReturnType<typeof browsers.talking>>['c1'];
let station: Page;
let phone: Page;

/** Remembers what was opened, so that a test can take it away as pulling a plug or a changed mind does. */
const keepTracks = `
  window.__tracks = [];
  const plain = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (window.__refusal && wanted.video) throw new DOMException('gone', window.__refusal);
    const stream = await plain(wanted);
    window.__tracks.push(...stream.getTracks());
    return stream;
  };
`;
const takeCamera = (refusal: string) => `
  window.__refusal = '${refusal}';
  for (const track of window.__tracks.filter((one) => one.kind === 'video' && one.readyState === 'live')) {
    track.stop();
    track.dispatchEvent(new Event('ended'));
  }
`;
const giveCamera = `
  window.__refusal = null;
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
`;

beforeAll(async () => {
  app = await runApp();
  const court = await createCourt(app.deps, { suffix: '-faults', passwordHash: 'none' });
  clients = serviceClients(app, court);
  browsers = ownBrowsers(app, clients);
  ({ c1, station, phone } = await browsers.talking(keepTracks));
}, 240_000);
afterAll(async () => {
  await browsers?.close();
  await app?.stop();
});

test.each([
  ['the camera is unplugged', 'NotFoundError'],
  ['the permission is taken back', 'NotAllowedError'],
])(
  '%s in the middle: the page says so, the voice goes on, and it comes back by itself',
  async (_what, refusal) => {
    await phone.evaluate(takeCamera(refusal));
    await phone.getByText('摄像头或麦克风打不开').waitFor();
    const heard = await flow(station, 2000);
    expect(heard.audioPackets).toBeGreaterThan(50);
    expect(heard.frames).toBe(0);
    await phone.evaluate(giveCamera);
    await untilFlows([station, phone], 30_000);
    await phone.getByText('摄像头或麦克风打不开').waitFor({ state: 'detached' });
  },
);

test('a second tab of the same seat takes the place; the first says so and takes it back by a press', async () => {
  const second = await phone.context().newPage();
  await second.goto('/p');
  await phone.locator('[data-line=elsewhere]').waitFor();
  await untilFlows([station, second], 60_000);
  await phone.bringToFront();
  await phone.locator('[data-line=elsewhere]').getByRole('button').click();
  await second.locator('[data-line=elsewhere]').waitFor();
  await second.close();
  await untilFlows([station, phone], 60_000);
  const seats = await c1.mediator.get<{ seats: { kind: string; connected: boolean }[] }>(
    `/api/sessions/${c1.sessionId}`,
  );
  expect(seats.body.seats.filter((seat) => seat.kind === 'PARTY')).toHaveLength(1);
});

test('a phone whose clock is a day wrong waits the right time and comes into the room', async () => {
  const planned = await plannedCase(clients);
  const late = await clients.asParty({ caseId: planned.caseId, partyId: planned.zhou });
  const yes = ['MEDIATION', 'ONLINE'].map((item) => ({ item, agreed: true }));
  await late.post(`/api/cases/${planned.caseId}/parties/${planned.zhou}/consents`, { answers: yes });
  await late.post(`/api/sessions/${planned.sessionId}/lobby`, {});
  const wrong = `
    const now = Date.now.bind(Date);
    Date.now = () => now() + 86_400_000;
  `;
  const page = await browsers.open('phone', late, '/p', keepTracks, wrong);
  await page.getByRole('heading', { name: '请稍候' }).waitFor();
  const session = await planned.mediator.get<{ plannedStart: string }>(`/api/sessions/${planned.sessionId}`);
  const minutes = Math.ceil((Date.parse(session.body.plannedStart) - Date.now()) / 60_000);
  await page.getByText(new RegExp(`(${minutes}|${minutes - 1}) 分钟`)).waitFor();
  await planned.mediator.post(`/api/sessions/${planned.sessionId}/start-checking`);
  await planned.mediator.post(`/api/sessions/${planned.sessionId}/lobby`, {});
  const seats = await planned.mediator.get<{ seats: { id: string; kind: string }[] }>(
    `/api/sessions/${planned.sessionId}`,
  );
  const seat = seats.body.seats.find((one) => one.kind === 'PARTY')?.id ?? '';
  await planned.mediator.post(`/api/sessions/${planned.sessionId}/seats/${seat}/admit`);
  await page.locator('.room').waitFor();
  await page.getByText('已连接').first().waitFor();
});
