import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { openedSession } from '../factories/case.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
beforeAll(async () => {
  app = await testApp();
  c1 = await openedSession(app);
});
afterAll(() => app.stop());

const at = () => `/api/sessions/${c1.sessionId}`;
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const dial = (client: Client, seatId = c1.seats.party.id) =>
  client.post<{ code: string }>(`${at()}/seats/${seatId}/dial`);
const token = async (client: Client) => (await client.post<{ code: string }>(`${at()}/token`)).body.code;
const seat = () => database((tx) => tx.seat.findUniqueOrThrow({ where: { id: c1.seats.party.id } }));

test('without a trunk it is not offered; with one the number of the file is dialled into the seat’s own room', async () => {
  expect((await c1.mediator.get<{ telephone: boolean }>(at())).body.telephone).toBe(false);
  expect((await dial(c1.mediator)).body.code).toBe('NOT_FOUND');
  const calls: { room: string; identity: string; to: string }[] = [];
  app.deps.telephone = {
    dial: async (input) => {
      calls.push(input);
    },
  };
  expect((await dial(c1.zhouPhone)).status).toBeGreaterThanOrEqual(401);
  // The station's screen is nobody's telephone.
  expect((await dial(c1.mediator, c1.seats.station.id)).body.code).toBe('NOT_FOUND');
  expect((await dial(c1.mediator)).status).toBe(200);
  expect((await dial(c1.mediator)).body.code).toBe('CONFLICT');
  await app.settle(() => calls.length === 1);
  expect(calls).toEqual([{ room: c1.room, identity: c1.seats.party.identity, to: '13911112222' }]);
  // His browser comes back by itself: it must not hang up on him.
  expect(await token(c1.zhouPhone)).toBe('BY_TELEPHONE');
  const record = await c1.director.get<{ remote: { name: string; place: string }[] }>(
    `${at()}/records/TALKS`,
  );
  expect(record.body.remote).toContainEqual(expect.objectContaining({ name: '周建波', place: '电话' }));
  expect((await c1.zhouPhone.post(`${at()}/hang-up`)).status).toBe(200);
  expect(await token(c1.zhouPhone)).toBeUndefined();
});

test('nobody answers: a minute later the seat is its browser’s again; a call that cannot be placed, at once', async () => {
  await dial(c1.mediator);
  app.video.rooms.get(c1.room)?.delete(c1.seats.party.identity);
  await reconcileVideo(app.deps);
  expect((await seat()).byTelephone).toBe(true);
  await database((tx) =>
    tx.seat.update({ where: { id: c1.seats.party.id }, data: { dialledAt: new Date(Date.now() - 61_000) } }),
  );
  await reconcileVideo(app.deps);
  expect((await seat()).byTelephone).toBe(false);
  app.deps.telephone = { dial: () => Promise.reject(new Error('no trunk')) };
  await dial(c1.mediator);
  await app.settle(async () => !(await seat()).byTelephone);
});
