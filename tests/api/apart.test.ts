import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AgreementDocument } from '../../server/src/contract/agreement-document.ts';
import { buildAgreementDocument } from '../../server/src/services/agreement/build-document.ts';
import { protectByFlag } from '../../server/src/services/apart/protect-person.ts';
import { keepRoomsApart } from '../../server/src/services/apart/second-room.ts';
import { buildApplication } from '../../server/src/services/confirmation/build-application.ts';
import type { Ctx } from '../../server/src/services/context.ts';
import { formFacts } from '../../server/src/services/documents/form-facts.ts';
import type { Staff } from '../../server/src/services/session/as-host.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { c1Intake, openedSession, withCheckDigit } from '../factories/case.ts';
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
const system = (): Ctx => ({
  deps: app.deps,
  principal: { kind: 'system', courtId: app.court.courtId },
  requestId: 't',
  ip: 't',
});
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
  const handed = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou, via: 'HAND_OVER' });
  expect((await handed.get(at())).status).toBe(200);
  expect((await protect(c1.director)).status).toBe(200);
  expect((await handed.get(at())).status).toBe(401);
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
    parties: { id: string; usesStation: boolean; agents: { identity: object | null }[] }[];
  };
  const own = await c1.mediator.get<Case>(`/api/cases/${c1.caseId}`);
  expect(own.body.protections).toMatchObject([{ name: '陈阿根', note: '曾被打伤' }]);
  const told = await c1.zhouPhone.get<Case>(`/api/cases/${c1.caseId}`);
  expect(told.body).toMatchObject({ keptApart: true, protections: [] });
  expect(JSON.stringify(told.body)).not.toContain('打伤');
  expect(told.body.parties.some((party) => party.usesStation)).toBe(false);

  const stationSeat = { where: { id: c1.seats.station.id } };
  const raised = { leaseUntil: new Date(Date.now() + 60_000), handRaisedAt: new Date() };
  await database((tx) => tx.seat.update({ ...stationSeat, data: raised }));
  const station = async (client: Client) =>
    (await view(client)).seats.find((seat) => seat.id === c1.seats.station.id);
  expect(await station(c1.zhouPhone)).toMatchObject({ present: false, connected: false, handRaisedAt: null });
  expect(await station(chen)).toMatchObject({ present: true, handRaisedAt: expect.any(String) });
  await database((tx) => tx.seat.update({ ...stationSeat, data: { handRaisedAt: null } }));
  const agent = await c1.director.post<{ id: string }>(`/api/cases/${c1.caseId}/parties/${c1.chen}/agents`, {
    name: '李明',
  });
  await database((tx) =>
    tx.identityCheck.create({
      data: {
        courtId: app.court.courtId,
        caseId: c1.caseId,
        agentId: agent.body.id,
        checkedById: app.court.staff.fanghui,
        method: 'DOCUMENT_IN_PERSON',
        samePerson: true,
        checkedAt: new Date(),
      },
    }),
  );
  const agentCheck = async (client: Client) =>
    (await client.get<Case>(`/api/cases/${c1.caseId}`)).body.parties.find((p) => p.id === c1.chen)?.agents[0]
      ?.identity;
  expect(await agentCheck(c1.zhouPhone)).toBeNull();
  expect(await agentCheck(c1.mediator)).toMatchObject({ checkedBy: '方慧' });

  await c1.mediator.post(`${at()}/lines`, { speaker: '陈阿根', text: '我住在镇上。' });
  const record = await c1.zhouPhone.get<{ withheld: boolean; lines: object[] }>(`${at()}/records/TALKS`);
  expect(record.body).toMatchObject({ withheld: true, lines: [], people: [], speakers: [], remote: [] });
  const toAll = await c1.zhouPhone.post<{ code: string }>(`${at()}/messages`, { to: 'ALL', text: '在吗' });
  expect(toAll.body.code).toBe('KEPT_APART');
  expect((await c1.zhouPhone.post(`${at()}/messages`, { to: 'HOST', text: '请转告' })).status).toBe(200);
});

