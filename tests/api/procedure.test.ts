import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CaseView } from '../../server/src/contract/case.ts';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession, plannedCase } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { signAll } from '../factories/signing.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());
afterEach(() => app.setClock(null));

const view = async (client: Client, caseId: string) =>
  (await client.get<CaseView>(`/api/cases/${caseId}`)).body;
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);

describe('suspected false mediation (参照在线调解规则 23)', () => {
  test('stops everything where it is, tells the judge, and goes on where it was', async () => {
    const c1 = await openedSession(app);
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    await signAll(app, c1.zhouPhone, c1.caseId);
    const path = `/api/cases/${c1.caseId}/suspend`;
    const bare = await c1.mediator.post(path, { reason: ' ' });
    expect(bare.body.code).toBe('BAD_REQUEST');
    expect((await c1.zhouPhone.post(path, { reason: '他们是一伙的' })).status).toBe(401);
    const judge = await app.asStaff('linyiming');
    expect((await judge.post(path, { reason: '双方系亲属，无转账凭证' })).status).toBe(200);
    expect((await judge.post(path, { reason: '再次' })).body.code).toBe('ILLEGAL_TRANSITION');
    const stopped = await view(c1.director, c1.caseId);
    expect(stopped).toMatchObject({
      status: 'SUSPENDED',
      suspended: { reason: '双方系亲属，无转账凭证' },
      agreement: { status: 'DRAFTING' },
    });
    expect(stopped.sessions.map((s) => s.status)).toEqual(['ENDED']);
    await expect(signAll(app, chenAtStation, c1.caseId)).rejects.toThrow();
    const plan = { plannedStart: new Date(Date.now() + 90 * 86_400_000).toISOString(), minutes: 30 };
    const planned = await c1.director.post(`/api/cases/${c1.caseId}/sessions`, plan);
    expect([planned.status, planned.body.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
    expect((await view(c1.zhouPhone, c1.caseId)).suspended).toBeNull();
    const resume = `/api/cases/${c1.caseId}/resume`;
    expect((await c1.mediator.post(resume, { reason: '查清' })).body.code).toBe('DUTY_MISSING');
    expect((await judge.post(resume, { reason: '补交转账凭证，已核实' })).status).toBe(200);
    expect(await view(c1.director, c1.caseId)).toMatchObject({ status: 'AGREED', suspended: null });
    expect((await c1.director.post(`/api/cases/${c1.caseId}/sessions`, plan)).status).toBe(200);
  });

  test('or is handed on to others: then nothing goes on here', async () => {
    const c1 = await openedSession(app);
    await c1.mediator.post(`/api/cases/${c1.caseId}/suspend`, { reason: '疑似虚构债务' });
    const moved = await c1.director.post(`/api/cases/${c1.caseId}/transfer`, { reason: '移送公安机关' });
    expect(moved.status).toBe(200);
    expect(await view(c1.director, c1.caseId)).toMatchObject({
      status: 'TRANSFERRED',
      endCode: 'OTHER',
      endReason: '移送公安机关',
    });
    const again = await c1.mediator.post(`/api/cases/${c1.caseId}/resume`, { reason: '回来' });
    expect(again.body.code).toBe('ILLEGAL_TRANSITION');
  });

  test('neither side closes what was suspended because of it; an agreement ends nothing by word alone', async () => {
    const c1 = await plannedCase(app);
    const phone = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const judge = await app.asStaff('linyiming');
    expect((await judge.post(`/api/cases/${c1.caseId}/suspend`, { reason: '疑似虚假调解' })).status).toBe(
      200,
    );
    const end = (code: string) => phone.post(`/api/cases/${c1.caseId}/end`, { code, reason: '已经谈好' });
    expect((await end('AGREEMENT')).status).toBe(400);
    for (const code of ['UNWILLING', 'SETTLED_WITHDRAWN', 'DIVERGENCE', 'EXPIRED', 'OTHER'])
      expect((await end(code)).body.code).toBe('ILLEGAL_TRANSITION');
    expect(await view(judge, c1.caseId)).toMatchObject({ status: 'SUSPENDED', endCode: null });
  });

  test('what a judge suspended no station resumes; what a director suspended the director does', async () => {
    const c1 = await plannedCase(app);
    const judge = await app.asStaff('linyiming');
    const at = (verb: string) => `/api/cases/${c1.caseId}/${verb}`;
    await judge.post(at('suspend'), { reason: '疑似虚假调解' });
    for (const client of [c1.director, c1.mediator])
      expect((await client.post(at('resume'), { reason: '没事' })).body.code).toBe('DUTY_MISSING');
    expect((await judge.post(at('resume'), { reason: '已核实' })).status).toBe(200);
    await c1.director.post(at('suspend'), { reason: '再核实' });
    expect((await c1.mediator.post(at('resume'), { reason: '没事' })).body.code).toBe('DUTY_MISSING');
    expect((await c1.director.post(at('resume'), { reason: '已核实' })).status).toBe(200);
  });

  test('how a case ended is written once', async () => {
    const c1 = await plannedCase(app);
    const phone = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const end = { code: 'UNWILLING', reason: '不想谈' };
    expect((await phone.post(`/api/cases/${c1.caseId}/end`, end)).status).toBe(200);
    await c1.director.post(`/api/cases/${c1.caseId}/transfer`, { reason: '移送法院' });
    expect(await view(c1.director, c1.caseId)).toMatchObject({
      status: 'TRANSFERRED',
      endCode: 'UNWILLING',
      endReason: '不想谈',
    });
  });

  test('talks that go on are not handed on: they end first', async () => {
    const c1 = await openedSession(app);
    const moved = await c1.director.post(`/api/cases/${c1.caseId}/transfer`, { reason: '移送' });
    expect([moved.status, moved.body.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
  });

  test('while the seal is being set nobody suspends', async () => {
    const c1 = await openedSession(app);
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    await database((tx) =>
      tx.agreement.updateMany({ where: { caseId: c1.caseId }, data: { status: 'SEALING' } }),
    );
    const late = await c1.mediator.post(`/api/cases/${c1.caseId}/suspend`, { reason: '疑似虚假' });
    expect([late.status, late.body.code]).toEqual([409, 'CONFLICT']);
  });
});

describe('another mediator (人民调解法 19)', () => {
  test('a side asks, the director replaces, the next one discloses anew and plans anew', async () => {
    const c1 = await plannedCase(app);
    const zhou = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const ask = { kind: 'CHANGE_MEDIATOR', reason: '调解员与对方是亲戚' };
    expect((await zhou.post(`/api/cases/${c1.caseId}/requests`, ask)).body).toEqual({ extended: false });
    expect((await zhou.post(`/api/cases/${c1.caseId}/requests`, ask)).body.code).toBe('CONFLICT');
    const asked = await view(c1.director, c1.caseId);
    expect(asked.asked).toMatchObject([{ kind: 'CHANGE_MEDIATOR', name: '周建波', reason: ask.reason }]);
    const change = `/api/cases/${c1.caseId}/mediator/change`;
    expect((await c1.mediator.post(change, { reason: '回避' })).body.code).toBe('DUTY_MISSING');
    expect((await c1.director.post(change, { reason: '周建波申请回避' })).status).toBe(200);
    const after = await view(c1.director, c1.caseId);
    expect(after).toMatchObject({ status: 'CONSENT', nextStep: 'CHOOSE_MEDIATOR', asked: [] });
    expect(after.appointments.filter((a) => a.duty === 'MEDIATOR')).toEqual([]);
    expect(after.sessions.map((s) => s.status)).toEqual(['CANCELLED']);
    expect((await c1.mediator.get(`/api/cases/${c1.caseId}`)).status).toBe(404);
    const taken = await c1.director.post(`/api/cases/${c1.caseId}/mediator/self`, {
      ties: [],
      statement: '与双方无利害关系',
    });
    expect(taken.status).toBe(200);
    const next = await view(c1.director, c1.caseId);
    expect(next.appointments.find((a) => a.duty === 'MEDIATOR')).toMatchObject({
      name: '方慧',
      disclosed: true,
    });
    expect(next.nextStep).toBe('SCHEDULE');
  });

  test('not any more once a text is agreed', async () => {
    const c1 = await openedSession(app);
    const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...c1, chenAtStation });
    const late = await c1.director.post(`/api/cases/${c1.caseId}/mediator/change`, { reason: '换人' });
    expect(late.body.code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('one month more (宁波市人民调解条例 27)', () => {
  test('needs every side; it counts from the day on which the month would have been over, once', async () => {
    app.setClock(new Date('2026-03-10T02:00:00Z'));
    const c1 = await plannedCase(app);
    const zhou = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const due = async () =>
      (await view(c1.director, c1.caseId)).deadlines.find((d) => d.kind === 'MEDIATION');
    expect((await due())?.dueOn).toBe('2026-04-10');
    const ask = { kind: 'EXTENSION', reason: '鉴定还没有出来' };
    expect((await zhou.post(`/api/cases/${c1.caseId}/requests`, ask)).body).toEqual({ extended: false });
    expect((await due())?.dueOn).toBe('2026-04-10');
    const recorded = await c1.director.post(`/api/cases/${c1.caseId}/requests`, { ...ask, partyId: c1.chen });
    expect(recorded.body).toEqual({ extended: true });
    expect(await due()).toMatchObject({ dueOn: '2026-05-11', met: false });
    expect((await due())?.basis).toContain('第27条');
    expect((await view(c1.director, c1.caseId)).asked).toEqual([]);
    const alone = await c1.director.post(`/api/cases/${c1.caseId}/requests`, ask);
    expect(alone.body.code).toBe('BAD_REQUEST');
  });

  test('both sides at the same moment extend it once', async () => {
    app.setClock(new Date('2026-03-10T02:00:00Z'));
    const c1 = await plannedCase(app);
    const ask = { kind: 'EXTENSION', reason: '等鉴定' };
    const at = `/api/cases/${c1.caseId}/requests`;
    const answers = await Promise.all(
      [c1.chen, c1.zhou].map((partyId) => c1.director.post(at, { ...ask, partyId })),
    );
    expect(answers.map((a) => a.status)).toEqual([200, 200]);
    expect(answers.map((a) => a.body.extended).sort()).toEqual([false, true]);
    const { deadlines } = await view(c1.director, c1.caseId);
    expect(deadlines.find((d) => d.kind === 'MEDIATION')?.dueOn).toBe('2026-05-11');
  });

  test('nobody asks for time once talks are over', async () => {
    const c1 = await plannedCase(app);
    await c1.director.post(`/api/cases/${c1.caseId}/end`, { code: 'UNWILLING', reason: '不愿' });
    const late = await c1.director.post(`/api/cases/${c1.caseId}/requests`, {
      kind: 'EXTENSION',
      partyId: c1.chen,
      reason: '再谈谈',
    });
    expect(late.body.code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('police liaison and invited people (人民调解法 20)', () => {
  /** A colleague with a session of their own. */
  async function colleague(name: string, duty: 'POLICE_LIAISON' | 'GRID_WORKER') {
    const { courtId, stationId } = app.court;
    const token = newSecret();
    const id = await database(async (tx) => {
      const staff = await tx.staffUser.create({
        data: { courtId, loginName: `x-${randomUUID()}`, name, passwordHash: 'none' },
      });
      await tx.dutyAssignment.create({ data: { courtId, staffUserId: staff.id, duty, stationId } });
      await tx.staffSession.create({
        data: {
          courtId,
          staffUserId: staff.id,
          tokenHash: hashSecret(app.deps.settings.tokenKey, 'staff-session', token),
          method: 'PASSWORD',
          secondFactorAt: new Date(),
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      });
      return staff.id;
    });
    const raw = async (path: string, method = 'GET') => {
      const answer = await app.anonymous.raw(path, {
        method,
        headers: { cookie: `tongxi_staff=${token}`, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
      return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
    };
    return { id, raw };
  }

  test('see and hear nothing before both sides agreed to them by name, and nothing any more after a no', async () => {
    const c1 = await openedSession(app);
    const police = await colleague('民警小李', 'POLICE_LIAISON');
    const at = `/api/cases/${c1.caseId}/observers`;
    const list = await c1.director.get<{ id: string; liaison: boolean }[]>(at);
    expect(list.body).toContainEqual(expect.objectContaining({ id: police.id, liaison: true }));
    const invited = await c1.director.post(at, { staffUserId: police.id, duty: 'POLICE_LIAISON' });
    expect(invited.status).toBe(200);
    const session = `/api/sessions/${c1.sessionId}`;
    const tries = () =>
      Promise.all([
        police.raw(session),
        police.raw(`${session}/lobby`, 'POST'),
        police.raw(`${session}/token`, 'POST'),
      ]);
    expect((await tries()).map((a) => a.status)).toEqual([403, 403, 403]);
    const answer = (partyId: string) => `/api/cases/${c1.caseId}/parties/${partyId}/observers/${police.id}`;
    expect((await c1.zhouPhone.post(answer(c1.zhou), { agreed: true })).status).toBe(200);
    expect((await c1.zhouPhone.post(answer(c1.chen), { agreed: true })).body.code).toBe('FORBIDDEN');
    expect((await tries()).map((a) => a.status)).toEqual([403, 403, 403]);
    expect((await c1.director.post(answer(c1.chen), { agreed: true })).status).toBe(200);
    expect((await view(c1.director, c1.caseId)).observers).toMatchObject([
      { name: '民警小李', duty: 'POLICE_LIAISON', admissible: true },
    ]);
    expect((await police.raw(session)).status).toBe(200);
    expect((await police.raw(`${session}/lobby`, 'POST')).status).toBe(200);
    // The file stays closed to the police; only the talks are open.
    expect((await police.raw(`/api/cases/${c1.caseId}`)).status).toBe(403);
    const seats = await c1.mediator.get<{ seats: { id: string; kind: string }[] }>(session);
    const seat = seats.body.seats.find((s) => s.kind === 'INVITED');
    await c1.mediator.post(`${session}/seats/${seat?.id}/admit`);
    expect((await police.raw(`${session}/token`, 'POST')).status).toBe(200);
    expect((await c1.zhouPhone.post(answer(c1.zhou), { agreed: false })).status).toBe(200);
    expect((await tries()).map((a) => a.status)).toEqual([403, 403, 403]);
  });

  test('nobody is a liaison who was not made one, and nobody with a duty in the case observes it', async () => {
    const c1 = await plannedCase(app);
    const grid = await colleague('网格员小王', 'GRID_WORKER');
    const at = `/api/cases/${c1.caseId}/observers`;
    const liaison = await c1.director.post(at, { staffUserId: grid.id, duty: 'POLICE_LIAISON' });
    expect([liaison.status, liaison.body.code]).toEqual([403, 'DUTY_MISSING']);
    const mediator = await c1.director.post(at, { staffUserId: app.court.staff.zhaosuqin, duty: 'INVITED' });
    expect(mediator.body.code).toBe('CONFLICT');
    expect((await c1.director.post(at, { staffUserId: grid.id, duty: 'INVITED' })).status).toBe(200);
    const stranger = `/api/cases/${c1.caseId}/parties/${c1.zhou}/observers/${app.court.staff.wangmin}`;
    expect((await c1.director.post(stranger, { agreed: true })).body.code).toBe('NOT_FOUND');
  });
});
