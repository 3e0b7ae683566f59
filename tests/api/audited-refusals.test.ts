import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain } from '../../server/src/services/audit/verify-chain.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { auditRefusedSignalling } from '../../server/src/services/video/audit-refused-signalling.ts';
import { openSession } from '../factories/case.ts';
import { asker, lastSms } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let c1: Awaited<ReturnType<typeof openSession>>;
beforeAll(async () => {
  t = await testApp();
  c1 = await openSession(t);
});
afterAll(() => t.stop());

const inTx = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(t.deps.db, t.court.courtId, work);
const newest = async () => {
  const row = await inTx((tx) =>
    tx.auditEvent.findFirstOrThrow({
      where: { action: { startsWith: 'refused:' } },
      orderBy: { seq: 'desc' },
    }),
  );
  return { action: row.action, actorKind: row.actorKind, ...(row.data as { route?: string }) };
};

test('a wrong role and another court’s case are refused with a code, audited', async () => {
  const other = await t.secondCourt();
  const stranger = await t.asStaff('fanghui', { court: other });
  expect((await stranger.get(`/api/cases/${c1.caseId}`)).body.code).toBe('NOT_FOUND');
  const theirs = await inCourt(t.deps.db, other.courtId, (tx) =>
    tx.auditEvent.findMany({ where: { action: 'refused:NOT_FOUND' } }),
  );
  expect(theirs.map((row) => row.data)).toEqual([{ method: 'GET', route: '/api/cases/:id' }]);
  const grid = await t.asStaff('linxiao');
  expect((await grid.post('/api/cases', c1IntakeOf(t))).body.code).toBe('DUTY_MISSING');
  expect(await newest()).toMatchObject({
    action: 'refused:DUTY_MISSING',
    actorKind: 'staff',
    route: '/api/cases',
  });
});

test('an expired link and a replayed code are refused with a code, audited before anybody is known', async () => {
  const ask = asker(t);
  const invited = await c1.director.post<{ link: string }>(
    `/api/cases/${c1.caseId}/parties/${c1.zhou}/invitation`,
  );
  const secret = new URL(invited.body.link).hash.slice(3);
  await ask('POST', '/api/invitations/code', { body: { secret } });
  const { code } = (await lastSms(t, 'code')).values;
  const verify = () => ask('POST', '/api/invitations/verify', { body: { secret, code, answeredAs: 'SELF' } });
  expect((await verify()).status).toBe(200);
  expect((await verify()).body.code).toBe('CODE_USED');
  expect(await newest()).toMatchObject({ action: 'refused:CODE_USED', actorKind: 'system' });
  await inTx((tx) => tx.invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } }));
  expect((await ask('POST', '/api/invitations/open', { body: { secret } })).body.code).toBe('LINK_EXPIRED');
  expect(await newest()).toMatchObject({ action: 'refused:LINK_EXPIRED', route: '/api/invitations/open' });
});

test('a removed seat at the video server’s door is audited as such; the chain stays whole', async () => {
  await c1.mediator.post(`/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}/remove`, {
    reason: '扰乱秩序',
  });
  await auditRefusedSignalling(t.deps, { room: c1.room, identity: c1.seats.party.identity });
  expect(await newest()).toMatchObject({ action: 'refused:SIGNALLING', removed: true, room: c1.room });
  expect((await verifyChain(t.deps, t.court.courtId)).faults).toEqual([]);
});

const c1IntakeOf = (app: TestApp) => ({
  stationId: app.court.stationId,
  disputeType: 'NEIGHBOURS',
  facts: '漏水',
  requests: '修复',
  parties: [
    { side: 'APPLICANT', kind: 'PERSON', name: '陈阿根', usesStation: true },
    { side: 'RESPONDENT', kind: 'PERSON', name: '周建波', usesStation: true },
  ],
});
