import { afterAll, beforeAll, expect, test } from 'vitest';
import { protectByFlag } from '../../server/src/services/apart/protect-person.ts';
import type { Ctx } from '../../server/src/services/context.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
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

type View = {
  apart: { side: string; hostHere: boolean; canMove: boolean } | null;
  seats: { id: string; kind: string; room: string | null; attendees: { name: string }[] }[];
  checklist: { name: string | null }[];
};
const at = () => `/api/sessions/${c1.sessionId}`;
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const view = async (client: Client) => (await client.get<View>(at())).body;
const tokenRoom = async (client: Client) => {
  const answer = await client.post<{ token: string; code: string }>(`${at()}/token`);
  return answer.status === 200 ? (answer.body.token.split('.')[1] ?? '') : answer.body.code;
};
const connects = (room: string, seat: { identity: string }) => mayConnect(app.deps, room, seat.identity);
const move = (client: Client, side: string) =>
  client.post<{ code: string }>(`${at()}/between-rooms`, { side });
let second = '';

test('from the mediator’s act on the sides have no room in common, whatever token they hold', async () => {
  expect((await move(c1.mediator, 'RESPONDENT')).body.code).toBe('CONFLICT');
  const protect = (client: Client) =>
    client.post<{ code: string }>(`/api/cases/${c1.caseId}/protections`, {
      partyId: c1.chen,
      because: 'VIOLENCE',
      note: '曾被打伤',
    });
  expect((await protect(c1.zhouPhone)).status).toBeGreaterThanOrEqual(401);
  expect((await protect(c1.director)).status).toBe(200);
  expect((await protect(c1.director)).body.code).toBe('CONFLICT');
  const row = await database((tx) =>
    tx.caucus.findFirstOrThrow({ where: { sessionId: c1.sessionId, kind: 'APART', endedAt: null } }),
  );
  second = row.room;
  expect(await tokenRoom(c1.zhouPhone)).toBe(second);
  expect(await tokenRoom(c1.director)).toBe(c1.room);
  expect(await tokenRoom(c1.mediator)).toBe(c1.room);
  expect(await connects(c1.room, c1.seats.party)).toBe(false);
  expect(await connects(second, c1.seats.party)).toBe(true);
  expect(await connects(second, c1.seats.station)).toBe(false);
  // Who got into a room by a way that we do not know is put out of it.
  app.video.connect(c1.room, c1.seats.party.identity);
  await reconcileVideo(app.deps);
  expect(app.video.rooms.get(c1.room)?.has(c1.seats.party.identity)).toBe(false);
});

test('neither sees whether, where or with whom the other is; staff see both rooms and why', async () => {
  const zhou = await view(c1.zhouPhone);
  expect(zhou.apart).toEqual({ side: 'RESPONDENT', hostHere: false, canMove: false });
  expect(zhou.seats.flatMap((s) => s.attendees.map((a) => a.name))).not.toContain('陈阿根');
  expect(zhou.checklist.map((line) => line.name)).not.toContain('陈阿根');
  expect(zhou.seats.every((seat) => seat.room === null)).toBe(true);
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen });
  expect((await view(chen)).seats.map((seat) => seat.id)).not.toContain(c1.seats.party.id);
  const staff = await view(c1.mediator);
  const roomOf = (id: string) => staff.seats.find((seat) => seat.id === id)?.room;
  expect([roomOf(c1.seats.party.id), roomOf(c1.seats.station.id)]).toEqual(['RESPONDENT', 'APPLICANT']);

  type Case = {
    keptApart: boolean;
    protections: { name: string; note: string }[];
    parties: { usesStation: boolean }[];
  };
  const own = await c1.mediator.get<Case>(`/api/cases/${c1.caseId}`);
  expect(own.body.protections).toMatchObject([{ name: '陈阿根', note: '曾被打伤' }]);
  const told = await c1.zhouPhone.get<Case>(`/api/cases/${c1.caseId}`);
  expect(told.body).toMatchObject({ keptApart: true, protections: [] });
  expect(JSON.stringify(told.body)).not.toContain('打伤');
  expect(told.body.parties.some((party) => party.usesStation)).toBe(false);

  await c1.mediator.post(`${at()}/lines`, { speaker: '陈阿根', text: '我住在镇上。' });
  const record = await c1.zhouPhone.get<{ withheld: boolean; lines: object[] }>(`${at()}/records/TALKS`);
  expect(record.body).toMatchObject({ withheld: true, lines: [], people: [], speakers: [], remote: [] });
  const toAll = await c1.zhouPhone.post<{ code: string }>(`${at()}/messages`, { to: 'ALL', text: '在吗' });
  expect(toAll.body.code).toBe('KEPT_APART');
  expect((await c1.zhouPhone.post(`${at()}/messages`, { to: 'HOST', text: '请转告' })).status).toBe(200);
});

