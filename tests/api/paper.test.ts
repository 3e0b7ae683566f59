import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { solidPng } from '../factories/files.ts';
import { signAll } from '../factories/signing.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { watchFiles } from '../setup/stored-files.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
type State = {
  scans: { id: string; name: string; sha256: string }[];
  signedOn: string | null;
  checks: { name: string }[];
  checkedByMe: boolean;
};

async function frozen() {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  return { ...c1, chenAtStation, at: `/api/cases/${c1.caseId}/agreement/paper` };
}

async function photograph(by: Client, caseId: string, name: string, size: number): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(await solidPng(size, size))], name));
  form.set('kind', 'PAPER_AGREEMENT');
  const answer = await by.raw(`/api/cases/${caseId}/attachments`, { method: 'POST', body: form });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id: string }).id;
}

test('on paper with a reason: printed, photographed, compared by two people, in effect', async () => {
  const { caseId, at, mediator, director, zhouPhone, chenAtStation } = await frozen();
  expect((await zhouPhone.post(`${at}/choose`, { reason: '想用纸' })).status).toBe(401);
  expect((await director.get(at)).body).toMatchObject({ code: 'MEDIUM_MIXED' });
  expect((await mediator.post(`${at}/choose`, { reason: '' })).status).toBe(400);
  expect((await mediator.post(`${at}/choose`, { reason: '老人要求手签' })).status).toBe(200);
  expect((await mediator.post(`${at}/choose`, { reason: '再来一次' })).status).toBe(409);
  await expect(signAll(app, chenAtStation, caseId)).rejects.toThrow();
  const printed = await director.raw(`/api/cases/${caseId}/print/paper`);
  expect(printed.headers.get('content-type')).toBe('application/pdf');

  const pages = [
    await photograph(director, caseId, '第1页.png', 40),
    await photograph(director, caseId, '第2页.png', 41),
  ].reverse();
  const tomorrow = new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10);
  expect((await director.post(at, { attachmentIds: pages, signedOn: tomorrow })).status).toBe(400);
  expect((await director.post(at, { attachmentIds: pages, signedOn: today() })).status).toBe(200);
  const seen = await mediator.get<State>(at);
  expect(seen.body.scans.map((s) => s.name)).toEqual(['第2页.png', '第1页.png']);
  const scans = seen.body.scans.map((s) => s.sha256);

  expect((await zhouPhone.post(`${at}/check`, { scans })).status).toBe(401);
  const picture = `/api/cases/${caseId}/attachments/${pages[0]}/picture`;
  expect((await zhouPhone.raw(picture)).status).toBe(404);
  expect((await director.post(`${at}/check`, { scans: scans.toReversed() })).status).toBe(409);
  expect((await director.post(`${at}/check`, { scans })).body).toEqual({ effective: false });
  expect((await director.post(`${at}/check`, { scans })).status).toBe(403);
  expect((await director.get<State>(at)).body).toMatchObject({
    checkedByMe: true,
    checks: [{ name: '方慧' }],
  });
  expect((await mediator.post(`${at}/check`, { scans })).body).toEqual({ effective: true });

  expect((await zhouPhone.raw(picture)).status).toBe(200);
  const after = await director.get<{ status: string; medium: string }>(`/api/cases/${caseId}`);
  expect(after.body).toMatchObject({ status: 'PERFORMING', medium: 'PAPER' });
  expect((await director.get<State>(at)).body.checks.map((c) => c.name)).toEqual(['方慧', '赵素琴']);
});

test('other photographs start the comparison again', async () => {
  const { caseId, at, mediator, director } = await frozen();
  await mediator.post(`${at}/choose`, { reason: '停电' });
  const first = await photograph(director, caseId, 'a.png', 50);
  await director.post(at, { attachmentIds: [first], signedOn: today() });
  const old = (await director.get<State>(at)).body.scans.map((s) => s.sha256);
  await director.post(`${at}/check`, { scans: old });
  const second = await photograph(director, caseId, 'b.png', 51);
  await director.post(at, { attachmentIds: [second], signedOn: today() });
  expect((await director.get<State>(at)).body.checks).toEqual([]);
  expect((await mediator.post(`${at}/check`, { scans: old })).status).toBe(409);
});

test('after the first signature paper is closed', async () => {
  const { caseId, at, mediator, zhouPhone } = await frozen();
  await signAll(app, zhouPhone, caseId);
  const { status, body } = await mediator.post(`${at}/choose`, { reason: '改用纸' });
  expect([status, body]).toEqual([409, expect.objectContaining({ code: 'MEDIUM_MIXED' })]);
});

test('the photographs are one PDF with the hash of every file; everybody gets it as what it is', async () => {
  const { caseId, at, mediator, director, zhouPhone } = await frozen();
  await mediator.post(`${at}/choose`, { reason: '停电' });
  const pages = [
    await photograph(director, caseId, '1.png', 60),
    await photograph(director, caseId, '2.png', 61),
  ];
  await director.post(at, { attachmentIds: pages, signedOn: today() });
  const scans = (await director.get<State>(at)).body.scans.map((s) => s.sha256);
  await director.post(`${at}/check`, { scans });
  // Drawn and stored before the refusal: the job takes it away, and not the one that counts.
  const files = watchFiles(app);
  expect((await mediator.post(`${at}/check`, { scans: scans.toReversed() })).status).toBe(409);
  expect((await mediator.post(`${at}/check`, { scans })).body).toEqual({ effective: true });
  files.stop();
  expect([await files.watched(), await files.tidy()]).toEqual([files.keys, ['paper']]);
  expect(files.keys).toHaveLength(2);
  const file = await zhouPhone.raw(`/api/cases/${caseId}/agreement.pdf`);
  expect(file.headers.get('content-type')).toBe('application/pdf');
  const text = await pdfText(new Uint8Array(await file.arrayBuffer()));
  for (const sha256 of scans) expect(text).toContain(sha256);
  expect(text).toContain('方慧、赵素琴');
});

test('photographs are not exchanged while the second person compares them', async () => {
  const { caseId, at, mediator, director } = await frozen();
  await mediator.post(`${at}/choose`, { reason: '停电' });
  const first = await photograph(director, caseId, 'a.png', 50);
  const second = await photograph(director, caseId, 'b.png', 51);
  await director.post(at, { attachmentIds: [first], signedOn: today() });
  const scans = (await director.get<State>(at)).body.scans.map((s) => s.sha256);
  await director.post(`${at}/check`, { scans });
  // Somebody holds the row, so that both queue up behind it: first the comparison, then the other photographs.
  const holder = new pg.Client({ connectionString: app.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM "Agreement" FOR UPDATE');
  const queued = async (many: number) => {
    for (;;) {
      const { rows } = await holder.query(
        'SELECT count(*)::int AS many FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT l.granted AND d.datname = current_database()',
      );
      const { rows: tuples } = await holder.query(
        'SELECT count(*)::int AS many FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1',
        ['Lock'],
      );
      if (Math.max(rows[0].many, tuples[0].many) >= many) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const check = mediator.post<{ effective?: boolean }>(`${at}/check`, { scans });
  await queued(1);
  const swap = director.post(at, { attachmentIds: [second], signedOn: today() });
  await queued(2);
  await holder.query('COMMIT');
  await holder.end();
  expect((await check).body.effective).toBe(true);
  expect((await swap).status).toBe(409);
  expect((await director.get<State>(at)).body.scans.map((s) => s.id)).toEqual([first]);
});
