import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { signAll } from '../factories/signing.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

test('a seal interrupted after its decision completes by itself, exactly once', async () => {
  const c1 = await openedSession(app);
  const chen = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation: chen });
  for (const client of [c1.zhouPhone, chen, c1.mediator, c1.director]) await signAll(app, client, c1.caseId);

  // The store fails for a while, as it does for a process that dies here: the decision is committed, nothing else is.
  const { put } = app.deps.storage;
  let failures = 0;
  app.deps.storage.put = async (key, bytes) => {
    if (failures++ < 3) throw new Error('interrupted');
    return put(key, bytes);
  };
  const holder = await app.asStaff('shenguoqiang');
  expect((await holder.post(`/api/cases/${c1.caseId}/seal`)).status).toBe(500);
  const read = () => c1.director.get<{ agreement: { status: string } }>(`/api/cases/${c1.caseId}`);
  await app.settle(async () => (await read()).body.agreement.status === 'EFFECTIVE', 25_000);
  app.deps.storage.put = put;

  const counts = await inCourt(app.deps.db, app.court.courtId, async (tx) => ({
    sealed: await tx.document.count({ where: { caseId: c1.caseId, kind: 'AGREEMENT' } }),
    tokens: await tx.timestampToken.count({
      where: { signature: { version: { agreement: { caseId: c1.caseId } } } },
    }),
    services: await tx.service.count({ where: { caseId: c1.caseId } }),
  }));
  expect(counts).toEqual({ sealed: 1, tokens: 5, services: 2 });
  const again = await holder.post(`/api/cases/${c1.caseId}/seal`);
  expect(again.body.code).toBe('CONFLICT');
  const file = await c1.zhouPhone.raw(`/api/cases/${c1.caseId}/agreement.pdf`);
  const report = await app.deps.signing.verify(new Uint8Array(await file.arrayBuffer()));
  expect(report.verdict).toBe('genuine');
});