test('the mediator goes between the rooms; no token until the room that is left is clear of them', async () => {
  expect((await move(c1.zhouPhone, 'APPLICANT')).status).toBeGreaterThanOrEqual(401);
  // 陈阿根 sits at the station's screen: it stays with him.
  expect((await move(c1.director, 'RESPONDENT')).body.code).toBe('KEPT_APART');
  expect((await move(c1.mediator, 'RESPONDENT')).status).toBe(200);
  expect(app.video.rooms.get(c1.room)?.has(c1.seats.mediator.identity)).toBe(false);
  expect(await tokenRoom(c1.mediator)).toBe(second);
  expect(await connects(c1.room, c1.seats.mediator)).toBe(false);
  expect((await view(c1.zhouPhone)).apart?.hostHere).toBe(true);
  const seat = { where: { id: c1.seats.mediator.id } };
  await database((tx) => tx.seat.update({ ...seat, data: { movingSince: new Date() } }));
  expect(await tokenRoom(c1.mediator)).toBe('UNAVAILABLE');
  expect(await connects(second, c1.seats.mediator)).toBe(false);
  // A move that was cut off ends by itself.
  await database((tx) => tx.seat.update({ ...seat, data: { movingSince: new Date(Date.now() - 60_000) } }));
  await reconcileVideo(app.deps);
  expect(await tokenRoom(c1.mediator)).toBe(second);
  expect((await move(c1.mediator, 'APPLICANT')).status).toBe(200);
  expect(await tokenRoom(c1.mediator)).toBe(c1.room);
});

test('nothing else brings them together: no shared screen, no hand-over, no one place, no private talk, no recording', async () => {
  await c1.zhouPhone.post(`${at()}/leave`);
  const arrived = await c1.director.post<{ code: string }>(`${at()}/seats/${c1.seats.station.id}/attendees`, {
    partyId: c1.zhou,
  });
  expect(arrived.body.code).toBe('KEPT_APART');
  const handed = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou, via: 'HAND_OVER' });
  await database(async (tx) => {
    const { deviceId } = await tx.seat.findUniqueOrThrow({ where: { id: c1.seats.station.id } });
    await tx.partySession.updateMany({ where: { caseId: c1.caseId, kind: 'HAND_OVER' }, data: { deviceId } });
  });
  expect(await tokenRoom(handed)).toBe('KEPT_APART');
  expect((await c1.director.post<{ code: string }>(`${at()}/onsite`)).body.code).toBe('KEPT_APART');
  const talk = await c1.mediator.post<{ code: string }>(`${at()}/caucus`, {
    seatIds: [c1.seats.mediator.id, c1.seats.station.id],
    side: 'APPLICANT',
    hears: [],
  });
  expect(talk.body.code).toBe('KEPT_APART');
  const recording = await c1.mediator.post<{ code: string }>(`${at()}/recording/start`, { confirmed: [] });
  expect(recording.status).toBe(409);
});

test('a mediator lifts it with a reason, nobody else; then both are in one room again', async () => {
  const [row] = await database((tx) => tx.protection.findMany({ where: { caseId: c1.caseId } }));
  const lift = (client: Client) =>
    client.post<{ code: string }>(`/api/cases/${c1.caseId}/protections/${row?.id}/lift`, {
      reason: '已分别谈过，本人同意见面',
    });
  expect((await lift(c1.director)).body.code).toBe('DUTY_MISSING');
  expect((await lift(c1.mediator)).status).toBe(200);
  expect(await tokenRoom(c1.zhouPhone)).toBe(c1.room);
  expect(await connects(second, c1.seats.party)).toBe(false);
  expect((await view(c1.zhouPhone)).apart).toBeNull();
});

test('papers that speak of violence keep the sides apart before they first meet, until a person says otherwise', async () => {
  const system: Ctx = {
    deps: app.deps,
    principal: { kind: 'system', courtId: app.court.courtId },
    requestId: 't',
    ip: 't',
  };
  const found = await database(async (tx) => {
    await tx.protection.deleteMany({ where: { caseId: c1.caseId } });
    await tx.case.update({ where: { id: c1.caseId }, data: { facts: '周建波曾殴打陈阿根。' } });
    await protectByFlag(tx, system, c1.caseId);
    await protectByFlag(tx, system, c1.caseId);
    return tx.protection.findMany({ where: { caseId: c1.caseId } });
  });
  expect(found.map((one) => [one.because, one.partyId, one.byId])).toEqual([['FLAG', null, null]]);
});
