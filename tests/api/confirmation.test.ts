import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConfirmationView } from '../../server/src/contract/confirmation.ts';
import type { SessionView } from '../../server/src/contract/session.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { withCheckDigit } from '../factories/case.ts';
import { sealedCase } from '../factories/sealed.ts';
import { signAll } from '../factories/signing.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { drawn, watchFiles } from '../setup/stored-files.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof sealedCase>>;
let files: ReturnType<typeof watchFiles>;
beforeAll(async () => {
  app = await testApp();
  c1 = await sealedCase(app);
  await drawn(app);
  files = watchFiles(app);
}, 240_000);
afterAll(() => app.stop());

const yes = { choice: 'YES', discloseId: true };
const view = async () => (await c1.zhouPhone.get<ConfirmationView>(`${c1.at}/confirmation`)).body;

describe('asked while both are still seated', () => {
  test('30 days by the calendar; nobody has answered; nothing is disclosed', async () => {
    expect(await view()).toMatchObject({
      stops: [],
      late: false,
      courtAccessMissing: false,
      answers: [{ choice: null }, { choice: null }],
      confirmation: null,
    });
    const judge = await app.asStaff('chenjing');
    expect((await judge.get(`${c1.at}/confirmation`)).status).toBe(404);
  });

  test('a yes needs the separate consent about the number; staff cannot answer', async () => {
    const bare = await c1.zhouPhone.post(`${c1.at}/confirmation/answer`, { choice: 'YES' });
    expect(bare).toMatchObject({ status: 409, body: { code: 'CONSENT_MISSING' } });
    expect(bare.body.details).toMatchObject({ item: 'ID_DISCLOSURE' });
    expect((await c1.director.post(`${c1.at}/confirmation/answer`, yes)).status).toBe(401);
    expect((await view()).answers.every((a) => a.choice === null)).toBe(true);
  });

  test('one yes alone draws nothing; the other may think it over first', async () => {
    expect((await c1.zhouPhone.post(`${c1.at}/confirmation/answer`, yes)).body).toEqual({
      waitsForSignature: false,
    });
    expect((await c1.chenAtStation.post(`${c1.at}/confirmation/answer`, { choice: 'LATER' })).status).toBe(
      200,
    );
    expect((await view()).confirmation).toBeNull();
    expect((await c1.chenAtStation.get(`${c1.at}/confirmation/ceremony`)).status).toBe(404);
  });

  test('both yes: one application, both applicants, clauses word by word, the full numbers', async () => {
    const answer = await c1.chenAtStation.post(`${c1.at}/confirmation/answer`, yes);
    expect(answer.body).toEqual({ waitsForSignature: true });
    expect((await c1.chenAtStation.post(`${c1.at}/confirmation/answer`, yes)).status).toBe(409);
    const { body } = await c1.zhouPhone.get<{ canonicalText: string; slots: { fieldName: string }[] }>(
      `${c1.at}/confirmation/ceremony`,
    );
    expect(body.slots.map((s) => s.fieldName)).toEqual(['applicant-1', 'applicant-2']);
    const text = JSON.parse(body.canonicalText) as { clauses: string[]; parties: { idNumber: string }[] };
    expect(text.parties[0]?.idNumber).toBe(withCheckDigit('33029919580115001'));
    const agreement = await c1.zhouPhone.get<{ canonicalText: string }>(`${c1.at}/ceremony`);
    const { terms } = JSON.parse(agreement.body.canonicalText) as { terms: { text: string }[] };
    expect(text.clauses).toEqual(terms.map((t) => t.text));
  });

  test('the numbers stand in no column in the open, and only those who need them read the application', async () => {
    const rows = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.draftVersion.findMany({ where: { purpose: 'CONFIRMATION' } }),
    );
    expect(JSON.stringify(rows.map((r) => r.document))).not.toContain(withCheckDigit('33029919580115001'));
    expect((await c1.mediator.get(`${c1.at}/confirmation/ceremony`)).status).toBe(403);
    expect((await c1.sealHolder.get(`${c1.at}/confirmation/ceremony`)).status).toBe(403);
  });

  test('no partly signed file leaves; signed by both it goes to the court with its own clock', async () => {
    await signAll(app, c1.zhouPhone, c1.caseId, 'confirmation/ceremony');
    expect((await c1.zhouPhone.raw(`${c1.at}/confirmation/application.pdf`)).status).toBe(404);
    await signAll(app, c1.chenAtStation, c1.caseId, 'confirmation/ceremony');
    await app.settle(async () => (await view()).confirmation?.status === 'APPLIED');
    const file = await c1.zhouPhone.raw(`${c1.at}/confirmation/application.pdf`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const report = await app.deps.signing.verify(bytes);
    expect(report.verdict).toBe('genuine');
    expect(report.stamps).toHaveLength(1);
    expect(report.signatures.map((s) => `${s.field} ${s.name}`).slice(1)).toEqual([
      'applicant-2 周建波',
      'applicant-1 陈阿根',
    ]);
    const text = (await pdfText(bytes)).replace(/\s/g, '');
    expect(text).toContain('申请人：陈阿根');
    expect(text).toContain('申请人：周建波');
    expect(text).not.toContain('被申请人');
    expect(text).toContain(withCheckDigit('33029919830620003'));
    expect(text).toContain('没有恶意串通、规避法律的行为');
    const agreement = await c1.zhouPhone.get<{ status: string }>(`${c1.at}`);
    expect(agreement.body.status).toBe('PERFORMING');
  });

  test('whatever was stored on the way is looked at by its job, and everything named stays', async () => {
    await drawn(app);
    expect(files.keys.filter((key) => key.includes('/confirmation/')).length).toBeGreaterThanOrEqual(2);
    expect(await files.watched()).toEqual(files.keys);
    // Outbox and request may both have drawn the last revision: one of the two files is named.
    expect((await files.tidy()).filter((kind) => kind !== 'confirmation')).toEqual([]);
    const bytes = await c1.zhouPhone.raw(`${c1.at}/confirmation/application.pdf`);
    expect(bytes.status).toBe(200);
  });

  test('the court asks both together: its judge hosts, the mediator has no part', async () => {
    const judge = await app.asStaff('chenjing');
    const number = '（2025）浙0299民特31号';
    const plan = { plannedStart: new Date().toISOString(), minutes: 30 };
    expect((await judge.post(`${c1.at}/confirmation/inquiry`, plan)).status).toBe(409);
    expect((await judge.post(`${c1.at}/confirmation/accept`, { number })).status).toBe(200);
    expect((await c1.mediator.post(`${c1.at}/confirmation/inquiry`, plan)).status).toBe(403);
    expect((await judge.post(`${c1.at}/confirmation/inquiry`, plan)).body).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'session-exists' },
    });
    await c1.mediator.post(`/api/sessions/${c1.sessionId}/end`, { result: 'AGREED' });
    const first = await judge.post<{ sessionId: string }>(`${c1.at}/confirmation/inquiry`, plan);
    const again = await judge.post<{ sessionId: string }>(`${c1.at}/confirmation/inquiry`, plan);
    expect([first.status, again.status]).toEqual([200, 200]);
    const at = `/api/sessions/${again.body.sessionId}`;
    expect((await judge.get(`/api/sessions/${first.body.sessionId}`)).body).toMatchObject({
      status: 'CANCELLED',
    });
    for (const stranger of [c1.mediator, c1.sealHolder]) expect((await stranger.get(at)).status).toBe(403);
    expect((await c1.director.post(`${at}/start-checking`)).status).toBe(403);
    expect((await judge.post(`${at}/lobby`, {})).status).toBe(200);
    expect((await judge.post(`${at}/start-checking`)).status).toBe(200);
    expect((await judge.post(`${at}/open`)).body).toMatchObject({ code: 'CHECKLIST_INCOMPLETE' });
    const zhou = (await c1.zhouPhone.get<{ step: string }>('/api/party/home')).body;
    expect(zhou.step).toBe('DEVICE_CHECK');
    const read = { language: '普通话', reader: '陈静' };
    for (const kind of ['FALSE_MEDIATION_WARNING', 'RIGHTS_NOTICE'])
      expect((await judge.post(`${at}/checks`, { kind, ...read })).status).toBe(200);
    for (const [by, party, method] of [
      [c1.director, c1.chen, 'DOCUMENT_IN_PERSON'],
      [judge, c1.zhou, 'DOCUMENT_BY_VIDEO'],
    ] as const)
      expect((await by.post(`${c1.at}/parties/${party}/identity`, { method, samePerson: true })).status).toBe(
        200,
      );
    expect((await judge.post(`${at}/open`)).status).toBe(200);
    expect((await judge.post(`${at}/token`)).body).toMatchObject({ canPublish: true });
    expect((await c1.mediator.post(`${at}/token`)).status).toBe(403);
    const { body } = await judge.get<SessionView>(at);
    expect(body.kind).toBe('CONFIRMATION_INQUIRY');
    expect(body.seats.map((seat) => seat.kind).sort()).toEqual(['JUDGE', 'PARTY', 'STATION']);
    expect(body.checklist.map((line) => line.kind)).not.toContain('DISCLOSURE');
    expect((await c1.director.post(`${at}/end`, { result: 'NO_AGREEMENT' })).status).toBe(403);
    expect((await judge.post(`${at}/end`, { result: 'AGREED' })).status).toBe(200);
    expect((await c1.director.get(c1.at)).body).toMatchObject({ status: 'PERFORMING' });
  });

  test('the court rules on what it docketed; nobody else does', async () => {
    const judge = await app.asStaff('chenjing');
    const number = '（2025）浙0299民特31号';
    expect((await c1.mediator.post(`${c1.at}/confirmation/accept`, { number })).status).toBe(403);
    expect((await c1.mediator.post(`${c1.at}/confirmation/rule`, { ruling: 'CONFIRM' })).status).toBe(403);
    // Nobody is asked to an inquiry that the ruling has overtaken.
    const again = { plannedStart: new Date(Date.now() + 86_400_000).toISOString(), minutes: 30 };
    const planned = await judge.post<{ sessionId: string }>(`${c1.at}/confirmation/inquiry`, again);
    expect((await judge.post(`${c1.at}/confirmation/rule`, { ruling: 'CONFIRM' })).status).toBe(200);
    const inquiry = await judge.get<SessionView>(`/api/sessions/${planned.body.sessionId}`);
    expect(inquiry.body.status).toBe('CANCELLED');
    expect((await view()).confirmation).toMatchObject({ status: 'CONFIRMED', number, ruling: true });
    const ruling = await c1.director.raw(`${c1.at}/confirmation/ruling.pdf`);
    const text = (await pdfText(new Uint8Array(await ruling.arrayBuffer()))).replace(/\s/g, '');
    for (const word of ['民事裁定书', number, '《人民调解协议书》有效', '审判员陈'])
      expect(text).toContain(word);
    expect((await c1.zhouPhone.post(`${c1.at}/confirmation/withdraw`, { reason: '不申请了' })).status).toBe(
      404,
    );
    expect((await c1.zhouPhone.post(`${c1.at}/confirmation/answer`, yes)).status).toBe(409);
  });
});