test('papers that both sides hold state neither address nor telephone of who is protected', async () => {
  const { courtId } = app.court;
  const content = { facts: '渗漏。', disputed: '', terms: [], performance: '' };
  const papers = await database(async (tx) => {
    const phone = app.deps.cipher.encrypt(
      { courtId, table: 'Party', rowId: c1.chen, column: 'phoneEnc' },
      '13700001111',
    );
    await tx.party.update({ where: { id: c1.chen }, data: { phoneEnc: Buffer.from(phone) } });
    const version = { caseId: c1.caseId, versionId: c1.caseId, versionNumber: 1, medium: 'PAPER' as const };
    const agreed: AgreementDocument = await buildAgreementDocument(tx, system(), {
      ...version,
      content,
    });
    const agreement = { document: agreed, effectiveAt: new Date(), sha256: '' };
    const application = await buildApplication(tx, system(), { ...version, agreement });
    return [agreed.parties, application.parties, (await formFacts(tx, system(), c1.caseId)).parties];
  });
  const receipt = vi.spyOn(app.deps.documents, 'drawServiceReceipt');
  expect((await c1.director.raw(`/api/cases/${c1.caseId}/print/receipt`)).status).toBe(200);
  for (const parties of [...papers, receipt.mock.calls[0]?.[0].receivers]) {
    const text = JSON.stringify(parties);
    expect(text).toContain('（不公开）');
    expect(text).toContain('禾岸村3组5号');
    expect(text.replaceAll('禾岸村3组5号', '')).not.toMatch(/禾岸村|137|1111"/);
  }
});

test('the next case between the same people keeps them apart too, until it is lifted there; with somebody else it does not', async () => {
  const standing = async (intake: ReturnType<typeof c1Intake>) => {
    const made = await c1.director.post<{ id: string }>('/api/cases', intake);
    return database((tx) =>
      tx.protection.findMany({ where: { caseId: made.body.id }, include: { party: true } }),
    );
  };
  const again = c1Intake(app.court.stationId);
  expect((await standing(again)).map((one) => [one.because, one.party?.name])).toEqual([
    ['VIOLENCE', '陈阿根'],
  ]);
  const [chen, zhou] = again.parties;
  const other = { ...zhou, name: '吴建国', idNumber: withCheckDigit('33029919790101003') };
  expect(await standing({ ...again, parties: [chen, other] } as typeof again)).toEqual([]);
  // The newest word counts, though the first case's protection stands.
  await database((tx) =>
    tx.protection.updateMany({ where: { caseId: { not: c1.caseId } }, data: { liftedAt: new Date() } }),
  );
  expect(await standing(again)).toEqual([]);
});

test('who protects, who starts and who seats somebody wait for each other', async () => {
  const done: string[] = [];
  const staff = { ...system(), principal: { kind: 'staff', courtId: app.court.courtId } } as Staff;
  let all: Promise<unknown> = Promise.resolve();
  await database(async (tx) => {
    await tx.$queryRaw`SELECT id FROM "Case" WHERE id = ${c1.caseId}::uuid FOR UPDATE`;
    all = Promise.all([
      c1.director
        .post(`${at()}/seats/${c1.seats.station.id}/attendees`, { partyId: c1.chen })
        .then(() => done.push('seated')),
      database((other) => keepRoomsApart(other, staff, c1.sessionId)).then(() => done.push('started')),
    ]);
    // Asked on another connection: a transaction sees one snapshot of who waits.
    const waiting = () =>
      database(
        (other) =>
          other.$queryRaw<object[]>`SELECT 1 FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
    await app.settle(async () => (await waiting()).length + done.length >= 2);
    expect(done).toEqual([]);
  });
  await all;
  expect(done.toSorted()).toEqual(['seated', 'started']);
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
  const given = await c1.director.post<{ code: string }>('/api/hand-overs', {
    caseId: c1.caseId,
    partyId: c1.zhou,
  });
  expect(given.body.code).toBe('KEPT_APART');
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
  await database(async (tx) => {
    await tx.protection.deleteMany({ where: { caseId: c1.caseId } });
    await tx.case.update({ where: { id: c1.caseId }, data: { facts: '周建波曾殴打陈阿根。' } });
  });
  // In talks that run the sign alone says nothing: nobody is told to be apart who is in one room.
  const agents = `/api/cases/${c1.caseId}/parties/${c1.zhou}/agents`;
  expect((await c1.mediator.post(agents, { name: '王晨' })).status).toBe(200);
  expect((await view(c1.zhouPhone)).apart).toBeNull();
  const found = await database(async (tx) => {
    await protectByFlag(tx, system(), c1.caseId);
    await protectByFlag(tx, system(), c1.caseId);
    return tx.protection.findMany({ where: { caseId: c1.caseId } });
  });
  expect(found.map((one) => [one.because, one.partyId, one.byId])).toEqual([['FLAG', null, null]]);
});
