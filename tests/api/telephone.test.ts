import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialNow } from '../../server/src/services/session/dial-seat.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { takeVideoEvent } from '../../server/src/services/video/presence.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { openedSession, withCheckDigit } from '../factories/case.ts';
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

test('on the telephone nobody needs a sign-in; on arrival the seat gets what it may do now, whatever a token said', async () => {
  app.deps.telephone = { dial: async () => {} };
  expect((await dial(c1.mediator)).status).toBe(200);
  const { identity } = c1.seats.party;
  app.video.connect(c1.room, identity);
  const sessions = { partyId: c1.zhou, revokedAt: null };
  await database((tx) => tx.partySession.updateMany({ where: sessions, data: { revokedAt: new Date() } }));
  await reconcileVideo(app.deps);
  expect(app.video.rooms.get(c1.room)?.has(identity)).toBe(true);
  const before = app.video.calls.length;
  const joined = {
    id: 'joined-by-telephone',
    event: 'participant_joined',
    room: c1.room,
    identity,
    createdAt: new Date(),
  };
  await takeVideoEvent(app.deps, joined);
  await app.settle(() =>
    app.video.calls.slice(before).some((call) => call.verb === 'updateGrants' && call.identity === identity),
  );
});

test('a locked door and an agent nobody has verified are refused as by browser', async () => {
  await database(async (tx) => {
    await tx.seat.update({ where: { id: c1.seats.party.id }, data: { byTelephone: false } });
    await tx.session.update({ where: { id: c1.sessionId }, data: { locked: true } });
  });
  // Who was let in before may come back.
  expect((await dial(c1.mediator)).status).toBe(200);
  const agent = { name: '王晨', phone: '13911113333', idNumber: withCheckDigit('33029919900101005') };
  const added = await c1.director.post<{ id: string }>(
    `/api/cases/${c1.caseId}/parties/${c1.zhou}/agents`,
    agent,
  );
  expect(added.status).toBe(200);
  const seatId = await database(async (tx) => {
    const ids = { courtId: app.court.courtId, sessionId: c1.sessionId, partyId: c1.zhou };
    const agentId = added.body.id;
    const found =
      (await tx.seat.findFirst({ where: { agentId } })) ??
      (await tx.seat.create({ data: { ...ids, agentId, kind: 'AGENT', identity: 'agent-1' } }));
    return found.id;
  });
  expect((await dial(c1.mediator, seatId)).body.code).toBe('AUTHORITY_UNVERIFIED');
  await database((tx) => tx.agent.update({ where: { id: added.body.id }, data: { verifiedAt: new Date() } }));
  expect((await dial(c1.mediator, seatId)).body.code).toBe('SESSION_LOCKED');
});

test('nobody who was removed meanwhile is dialled, and whoever was never reached was not there', async () => {
  const calls: unknown[] = [];
  const there = { seatId: c1.seats.party.id, leftAt: null };
  const attending = () => database((tx) => tx.attendee.count({ where: there }));
  await database(async (tx) => {
    await tx.attendee.updateMany({ where: there, data: { leftAt: new Date() } });
    await tx.seat.update({
      where: { id: c1.seats.party.id },
      data: { connectedAt: null, byTelephone: false },
    });
  });
  app.deps.telephone = { dial: () => Promise.reject(new Error('no trunk')) };
  await dial(c1.mediator);
  await app.settle(async () => !(await seat()).byTelephone);
  expect(await attending()).toBe(0);

  app.deps.telephone = { dial: async (input) => void calls.push(input) };
  const system = { kind: 'system', courtId: app.court.courtId } as const;
  const job = { deps: app.deps, principal: system, requestId: 'dial', ip: 'local' };
  await database((tx) => tx.seat.update({ where: { id: c1.seats.party.id }, data: { byTelephone: true } }));
  const removed = { seatId: c1.seats.party.id, reason: '扰乱秩序' };
  expect((await c1.mediator.post(`${at()}/seats/${removed.seatId}/remove`, removed)).status).toBe(200);
  await dialNow(job, c1.seats.party.id);
  expect(calls).toEqual([]);
  expect((await c1.mediator.post(`${at()}/seats/${removed.seatId}/lift-removal`)).status).toBe(200);
  await database(async (tx) => {
    const ids = { courtId: app.court.courtId, sessionId: c1.sessionId, seatId: removed.seatId };
    const admittedById = app.court.staff.zhaosuqin;
    await tx.admission.create({ data: { ...ids, admittedById, at: new Date() } });
  });
  await dialNow(job, c1.seats.party.id);
  expect(calls).toHaveLength(1);
  await database((tx) => tx.seat.update({ where: { id: removed.seatId }, data: { byTelephone: false } }));
});
