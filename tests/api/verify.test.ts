import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MANIFEST, signSample } from '../../server/src/adapters/signing/sample-agreement.fixture.ts';
import type { VerifyAnswer, VerifyPictures } from '../../server/src/contract/verify.ts';
import type { Tx } from '../../server/src/services/context.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { plainPdf } from '../factories/files.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let pdf: Uint8Array;
beforeAll(async () => {
  app = await testApp();
  pdf = (await signSample(app.deps.signing)).pdf;
});
afterAll(() => app.stop());

async function ask<T>(path: string, bytes: Uint8Array, field?: string): Promise<{ status: number; body: T }> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], 'agreement.pdf', { type: 'application/pdf' }));
  if (field !== undefined) form.set('field', field);
  const answer = await app.anonymous.raw(path, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as T };
}

test('anybody learns of a file what it shows, and sees the pages as they were signed', async () => {
  const { body } = await ask<VerifyAnswer>('/api/verify', pdf);
  expect(body).toMatchObject({
    verdict: 'genuine',
    demo: true,
    caseNumber: MANIFEST.caseNumber,
    missing: [],
  });
  const pictures = await ask<VerifyPictures>('/api/verify/pages', pdf, 'party-1');
  expect(pictures.status).toBe(200);
  expect(pictures.body.pages.map(({ areas }) => areas.length > 0)).toEqual([false, true]);
  expect(pictures.body.pages[0]?.signed).toMatch(/^data:image\/webp;base64,/);
  const nobody = await ask<{ code: string }>('/api/verify/pages', pdf, 'nobody');
  expect(nobody).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  const strange = await ask<VerifyAnswer>('/api/verify', plainPdf(1));
  expect(strange.body).toMatchObject({ verdict: 'unknown', caseNumber: null, signatures: [] });
  expect((await ask('/api/verify/pages', plainPdf(1))).status).toBe(404);
});

test('voided is said of the file itself, never of one that does not hold or only names the version', async () => {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const versionId = await frozenAgreement({ ...c1, chenAtStation });
  const { courtId } = app.court;
  const { name: courtName } = await inCourt(app.deps.db, courtId, (tx) =>
    tx.court.findUniqueOrThrow({ where: { id: courtId }, select: { name: true } }),
  );
  const changes = { courtId, courtName, versionId };
  const own = await signSample(app.deps.signing, undefined, { changes, committeeId: crypto.randomUUID() });
  expect((await ask<VerifyAnswer>('/api/verify', own.pdf)).body.verdict).toBe('genuine');
  await inCourt(app.deps.db, courtId, (tx) =>
    tx.draftVersion.update({
      where: { id: versionId },
      data: { voidedAt: new Date(), voidReason: 'TEXT_CHANGED' },
    }),
  );
  expect((await ask<VerifyAnswer>('/api/verify', own.pdf)).body).toMatchObject({
    verdict: 'voided',
    effectiveAt: null,
  });
  const changed = Buffer.concat([own.pdf, Buffer.from('\n')]);
  expect((await ask<VerifyAnswer>('/api/verify', changed)).body.verdict).toBe('changed');
  const beforeBase = await ask<VerifyAnswer>('/api/verify', own.pdf.subarray(0, 20_000));
  expect(beforeBase.body.verdict).not.toBe('voided');
});

test('anybody takes the verdict home as a report that names the file by its hash, and says no more than it', async () => {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(pdf)], 'a.pdf', { type: 'application/pdf' }));
  const answer = await app.anonymous.raw('/api/verify/report', { method: 'POST', body: form });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const text = (await pdfText(new Uint8Array(await answer.arrayBuffer()))).replace(/\s/g, '');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  for (const said of [
    '真实，签署后没有改动',
    sha256,
    MANIFEST.caseNumber,
    '陈阿根',
    '文档时间戳',
    '没有法律效力',
  ])
    expect(text).toContain(said);
});

test('superseded is said when a later agreement of the case is in effect', async () => {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const versionId = await frozenAgreement({ ...c1, chenAtStation });
  const { courtId } = app.court;
  const inOwn = <T>(work: (tx: Tx) => Promise<T>) => inCourt(app.deps.db, courtId, work);
  const { name: courtName } = await inOwn((tx) =>
    tx.court.findUniqueOrThrow({ where: { id: courtId }, select: { name: true } }),
  );
  const changes = { courtId, courtName, versionId };
  const own = await signSample(app.deps.signing, undefined, { changes, committeeId: crypto.randomUUID() });
  expect((await ask<VerifyAnswer>('/api/verify', own.pdf)).body.verdict).toBe('genuine');
  const { caseId } = c1;
  await inOwn(async (tx) => {
    await tx.agreement.updateMany({ where: { caseId }, data: { status: 'REFUSED' } });
    await tx.agreement.create({ data: { courtId, caseId, number: 2, status: 'EFFECTIVE' } });
  });
  const { body } = await ask<VerifyAnswer>('/api/verify', own.pdf);
  expect(body).toMatchObject({ verdict: 'superseded', caseNumber: MANIFEST.caseNumber });
  const changed = Buffer.concat([own.pdf, Buffer.from('\n')]);
  expect((await ask<VerifyAnswer>('/api/verify', changed)).body.verdict).toBe('changed');
});

test('one address may ask twenty times a minute', async () => {
  const answers = await Promise.all(Array.from({ length: 21 }, () => ask('/api/verify', Buffer.from('no'))));
  expect(answers.some(({ status }) => status === 429)).toBe(true);
  expect(answers.some(({ status }) => status >= 500)).toBe(false);
});
