import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../factories/case.ts';
import { createCourt } from '../factories/court.ts';
import { hostileClient } from '../setup/hostile-client.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';
import type { Client } from '../setup/test-app.ts';
import { ToneSeat } from '../setup/tone-seat.ts';

/** A tone that reaches somebody is about a third of full scale; below this it is not there. */
const SILENT = 0.005;
const LOUD = 0.05;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let app: Awaited<ReturnType<typeof runApp>>;
let c1: Awaited<ReturnType<typeof openSession>>;
let judgeClient: Client;
const station = new ToneSeat('station', 520);
const judge = new ToneSeat('judge', 880);
const mediator = new ToneSeat('mediator', 1240);
const zhou = new ToneSeat('zhou', 1730);
const seats = [station, judge, mediator, zhou];
const tones = seats.map((seat) => seat.tone);
let mainTokenOfZhou = '';
let mainTrackOfZhou = '';

beforeAll(async () => {
  app = await runApp();
  const court = await createCourt(app.deps, { suffix: '-talk', passwordHash: 'none' });
  const clients = serviceClients(app, court);
  c1 = await openSession(clients);
  judgeClient = await clients.asStaff('linyiming');
  const call = await c1.director.post<{ callId: string }>(`/api/sessions/${c1.sessionId}/judge-call`, {
    question: '在吗？',
  });
  await judgeClient.post(`/api/judge-calls/${call.body.callId}/take`);
  await join(station, c1.director);
  await join(judge, judgeClient);
  await join(mediator, c1.mediator);
  await join(zhou, c1.zhouPhone);
  mainTokenOfZhou = zhou.token;
  mainTrackOfZhou = zhou.published.at(-1) ?? '';
}, 120_000);
afterAll(async () => {
  for (const seat of seats) await seat.leave();
  await dispose();
  await app?.stop();
});

/** Joins as the page does: while the server prepares something, it is asked again. */
async function join(seat: ToneSeat, client: Client): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const failed = await seat.join(client, c1.sessionId, app.url).then(
      () => null,
      (error: unknown) => error,
    );
    if (!failed) return;
    if (Date.now() > until) throw failed;
    await wait(300);
  }
}

/** Which tones a seat hears within a few seconds, as true or false in the order of `seats`; its own never. */
async function heardBy(listeners: ToneSeat[]): Promise<Record<string, boolean[]>> {
  await wait(700);
  for (const seat of listeners) seat.forget();
  await wait(3000);
  return Object.fromEntries(
    listeners.map((seat) => {
      const levels = seat.hears(tones);
      for (const level of levels) expect(level < SILENT || level > LOUD, `${seat.name} ${levels}`).toBe(true);
      return [seat.name, levels.map((level) => level > LOUD)];
    }),
  );
}

