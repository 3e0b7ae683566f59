import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { signAll } from '../factories/signing.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

test('C1 from intake to the sealed agreement, through the API', async () => {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  await signAll(app, c1.zhouPhone, c1.caseId);
  await signAll(app, chenAtStation, c1.caseId);
  await signAll(app, c1.mediator, c1.caseId);
  await signAll(app, c1.director, c1.caseId);
  const sealHolder = await app.asStaff('shenguoqiang');
  const sealed = await sealHolder.post(`/api/cases/${c1.caseId}/seal`);
  expect(sealed).toEqual({ status: 200, body: { status: 'EFFECTIVE' } });

  const file = await c1.zhouPhone.raw(`/api/cases/${c1.caseId}/agreement.pdf`);
  expect(file.status).toBe(200);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (process.env.TONGXI_KEEP) await writeFile(process.env.TONGXI_KEEP, bytes);
  const form = new FormData();
  form.set('file', new File([bytes], 'agreement.pdf', { type: 'application/pdf' }));
  const verdict = await app.anonymous.raw('/api/verify', { method: 'POST', body: form });
  const report = (await verdict.json()) as {
    verdict: string;
    signatures: { role: string; name: string; ok: boolean }[];
  };
  expect(report.verdict).toBe('genuine');
  expect(report.signatures.map((s) => `${s.role} ${s.name} ${s.ok}`)).toEqual([
    expect.stringMatching(/^platform .* true$/),
    'party 周建波 true',
    'party 陈阿根 true',
    'mediator 赵素琴 true',
    'recorder 方慧 true',
    'committee 禾岸村人民调解委员会 true',
  ]);
  const after = await c1.director.get<{ status: string; effectiveAt: string; agreement: { status: string } }>(
    `/api/cases/${c1.caseId}`,
  );
  expect(after.body).toMatchObject({ status: 'PERFORMING', agreement: { status: 'EFFECTIVE' } });
  await app.settle(() => app.sms.some((m) => m.template === 'sealed'));
});
