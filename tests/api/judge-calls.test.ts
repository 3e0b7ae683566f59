import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SessionView } from '../../server/src/contract/session.ts';
import { RING_ON_MS } from '../../server/src/domain/judge-call/ringing.ts';
import { ringFurther } from '../../server/src/services/judge-call/ring.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

type Calls = { id: string; sessionId: string; urgent: boolean; colleagues: { id: string; name: string }[] }[];

let app: TestApp;
let lin: Client;
let chen: Client;
let wu: Client;
beforeAll(async () => {
  app = await testApp();
  const { courtId, staff } = app.court;
  const judges = [staff.chenjing, staff.linxiao].map((staffUserId) => ({ courtId, staffUserId }));
  await database(async (tx) => {
    // 陈静 is the delegate; 林晓 here guides another station of the same town.
    for (const judge of judges) await tx.dutyAssignment.create({ data: { ...judge, duty: 'GUIDING_JUDGE' } });
    const station = await tx.station.findUniqueOrThrow({ where: { id: app.court.stationId } });
    const { id: _, ...like } = station;
    const other = await tx.station.create({ data: { ...like, id: randomUUID(), name: '云溪村共享法庭' } });
    await tx.pairing.create({ data: { courtId, stationId: other.id, judgeId: staff.linxiao } });
  });
  [lin, chen, wu] = await Promise.all([
    app.asStaff('linyiming'),
    app.asStaff('chenjing'),
    app.asStaff('linxiao'),
  ]);
});
afterAll(() => app.stop());
beforeEach(() => database((tx) => tx.booking.updateMany({ data: { active: false } })));

const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const heard = async (judge: Client, sessionId: string) =>
  (await judge.get<Calls>('/api/judge-calls')).body.filter((call) => call.sessionId === sessionId);
const seen = async (client: Client, sessionId: string) =>
  (await client.get<SessionView>(`/api/sessions/${sessionId}`)).body.judgeCall;

/** A session in which the director asked; `later` lets so much time pass without anybody taking the call. */
async function called(question: string, urgent?: boolean) {
  const c1 = await openedSession(app);
  const body = { question, ...(urgent === undefined ? {} : { urgent }) };
  const ring = () => c1.director.post<{ callId: string }>(`/api/sessions/${c1.sessionId}/judge-call`, body);
  const { callId } = (await ring()).body;
  const later = async (ms: number) => {
    await database((tx) =>
      tx.judgeCall.update({ where: { id: callId }, data: { createdAt: new Date(Date.now() - ms) } }),
    );
    await ringFurther(
      {
        deps: app.deps,
        principal: { kind: 'system', courtId: app.court.courtId },
        requestId: 'test',
        ip: 'local',
      },
      callId,
    );
  };
  return { ...c1, callId, ring, later };
}

