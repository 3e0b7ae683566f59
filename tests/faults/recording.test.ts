import { readdirSync, readFileSync } from 'node:fs';
import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { plays } from '../e2e/scenario/recording.ts';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { launchBrowser, openContext } from '../setup/browser.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import { ToneSeat } from '../setup/tone-seat.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let app: Awaited<ReturnType<typeof runApp>>;
let court: Awaited<ReturnType<typeof createCourt>>;
let c1: Awaited<ReturnType<typeof openSession>>;
let clients: ReturnType<typeof serviceClients>;
const station = new ToneSeat('station', 520);
const mediator = new ToneSeat('mediator', 1240);
const zhou = new ToneSeat('zhou', 1730);
const tones = [station.tone, mediator.tone, zhou.tone];

beforeAll(async () => {
  app = await runApp();
  court = await createCourt(app.deps, { suffix: '-rec', passwordHash: 'none' });
  clients = serviceClients(app, court);
  c1 = await openSession(clients);
  await join(station, c1.director);
  await join(mediator, c1.mediator);
  await join(zhou, c1.zhouPhone);
}, 120_000);
afterAll(async () => {
  for (const seat of [station, mediator, zhou]) await seat.leave();
  await dispose();
  await app?.stop();
});

/** As the page does: while the room is being made, it is asked again. */
async function join(seat: ToneSeat, client: typeof c1.director): Promise<void> {
  await until(
    () =>
      seat.join(client, c1.sessionId, app.url).then(
        () => true,
        () => false,
      ),
    15_000,
  );
}

async function until(check: () => Promise<boolean> | boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('did not happen');
    await wait(100);
  }
}

type State = { status: string | null; part: number | null; trouble: boolean };
const state = async () => (await c1.director.get<State>(`/api/sessions/${c1.sessionId}/recording`)).body;
type Recording = {
  id: string;
  closed: boolean;
  parts: { number: number; durationMs: number; ready: boolean; from: string; to: string }[];
};

/** The recording browser's own processes, not its helpers. */
function browsers(): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('tongxi-recorder-') && !command.includes('--type=');
      } catch {
        return false;
      }
    })
    .map(Number);
}

test.skipIf(process.platform !== 'linux')(
  'the recorder killed with SIGKILL: it goes on as the next part, the gap is stated, the chain verifies',
  async () => {
    const pressed = Date.now();
    const started = await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/start`, {});
    expect(started.status).toBe(200);
    await until(async () => (await state()).status === 'RUNNING', 60_000);
    process.stdout.write(`recording ran ${Date.now() - pressed} ms after the press\n`);
    // Nobody in the room is told of it.
    expect(zhou.participants()).toHaveLength(2);
    await wait(6000);
    const [pid] = browsers();
    if (!pid) throw new Error('no recording browser');
    process.kill(pid, 'SIGKILL');
    const killed = Date.now();
    await until(async () => (await state()).part === 2 && (await state()).status === 'RUNNING', 60_000);
    process.stdout.write(`the next part ran ${Date.now() - killed} ms after the kill\n`);
    await wait(5000);
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/stop`);
    const list = async () =>
      (await c1.director.get<Recording[]>(`/api/cases/${c1.caseId}/recordings`)).body[0];
    await until(async () => (await list())?.closed === true, 60_000);
    const recording = await list();
    expect(recording?.parts.map((p) => p.ready)).toEqual([true, true]);
    for (const part of recording?.parts ?? []) expect(part.durationMs).toBeGreaterThan(3000);
    const path = `/api/cases/${c1.caseId}/recordings/${recording?.id}`;
    expect((await c1.director.post(`${path}/check`)).body).toMatchObject({ faults: [] });
    const lines = await c1.director.get<{ lines: { text: string }[] }>(
      `/api/sessions/${c1.sessionId}/records/TALKS`,
    );
    expect(lines.body.lines.map((l) => l.text).join('\n')).toMatch(/录音录像恢复，为第2段，中断\d+秒/);
    await until(() => browsers().length === 0, 15_000);
    const chunks = await inCourt(app.deps.db, court.courtId, (tx) => tx.recordingChunk.count());
    expect(chunks).toBeGreaterThan(3);
  },
  200_000,
);

/** Run inside a page: Goertzel's amplitude of every tone in every window of the decoded sound. */
const measure = `async ({ base64, windows, length, tones }) => {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const sound = await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes.buffer);
  const samples = sound.getChannelData(0);
  const rate = sound.sampleRate;
  return windows.map((at) => {
    const piece = samples.subarray(Math.round(at * rate), Math.round((at + length) * rate));
    return tones.map((tone) => {
      const coefficient = 2 * Math.cos((2 * Math.PI * tone) / rate);
      let [one, two] = [0, 0];
      for (const sample of piece) [one, two] = [sample + coefficient * one - two, one];
      return (2 * Math.sqrt(Math.max(0, one * one + two * two - coefficient * one * two))) / piece.length;
    });
  });
}`;

/** Loudness of each tone in windows of the recording's sound, decoded by a browser: `at` and length in seconds. */
async function heardIn(file: Buffer, windows: number[], length: number): Promise<number[][]> {
  const { browser, close } = await launchBrowser();
  try {
    const page = await browser.newPage();
    const ask = JSON.stringify({ base64: file.toString('base64'), windows, length, tones });
    return await page.evaluate<number[][]>(`(${measure})(${ask})`);
  } finally {
    await close();
  }
}

