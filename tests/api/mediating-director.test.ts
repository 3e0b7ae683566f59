import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionView } from '../../server/src/contract/session.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { c1Intake } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { must, signAll } from '../factories/signing.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const consents = ['MEDIATION', 'ONLINE', 'RECORDING', 'E_SIGNATURE', 'E_SERVICE', 'COURT_ACCESS'];
const agreed = { answers: consents.map((item) => ({ item, agreed: true })) };

/** 本次由我主持调解: 方慧 mediates at the station; 赵素琴 sits beside her as second mediator, where `two`. */
async function mediatedAtStation(two: boolean) {
  const director = await app.asStaff('fanghui', { atStation: true });
  const second = await app.asStaff('zhaosuqin');
  const judge = await app.asStaff('linyiming');
  const { body } = await director.post<{ id: string }>('/api/cases', c1Intake(app.court.stationId));
  const caseId = body.id;
  const at = `/api/cases/${caseId}`;
  await must(director.post(`${at}/mediator/self`, { ties: [], statement: '与双方无利害关系' }));
  if (two)
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.appointment.create({
        data: {
          courtId: app.court.courtId,
          caseId,
          staffUserId: app.court.staff.zhaosuqin,
          duty: 'MEDIATOR',
          status: 'ACCEPTED',
          disclosure: { ties: [], statement: '无' },
          disclosedAt: new Date(),
          offeredAt: new Date(),
          chosenBy: 'COMMITTEE',
        },
      }),
    );
  const scheduled = await director.post<{ sessionId: string }>(`${at}/sessions`, {
    plannedStart: new Date(Date.now() + (two ? 86_400_000 : 60_000)).toISOString(),
    minutes: 60,
  });
  const { sessionId } = scheduled.body;
  const read = await director.get<{ parties: { id: string; name: string }[] }>(at);
  const [chen, zhou] = read.body.parties.map((p) => p.id) as [string, string];
  const zhouPhone = await app.asParty({ caseId, partyId: zhou });
  const session = `/api/sessions/${sessionId}`;
  await must(zhouPhone.post(`${at}/parties/${zhou}/consents`, agreed));
  await must(director.post(`${at}/parties/${chen}/consents`, agreed));
  await must(director.post(`${session}/start-checking`));
  for (const client of [director, zhouPhone, judge]) await must(client.post(`${session}/lobby`));
  const view = async () => (await director.get<SessionView>(session)).body;
  const seatOf = async (kind: string) => (await view()).seats.find((s) => s.kind === kind);
  const station = await seatOf('STATION');
  const party = await seatOf('PARTY');
  await must(director.post(`${session}/seats/${party?.id}/admit`));
  await must(director.post(`${session}/seats/${station?.id}/attendees`, { partyId: chen }));
  for (const [partyId, method] of [
    [chen, 'DOCUMENT_IN_PERSON'],
    [zhou, 'DOCUMENT_BY_VIDEO'],
  ]) {
    await must(director.post(`${at}/parties/${partyId}/identity`, { method, samePerson: true }));
    // Nobody attests at the same station what they compared there: here it is the judge, who is elsewhere.
    expect((await director.post(`${at}/parties/${partyId}/identity/attest`)).status).toBe(403);
    await must(judge.post(`${at}/parties/${partyId}/identity/attest`));
  }
  for (const kind of ['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE'])
    await must(director.post(`${session}/checks`, { kind, language: '宁波话', reader: '方慧' }));
  await must(director.post(`${session}/open`));
  const { room } = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.session.findUniqueOrThrow({ where: { id: sessionId } }),
  );
  await app.settle(() => app.video.rooms.has(room ?? ''));
  for (const seat of [station, party]) app.video.connect(room ?? '', seat?.identity ?? '');
  await reconcileVideo(app.deps);
  const chenAtStation = await app.asParty({ caseId, partyId: chen, via: 'HAND_OVER' });
  return { caseId, sessionId, at, chen, zhou, director, second, judge, zhouPhone, chenAtStation, view };
}

const signatures = (caseId: string) =>
  inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.signature.findMany({
      where: { version: { agreement: { caseId } } },
      orderBy: { position: 'asc' },
      select: { role: true, signerName: true, signedAt: true },
    }),
  );

test('a director who mediates: the station’s screen hosts, no seat of her own; two places of hers; sealed', async () => {
  const c1 = await mediatedAtStation(false);
  const { seats } = await c1.view();
  expect(seats.map((s) => s.kind).sort()).toEqual(['JUDGE', 'PARTY', 'STATION']);
  expect((await c1.director.post(`/api/sessions/${c1.sessionId}/token`)).status).toBe(200);
  await frozenAgreement({ ...c1, mediator: c1.director });
  for (const signer of [c1.zhouPhone, c1.chenAtStation, c1.director, c1.director])
    await signAll(app, signer, c1.caseId);
  const sealed = await (await app.asStaff('shenguoqiang')).post(`${c1.at}/seal`);
  expect([sealed.status, sealed.body.code]).toEqual([200, undefined]);
  expect(
    (await signatures(c1.caseId)).map((s) => `${s.role} ${s.signerName} ${s.signedAt !== null}`),
  ).toEqual([
    'party 陈阿根 true',
    'party 周建波 true',
    'mediator 方慧 true',
    'recorder 方慧 true',
    'committee 禾岸村人民调解委员会 true',
  ]);
  const after = await c1.director.get<{ status: string }>(c1.at);
  expect(after.body.status).toBe('PERFORMING');
});

test('two mediators: both must have disclosed, both sign, the seal waits for the second', async () => {
  const c1 = await mediatedAtStation(true);
  await frozenAgreement({ ...c1, mediator: c1.director });
  const sealHolder = await app.asStaff('shenguoqiang');
  for (const signer of [c1.zhouPhone, c1.chenAtStation, c1.director]) await signAll(app, signer, c1.caseId);
  // Recorder and committee come after every mediator.
  await expect(signAll(app, c1.director, c1.caseId)).rejects.toThrow('NOT_YOUR_TURN');
  expect((await sealHolder.post(`${c1.at}/seal`)).body.code).toBe('NOT_YOUR_TURN');
  await signAll(app, c1.second, c1.caseId);
  await signAll(app, c1.director, c1.caseId);
  await must(sealHolder.post(`${c1.at}/seal`));
  expect((await signatures(c1.caseId)).filter((s) => s.role === 'mediator' && s.signedAt)).toHaveLength(2);
});