describe('连线法官', () => {
  test('rings at the paired judge, after a minute at the delegate, then at the town’s others; the caller sees where', async () => {
    const c1 = await called('期限可以写在一起吗？');
    const rings = async () =>
      Promise.all([lin, chen, wu].map(async (judge) => (await heard(judge, c1.sessionId)).length));
    expect(await rings()).toEqual([1, 0, 0]);
    expect(await seen(c1.mediator, c1.sessionId)).toMatchObject({ ringingAt: ['林一鸣'], takenBy: null });
    expect(await seen(c1.zhouPhone, c1.sessionId)).toBeNull();
    expect((await chen.post(`/api/judge-calls/${c1.callId}/take`)).body.code).toBe('NOT_FOUND');
    await c1.later(RING_ON_MS);
    expect(await rings()).toEqual([1, 1, 0]);
    await c1.later(2 * RING_ON_MS);
    await c1.later(2 * RING_ON_MS);
    expect(await rings()).toEqual([1, 1, 1]);
    const all = (await seen(c1.mediator, c1.sessionId))?.ringingAt ?? [];
    expect(all.toSorted()).toEqual(['林一鸣', '陈静', '林晓'].toSorted());
  });

  test('two taps ring once; of two judges exactly one takes it, gets a seat and is let in', async () => {
    const c1 = await called('怎么写？');
    expect((await c1.ring()).body.callId).toBe(c1.callId);
    await c1.later(RING_ON_MS);
    const judges = [lin, chen];
    const taken = await Promise.all(judges.map((judge) => judge.post(`/api/judge-calls/${c1.callId}/take`)));
    expect(taken.map((a) => (a.status === 200 ? 'OK' : a.body.code)).sort()).toEqual(['CONFLICT', 'OK']);
    const winner = judges[taken.findIndex((a) => a.status === 200)];
    expect((await winner?.post(`/api/sessions/${c1.sessionId}/token`))?.status).toBe(200);
    expect((await seen(c1.mediator, c1.sessionId))?.takenBy).toMatch(/林一鸣|陈静/);
    expect((await c1.director.post(`/api/judge-calls/${c1.callId}/cancel`)).body.code).toBe('CONFLICT');
    await c1.later(2 * RING_ON_MS);
    expect(await heard(wu, c1.sessionId)).toEqual([]);
  });

  test('a cancelled call is silent; another court’s judge never hears it', async () => {
    const c1 = await called('在吗？');
    const stranger = await app.asStaff('linyiming', { court: await app.secondCourt() });
    expect((await stranger.post(`/api/judge-calls/${c1.callId}/take`)).body.code).toBe('NOT_FOUND');
    expect((await c1.director.post(`/api/judge-calls/${c1.callId}/cancel`)).status).toBe(200);
    expect((await lin.post(`/api/judge-calls/${c1.callId}/take`)).body.code).toBe('CONFLICT');
    expect(await seen(c1.mediator, c1.sessionId)).toBeNull();
  });

  test('handed to a colleague it rings there and no longer here; to a stranger it cannot go', async () => {
    const c1 = await called('您看行吗？');
    const [call] = await heard(lin, c1.sessionId);
    expect(call?.colleagues.map((one) => one.name).toSorted()).toEqual(['林晓', '陈静'].toSorted());
    const hand = (judge: Client, toId: string) => judge.post(`/api/judge-calls/${c1.callId}/hand`, { toId });
    expect((await hand(lin, app.court.staff.fanghui)).body.code).toBe('NOT_FOUND');
    expect((await hand(chen, app.court.staff.linxiao)).body.code).toBe('NOT_FOUND');
    expect((await hand(lin, app.court.staff.linxiao)).status).toBe(200);
    expect(await heard(lin, c1.sessionId)).toEqual([]);
    expect(await heard(wu, c1.sessionId)).toHaveLength(1);
    expect((await wu.post(`/api/judge-calls/${c1.callId}/take`)).status).toBe(200);
  });

  test('nothing rings at a judge in session who must not be disturbed, except the urgent; the delegate is next at once', async () => {
    const first = await called('第一件');
    await lin.post(`/api/judge-calls/${first.callId}/take`);
    await lin.post(`/api/sessions/${first.sessionId}/lobby`, {});
    expect((await first.director.post('/api/judge-calls/do-not-disturb', { on: true })).status).toBe(403);
    expect((await lin.post('/api/judge-calls/do-not-disturb', { on: true })).status).toBe(200);
    expect((await lin.get('/api/judge-calls/do-not-disturb')).body).toEqual({ on: true });
    await database((tx) => tx.booking.updateMany({ data: { active: false } }));
    const second = await called('第二件');
    expect(await heard(lin, second.sessionId)).toEqual([]);
    expect(await heard(chen, second.sessionId)).toHaveLength(1);
    // The same question pressed again as urgent rings at the paired judge too.
    await second.director.post(`/api/sessions/${second.sessionId}/judge-call`, {
      question: '第二件',
      urgent: true,
    });
    expect(await heard(lin, second.sessionId)).toMatchObject([{ urgent: true }]);
    await lin.post('/api/judge-calls/do-not-disturb', { on: false });
  });

  test('a judge with no page open gets one text message, whatever is tried again', async () => {
    const messages = () => database((tx) => tx.smsMessage.count({ where: { template: 'judge-call' } }));
    const before = await messages();
    await database((tx) =>
      tx.staffSession.updateMany({
        where: { staffUserId: app.court.staff.linyiming },
        data: { lastSeenAt: new Date(Date.now() - 10 * 60_000) },
      }),
    );
    const c1 = await called('在线吗？');
    await c1.ring();
    await c1.later(0);
    expect((await messages()) - before).toBe(1);
  });
});