test('a private talk is in no recording: neither its voices nor what is said outside meanwhile', async () => {
  await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/start`, {});
  await until(async () => (await state()).status === 'RUNNING', 60_000);
  await wait(5000);
  const opened = await c1.mediator.post<{ caucusId: string }>(`/api/sessions/${c1.sessionId}/caucus`, {
    seatIds: [c1.seats.mediator.id, c1.seats.party.id],
    side: 'RESPONDENT',
    hears: ['赵素琴', '周建波'],
  });
  expect(opened.status).toBe(200);
  const closed = Date.now();
  await join(mediator, c1.mediator);
  await join(zhou, c1.zhouPhone);
  await wait(6000);
  const before = Date.now();
  await inCourt(app.deps.db, court.courtId, (tx) =>
    tx.caucus.update({ where: { id: opened.body.caucusId }, data: { recallAt: new Date(0) } }),
  );
  const running = async () =>
    (await c1.mediator.get<{ running: object | null }>(`/api/sessions/${c1.sessionId}/caucus`)).body.running;
  await until(async () => (await running()) === null, 20_000);
  await join(mediator, c1.mediator);
  await join(zhou, c1.zhouPhone);
  await wait(9000);
  await c1.mediator.post(`/api/sessions/${c1.sessionId}/recording/stop`);
  const list = async () =>
    (await c1.director.get<Recording[]>(`/api/cases/${c1.caseId}/recordings`)).body.at(-1);
  await until(async () => (await list())?.closed === true, 60_000);
  const recording = await list();
  const [part] = recording?.parts ?? [];
  if (!recording || !part) throw new Error('no recording');
  expect(recording.parts).toHaveLength(1);
  const zero = Date.parse(part.from);
  const answer = await c1.director.raw(
    `/api/cases/${c1.caseId}/recordings/${recording.id}/parts/${part.number}?download=1`,
  );
  const levels = await heardIn(
    Buffer.from(await answer.arrayBuffer()),
    // In the room; in the middle of the talk; at the end, all back.
    [2, (closed - zero) / 1000 + 2, part.durationMs / 1000 - 4],
    2,
  );
  process.stdout.write(`levels ${JSON.stringify(levels.map((l) => l.map((x) => Number(x.toFixed(4)))))}\n`);
  const heard = levels.map((window) => window.map((level) => level > 0.02));
  expect(before - closed).toBeGreaterThan(5000);
  expect(heard).toEqual([
    [true, true, true],
    [false, false, false],
    [true, true, true],
  ]);
  for (const level of levels[1] ?? []) expect(level).toBeLessThan(0.002);
}, 200_000);

test('started by the host, in sight for everybody, stopped by a party; it plays in a browser and its chain verifies', async () => {
  for (const seat of [station, mediator, zhou]) await seat.leave();
  const { browser, close } = await launchBrowser();
  try {
    const open = async (screen: 'laptop' | 'phone', client: typeof c1.director) => {
      const context = await openContext(browser, { screen, baseURL: app.url });
      await context.addCookies([clients.cookieOf(client)]);
      return context.newPage();
    };
    const host = await open('laptop', c1.mediator);
    const phone = await open('phone', c1.zhouPhone);
    await Promise.all([host.goto(`/sessions/${c1.sessionId}`), phone.goto('/p')]);
    await host.locator('figure[data-seat-kind=PARTY] video').waitFor();
    await host.getByRole('button', { name: '开始录制' }).click();
    await host.getByRole('dialog').getByRole('button', { name: '开始录制' }).click();
    for (const page of [host, phone])
      await page.locator('[data-recording=RUNNING]').waitFor({ timeout: 60_000 });
    await picture(host, 'room-recording');
    await picture(phone, 'phone-recording');
    await wait(8000);
    await phone.getByRole('button', { name: '撤回录制同意' }).click();
    await picture(phone, 'phone-withdraw');
    await phone.getByRole('dialog').getByRole('button', { name: '撤回录制同意' }).click();
    await host.locator('[data-recording=STOPPED]').waitFor();
    await host.getByText('一方撤回了录制同意').waitFor();
    await picture(host, 'room-stopped');
    await host.getByRole('button', { name: '开始录制' }).click();
    await host.getByText('还有人没有同意').waitFor();
    await picture(host, 'room-refused');
    const list = async () =>
      (await c1.director.get<Recording[]>(`/api/cases/${c1.caseId}/recordings`)).body.at(-1);
    await until(async () => (await list())?.closed === true, 60_000);
    await host.goto(`/cases/${c1.caseId}/recordings`);
    const card = host.locator('section.card').last();
    await card.locator('[data-part-player]').waitFor();
    await host.evaluate(
      "(async () => { const v = [...document.querySelectorAll('[data-part-player]')].at(-1); v.muted = true; await v.play(); })()",
    );
    await plays(host);
    await card.getByRole('button', { name: '校验是否完整' }).click();
    await card.locator('[data-check=fine]').waitFor();
    await picture(host, 'recordings');
    await host.setViewportSize({ width: 360, height: 740 });
    expect(await host.evaluate('document.documentElement.scrollWidth <= 361')).toBe(true);
    await picture(host, 'recordings-360');
    await host.emulateMedia({ colorScheme: 'dark' });
    await host.evaluate("localStorage.setItem('tongxi.language', 'en')");
    await host.setViewportSize({ width: 1280, height: 800 });
    await host.reload();
    await host.locator('[data-part-player]').last().waitFor();
    await picture(host, 'recordings-en-dark');
  } finally {
    await close();
  }
}, 240_000);

/** Kept where TONGXI_PICTURES names a folder, to be looked at. */
async function picture(
  page: { screenshot(options: { path: string; fullPage: boolean }): Promise<unknown> },
  name: string,
) {
  const dir = process.env.TONGXI_PICTURES;
  if (dir) await page.screenshot({ path: `${dir}/${name}.png`, fullPage: true });
}