describe('背靠背 over real media', () => {
  test('before, everybody hears everybody', async () => {
    expect(await heardBy(seats)).toEqual({
      station: [false, true, true, true],
      judge: [true, false, true, true],
      mediator: [true, true, false, true],
      zhou: [true, true, true, false],
    });
  });

  let caucusId = '';
  let caucusTrack = '';
  test('inside, nothing of the main room; outside, nothing of the talk; lists name only those inside', async () => {
    const at = `/api/sessions/${c1.sessionId}`;
    const list = { seatIds: [c1.seats.mediator.id, c1.seats.party.id], side: 'RESPONDENT' };
    const preview = await c1.mediator.post<{ hears: { name: string }[] }>(`${at}/caucus/preview`, list);
    for (const seat of seats) seat.forget();
    const opened = await c1.mediator.post<{ caucusId: string }>(`${at}/caucus`, {
      ...list,
      hears: preview.body.hears.map((p) => p.name),
    });
    expect(opened.status).toBe(200);
    caucusId = opened.body.caucusId;
    await join(mediator, c1.mediator);
    await join(zhou, c1.zhouPhone);
    caucusTrack = zhou.published.at(-1) ?? '';
    expect(caucusTrack).not.toBe(mainTrackOfZhou);
    expect(await heardBy(seats)).toEqual({
      station: [false, true, false, false],
      judge: [true, false, false, false],
      mediator: [false, false, false, true],
      zhou: [false, false, true, false],
    });
    expect(mediator.participants()).toEqual([c1.seats.party.identity]);
    expect(zhou.participants()).toEqual([c1.seats.mediator.identity]);
    expect(station.participants()).toHaveLength(1);
  });

  test('a hostile client that subscribes by track id gets nothing, and old tokens open no door', async () => {
    // The token that LiveKit would still take: our door is shut for it.
    expect((await hostileClient(app.url, mainTokenOfZhou, [])).people).toEqual([]);
    const spy = new ToneSeat('spy', 2200);
    await expect(spy.connect(mainTokenOfZhou, app.url)).rejects.toThrow();
    const fresh = (await judgeClient.post<{ token: string }>(`/api/sessions/${c1.sessionId}/token`)).body
      .token;
    const known = station.published.at(-1) ?? '';
    const spied = await hostileClient(app.url, fresh, [known, caucusTrack, mainTrackOfZhou]);
    // What may be heard is offered; the talk's tracks, named by their ids, are not.
    expect(spied.people).toContain(c1.seats.station.identity);
    expect(spied.offers).toContain(known);
    expect(spied.offers).not.toContain(caucusTrack);
    expect(spied.offers).not.toContain(mainTrackOfZhou);
    expect(spied.people).not.toContain(c1.seats.party.identity);
    expect(spied.people).not.toContain(c1.seats.mediator.identity);
    await join(judge, judgeClient);
  });

  test('called back after ten seconds, everybody hears everybody again and the talk’s token is dead', async () => {
    const old = zhou.token;
    const recalled = await c1.mediator.post(`/api/sessions/${c1.sessionId}/caucuses/${caucusId}/recall`);
    expect(recalled.status).toBe(200);
    const running = async () =>
      (await c1.director.get<{ running: object | null }>(`/api/sessions/${c1.sessionId}/caucus`)).body
        .running;
    const until = Date.now() + 20_000;
    while ((await running()) && Date.now() < until) await wait(200);
    expect(await running()).toBeNull();
    await join(mediator, c1.mediator);
    await join(zhou, c1.zhouPhone);
    expect(await heardBy(seats)).toEqual({
      station: [false, true, true, true],
      judge: [true, false, true, true],
      mediator: [true, true, false, true],
      zhou: [true, true, true, false],
    });
    await expect(new ToneSeat('spy', 2200).connect(old, app.url)).rejects.toThrow();
  });
});

describe('穿梭调解 over real media: people who must not meet', () => {
  test('the sides never share a room; neither tokens, track ids nor lists lead to the other', async () => {
    const old = zhou.token;
    const tracks = [station, judge, mediator].map((seat) => seat.published.at(-1) ?? '');
    for (const seat of seats) seat.forget();
    const kept = await c1.director.post(`/api/cases/${c1.caseId}/protections`, {
      partyId: c1.chen,
      because: 'ORDER',
    });
    expect(kept.status).toBe(200);
    await join(zhou, c1.zhouPhone);
    expect(await heardBy(seats)).toEqual({
      station: [false, true, true, false],
      judge: [true, false, true, false],
      mediator: [true, true, false, false],
      zhou: [false, false, false, false],
    });
    expect(zhou.participants()).toEqual([]);
    expect(station.participants()).not.toContain(c1.seats.party.identity);
    // The token of the room that he was in, which LiveKit itself would still take.
    expect((await hostileClient(app.url, old, tracks)).people).toEqual([]);
    await expect(new ToneSeat('spy', 2200).connect(old, app.url)).rejects.toThrow();
    const { token } = (await c1.zhouPhone.post<{ token: string }>(`/api/sessions/${c1.sessionId}/token`))
      .body;
    const spied = await hostileClient(app.url, token, tracks);
    // The server tells a client of itself as well.
    expect(spied.people.filter((one) => one !== c1.seats.party.identity)).toEqual([]);
    for (const track of tracks) expect(spied.offers).not.toContain(track);
  });

  test('the mediator goes over: heard by the one side, no longer by the other', async () => {
    await join(zhou, c1.zhouPhone);
    for (const seat of seats) seat.forget();
    const moved = await c1.mediator.post(`/api/sessions/${c1.sessionId}/between-rooms`, {
      side: 'RESPONDENT',
    });
    expect(moved.status).toBe(200);
    await join(mediator, c1.mediator);
    expect(await heardBy(seats)).toEqual({
      station: [false, true, false, false],
      judge: [true, false, false, false],
      mediator: [false, false, false, true],
      zhou: [false, false, true, false],
    });
    expect(zhou.participants()).toEqual([c1.seats.mediator.identity]);
    expect(station.participants()).not.toContain(c1.seats.mediator.identity);
  });
});