describe('值班名单 and Web Push', () => {
  test('an administrator keeps a town’s list and number; the caller sees both and how each was told', async () => {
    const admin = await app.asStaff('wangmin');
    type Lists = { towns: { placeId: string; placeName: string; judges: { name: string }[] }[] };
    const { towns } = (await admin.get<Lists>('/api/duty-lists')).body;
    const town = towns[0]?.placeId ?? '';
    const set = (client: Client, json: object) =>
      client.raw(`/api/duty-lists/${town}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      });
    const list = { phone: '0574-88880000', judgeIds: [app.court.staff.linxiao] };
    expect((await set(lin, list)).status).toBe(403);
    expect((await set(admin, { ...list, judgeIds: [app.court.staff.wangmin] })).status).toBe(400);
    expect((await set(admin, list)).status).toBe(200);

    // 林一鸣 opted in with a browser whose push service is the test's own; a second one is dead.
    const subscribe = (endpoint: string) =>
      lin.post<{ code: string }>('/api/push', {
        endpoint,
        keys: { p256dh: 'B'.padEnd(87, 'A'), auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
      });
    const sent: { endpoint: string; body: string }[] = [];
    app.deps.push = {
      publicKey: 'key',
      accepts: (endpoint) => endpoint.startsWith('https://push.test/'),
      send: async ({ endpoint }, { body }) => {
        sent.push({ endpoint, body });
        if (endpoint.endsWith('away') && sent.filter((one) => one.endpoint === endpoint).length === 1)
          throw new Error('503');
        return endpoint.endsWith('dead') ? 'gone' : 'sent';
      },
    };
    expect((await lin.get<{ publicKey: string }>('/api/push')).body.publicKey).toBe('key');
    expect((await subscribe('https://10.0.0.1/x')).body.code).toBe('BAD_REQUEST');
    await subscribe('https://push.test/one');
    await subscribe('https://push.test/dead');
    await subscribe('https://push.test/away');
    const c1 = await called('能看一下吗？');
    // The one that was away is tried again; the others do not ring twice for it.
    await app.settle(() => sent.length >= 4, 15_000);
    expect(sent.map((one) => one.endpoint.slice(18)).sort()).toEqual(['away', 'away', 'dead', 'one']);
    expect(new Set(sent.map((one) => one.body))).toEqual(new Set(['禾岸村共享法庭正在连线法官']));
    await app.settle(async () => (await database((tx) => tx.pushSubscription.count())) === 2);
    await lin.post('/api/push/off', { endpoint: 'https://push.test/away' });
    const first = await seen(c1.director, c1.sessionId);
    expect(first).toMatchObject({ dutyPhone: '0574-88880000', ringingAt: ['林一鸣'] });
    expect(first?.reached[0]?.ways).toContain('PUSH');
    // After two minutes the list, and nobody else of the town.
    await c1.later(2 * RING_ON_MS);
    expect((await seen(c1.director, c1.sessionId))?.ringingAt).toContain('林晓');
    await lin.post('/api/push/off', { endpoint: 'https://push.test/one' });
    expect(await database((tx) => tx.pushSubscription.count())).toBe(0);
    delete app.deps.push;
  });
});
