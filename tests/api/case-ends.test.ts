import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { c1Intake, openedSession, plannedCase } from '../factories/case.ts';
import { c1Terms, draftUpdate, frozenAgreement } from '../factories/draft.ts';
import { myPlace, signAll } from '../factories/signing.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());
afterEach(() => app.setClock(null));

const frozen = async () => {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  return { ...c1, chenAtStation };
};
const agreementOf = (caseId: string) =>
  inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.agreement.findFirstOrThrow({ where: { caseId }, orderBy: { number: 'desc' } }),
  );

describe('a case may end at any time before the agreement takes effect (人民调解法 17, 23)', () => {
  test.each([
    ['UNWILLING', 'REFUSED'],
    ['UNREACHABLE', 'UNREACHABLE'],
    ['EXPIRED', 'NO_AGREEMENT'],
    ['REFUSED_TO_SIGN', 'NO_AGREEMENT'],
    ['SETTLED_WITHDRAWN', 'CLOSED'],
  ])(
    '%s while the frozen text waits for signatures: nobody signs or seals it any more',
    async (code, status) => {
      const c1 = await frozen();
      await signAll(app, c1.zhouPhone, c1.caseId);
      const ended = await c1.mediator.post(`/api/cases/${c1.caseId}/end`, { code, reason: '不再继续' });
      expect([ended.status, ended.body.code]).toEqual([200, undefined]);
      const after = await c1.director.get<{ status: string; endCode: string }>(`/api/cases/${c1.caseId}`);
      expect(after.body).toMatchObject({ status, endCode: code });
      expect((await agreementOf(c1.caseId)).status).toBe('VOID');
      await expect(signAll(app, c1.chenAtStation, c1.caseId)).rejects.toThrow();
    },
  );

  test('a party takes its consent back while the text is frozen', async () => {
    const c1 = await frozen();
    const answer = { answers: [{ item: 'MEDIATION', agreed: false }] };
    const path = `/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`;
    expect((await c1.zhouPhone.post(path, answer)).status).toBe(200);
    expect((await agreementOf(c1.caseId)).status).toBe('VOID');
    await expect(myPlace(c1.chenAtStation, c1.caseId)).rejects.toThrow();
  });

  test('talks that were to be continued may still end as wide divergence', async () => {
    const c1 = await openedSession(app);
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/end`, { result: 'TO_CONTINUE', reason: '' });
    const ended = await c1.mediator.post(`/api/cases/${c1.caseId}/end`, {
      code: 'DIVERGENCE',
      reason: '金额相差过大',
    });
    expect([ended.status, ended.body.code]).toEqual([200, undefined]);
  });
});

describe('what hung on the talks ends with them', () => {
  test('the room is closed, nobody is present, bookings are free again, open drafts are void', async () => {
    const c1 = await openedSession(app);
    await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
    });
    const said = { code: 'UNWILLING', reason: '我不想谈了' };
    expect((await c1.zhouPhone.post(`/api/cases/${c1.caseId}/end`, said)).status).toBe(200);
    const { session, bookings, present } = await inCourt(app.deps.db, app.court.courtId, async (tx) => ({
      session: await tx.session.findUniqueOrThrow({ where: { id: c1.sessionId } }),
      bookings: await tx.booking.count({ where: { sessionId: c1.sessionId, active: true } }),
      present: await tx.attendee.count({ where: { sessionId: c1.sessionId, leftAt: null } }),
    }));
    expect([session.status, session.endReason, bookings, present]).toEqual(['ENDED', '我不想谈了', 0, 0]);
    expect((await agreementOf(c1.caseId)).status).toBe('VOID');
    await app.settle(() => !app.video.rooms.has(c1.room));
    expect((await c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/token`)).status).toBe(409);
  });

  test('a planned session is cancelled; the mediator’s unanswered offer lapses', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const { body } = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
    await director.post(`/api/cases/${body.id}/mediator`, { staffUserId: app.court.staff.zhaosuqin });
    const ended = await director.post(`/api/cases/${body.id}/end`, {
      code: 'UNREACHABLE',
      reason: '三次未接',
    });
    expect(ended.status).toBe(200);
    const mediator = await app.asStaff('zhaosuqin');
    const offers = await mediator.get<{ caseId: string }[]>('/api/offers');
    expect(offers.body.filter((o) => o.caseId === body.id)).toEqual([]);
    const c1 = await plannedCase(app);
    await c1.director.post(`/api/cases/${c1.caseId}/end`, { code: 'SETTLED_WITHDRAWN', reason: '自行和解' });
    const read = await c1.director.get<{ sessions: { status: string }[] }>(`/api/cases/${c1.caseId}`);
    expect(read.body.sessions.map((s) => s.status)).toEqual(['CANCELLED']);
  });

  test('while the seal is being set nobody ends the case: the agreement is about to take effect', async () => {
    const c1 = await frozen();
    const { id } = await agreementOf(c1.caseId);
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.agreement.update({ where: { id }, data: { status: 'SEALING' } }),
    );
    const ended = await c1.mediator.post(`/api/cases/${c1.caseId}/end`, { code: 'OTHER', reason: '改主意' });
    expect([ended.status, ended.body.code]).toEqual([409, 'CONFLICT']);
    const no = { answers: [{ item: 'MEDIATION', agreed: false }] };
    const taken = await c1.zhouPhone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, no);
    expect([taken.status, taken.body.code]).toEqual([409, 'CONFLICT']);
  });
});

describe('a year whose holiday notice is not in the data', () => {
  test('cases are still registered and offered; the deadline says that holidays are not counted', async () => {
    app.setClock(new Date('2035-12-27T02:00:00Z'));
    const director = await app.asStaff('fanghui', { atStation: true });
    const registered = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
    expect(registered.status).toBe(200);
    const caseId = registered.body.id;
    const offered = await director.post(`/api/cases/${caseId}/mediator`, {
      staffUserId: app.court.staff.zhaosuqin,
    });
    expect(offered.status).toBe(200);
    const { body } = await director.get<{ deadlines: { dueOn: string; basis: string }[] }>(
      `/api/cases/${caseId}`,
    );
    expect(body.deadlines[0]?.dueOn).toBe('2036-01-27');
    expect(body.deadlines[0]?.basis).toContain('2036年');
  });
});

test('a walk-in needs its mediator before anything can be planned', async () => {
  const director = await app.asStaff('fanghui', { atStation: true });
  const { body } = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId, true));
  const read = await director.get<{ nextStep: string }>(`/api/cases/${body.id}`);
  expect(read.body.nextStep).toBe('CHOOSE_MEDIATOR');
});
