import { dispose, TrackKind } from '@livekit/rtc-node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BENEATH } from '../../web/src/features/room/voices.ts';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { microphoneTone, playedTones } from '../setup/heard-tones.ts';
import { hostileClient } from '../setup/hostile-client.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';
import { ToneSeat } from '../setup/tone-seat.ts';

const SILENT = 0.005;
const LOUD = 0.05;
const ORIGINAL = 520;
const TRANSLATION = 1240;
const tones = [ORIGINAL, TRANSLATION];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let app: Awaited<ReturnType<typeof runApp>>;
let chrome: Awaited<ReturnType<typeof launchBrowser>>;
let clients: ReturnType<typeof serviceClients>;
let c1: Awaited<ReturnType<typeof openSession>>;
/** Speaks at the station; everybody hears the original. */
const station = new ToneSeat('station', ORIGINAL);
/** Hears the original by choice: the interpreter's sound is not for this seat. */
const mediator = new ToneSeat('mediator', 880);
let interpreter: Page;
let phone: Page;
/** The interpreter's tracks by their ids, as everybody in the room is told of them. */
let sound = '';
let picture = '';

async function open(screen: 'laptop' | 'phone', client: Client, path: string, script = ''): Promise<Page> {
  const context = await openContext(chrome.browser, { screen, baseURL: app.url });
  await context.addCookies([clients.cookieOf(client)]);
  if (script) await context.addInitScript(script);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(path);
  return page;
}

beforeAll(async () => {
  [app, chrome] = await Promise.all([runApp(), launchBrowser()]);
  const court = await createCourt(app.deps, { suffix: '-voice', passwordHash: 'none' });
  clients = serviceClients(app, court);
  c1 = await openSession(clients);
  const at = `/api/sessions/${c1.sessionId}`;
  const staffUserId = court.staff.linxiao;
  const invitation = { staffUserId, duty: 'INVITED', as: 'INTERPRETER', language: '宁波话—普通话' };
  await c1.mediator.post(`/api/cases/${c1.caseId}/observers`, invitation);
  for (const [client, partyId] of [
    [c1.director, c1.chen],
    [c1.zhouPhone, c1.zhou],
  ] as const)
    await client.post(`/api/cases/${c1.caseId}/parties/${partyId}/observers/${staffUserId}`, {
      agreed: true,
    });
  const translates = await clients.asStaff('linxiao');
  const { body } = await translates.post<{ seatId: string }>(`${at}/lobby`, {});
  await c1.mediator.post(`${at}/seats/${body.seatId}/admit`);
  await station.join(c1.director, c1.sessionId, app.url);
  await mediator.join(c1.mediator, c1.sessionId, app.url);
  interpreter = await open('laptop', translates, `/sessions/${c1.sessionId}`, microphoneTone(TRANSLATION));
  await interpreter.getByText('还没有人选择听译音。').waitFor();
  phone = await open('phone', c1.zhouPhone, '/p');
  await phone.locator('[data-voice=original]').waitFor();
  const seats = (await c1.mediator.get<{ seats: { kind: string; identity: string }[] }>(at)).body.seats;
  const identity = seats.find((seat) => seat.kind === 'INTERPRETER')?.identity ?? '';
  const tracks = () => [
    ...(mediator.room?.remoteParticipants.get(identity)?.trackPublications.values() ?? []),
  ];
  for (let i = 0; i < 100 && tracks().length < 2; i += 1) await wait(200);
  const idOf = (kind: TrackKind) => tracks().find((track) => track.kind === kind)?.sid ?? '';
  [sound, picture] = [idOf(TrackKind.KIND_AUDIO), idOf(TrackKind.KIND_VIDEO)];
  expect([sound, picture].map((id) => id.slice(0, 2))).toEqual(['TR', 'TR']);
}, 240_000);
afterAll(async () => {
  for (const seat of [station, mediator]) await seat.leave();
  await dispose();
  await chrome?.close();
  await app?.stop();
});

/** What the phone plays, once the tone that is waited for is there (or gone). */
async function plays(wanted: (levels: number[]) => boolean): Promise<number[]> {
  let levels: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    levels = await playedTones(phone, tones);
    if (wanted(levels)) return levels;
  }
  throw new Error(`the phone plays ${levels.join(' and ')}`);
}
const isOriginal = ([original = 0, translation = 0]: number[]) => original > LOUD && translation < SILENT;

let plain = 0;
test('who chose nothing hears the original in full, and nothing of the interpreter', async () => {
  [plain = 0] = await plays(isOriginal);
});

test('who chose 译音 hears the interpreter, and the original lowered beneath', async () => {
  await phone.getByRole('button', { name: '听译音' }).click();
  await interpreter.getByText('正在听您翻译的：周建波').waitFor();
  const [original = 0, translation = 0] = await plays((levels) => (levels[1] ?? 0) > LOUD);
  expect(translation).toBeGreaterThan(original);
  expect(original / plain).toBeGreaterThan(BENEATH / 2);
  expect(original / plain).toBeLessThan(BENEATH * 2);
});

test('whom the interpreter’s page does not permit gets nothing, whatever is asked for by track id', async () => {
  mediator.forget();
  // Asked for once more by name, as a page that was changed would.
  for (const person of mediator.room?.remoteParticipants.values() ?? [])
    person.trackPublications.get(sound)?.setSubscribed(true);
  await wait(4000);
  const [original = 0, translation = 0] = mediator.hears(tones);
  expect(original).toBeGreaterThan(LOUD);
  expect(translation).toBeLessThan(SILENT);
  const asked = async (client: Client) => {
    const { token } = (await client.post<{ token: string }>(`/api/sessions/${c1.sessionId}/token`)).body;
    return (await hostileClient(app.url, token, [sound, picture])).offers;
  };
  // The picture is for everybody, and the sound for the one who chose it: both ids do lead to media.
  const offered = await asked(c1.mediator);
  expect(offered).toContain(picture);
  expect(offered).not.toContain(sound);
  expect(await asked(c1.zhouPhone)).toContain(sound);
});

test('back to 原声: the original in full again, and the interpreter no longer', async () => {
  const elsewhere = phone.locator('[data-line=elsewhere]');
  if ((await elsewhere.count()) > 0) await elsewhere.getByRole('button').click();
  await phone.getByRole('button', { name: '听原声' }).click();
  await interpreter.getByText('还没有人选择听译音。').waitFor();
  const [original = 0] = await plays(isOriginal);
  expect(original).toBeGreaterThan(plain / 2);
});
