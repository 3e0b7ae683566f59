import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireAnswers } from '../../server/src/services/idempotency/expire-answers.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { c1Intake, plannedCase } from '../factories/case.ts';
import { type Ask, asker } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let ask: Ask;
beforeAll(async () => {
  app = await testApp();
  ask = asker(app);
});
afterAll(() => app.stop());

describe('a name that is not ours', () => {
  test('is refused, whatever is asked; load balancers may ask for health by address', async () => {
    const at = (path: string, host: string) => ask('GET', path, { ip: '127.0.0.1', headers: { host } });
    for (const path of ['/api/me', '/api/demo/people', '/api/demo/sms', '/p']) {
      const reply = await at(path, 'rebound.attacker.example');
      expect([path, reply.status, reply.body]).toMatchObject([path, 403, { details: { reason: 'host' } }]);
    }
    expect((await at('/api/demo/people', 'localhost:3000')).status).toBe(200);
    expect((await at('/api/me', '127.0.0.1:3000')).status).toBe(200);
    expect((await at('/healthz', '10.2.3.4')).status).toBe(200);
  });
});

describe('text that nothing can hold', () => {
  const withFacts = (facts: string) => ({ ...c1Intake(app.court.stationId), facts });

  test.each([
    ['NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('%s is refused at the door, in a body, in a name and in an address', async (_what, bad) => {
    const director = await app.asStaff('fanghui', { atStation: true });
    expect(await director.post('/api/cases', withFacts(bad))).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST', details: { fields: ['facts'] } },
    });
    const parties = c1Intake(app.court.stationId).parties.map((p) => ({ ...p, name: bad }));
    const named = await director.post('/api/cases', { ...withFacts('x'), parties });
    expect(named.body).toMatchObject({ details: { fields: ['parties.0.name'] } });
    expect((await ask('POST', '/api/sign-in/password', { body: { login: bad, password: 'x' } })).status).toBe(
      400,
    );
    expect((await ask('GET', '/api/live?topics=%00')).status).toBe(400);
  });

  test('a written backslash, and characters beyond the basic plane, are text like any other', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const made = await director.post<{ id: string }>('/api/cases', withFacts('路径 \\u0000 与 𠮷'));
    expect(made.status).toBe(200);
  });

  test('what no document could show is refused by name where it is typed, by its field', async () => {
    const director = await app.asStaff('fanghui', { atStation: true });
    const content = { ...c1Intake(app.court.stationId), facts: '楼上漏水' };
    const named = (name: string) => ({ ...content, parties: content.parties.map((p) => ({ ...p, name })) });
    for (const [path, body, field] of [
      ['/api/cases', named('陈\u{30000}根'), 'parties.0.name'],
      ['/api/intake-drafts', { content: named('陈\u{30000}根') }, 'content.parties.0.name'],
    ] as const) {
      const refused = await director.post(path, body);
      expect([path, refused.status, refused.body]).toMatchObject([
        path,
        422,
        { code: 'CHARACTER_NOT_DRAWABLE', details: { character: '\u{30000}', code: 'U+30000', field } },
      ]);
    }
  });
});

describe('made-up links', () => {
  test('shut nobody out who has a real one, nor does one link’s flood another; spoken codes stay limited', async () => {
    const c1 = await plannedCase(app);
    const invited = await c1.director.post<{ link: string; spokenCode: string }>(
      `/api/cases/${c1.caseId}/parties/${c1.zhou}/invitation`,
    );
    const open = (body: object) => ask('POST', '/api/invitations/open', { ip: '198.51.100.9', body });
    for (let i = 0; i < 40; i++) await open({ secret: `${'x'.repeat(41)}${i + 10}` });
    expect((await open({ secret: invited.body.link.split('#s=')[1] })).status).toBe(200);
    for (let i = 0; i < 30; i++) await open({ spokenCode: String(10_000_000 + i) });
    expect((await open({ spokenCode: invited.body.spokenCode })).body.code).toBe('RATE_LIMITED');
  });

  test('a link sends so many codes in its life and no more', async () => {
    const c1 = await plannedCase(app);
    const { courtId } = app.court;
    const invited = await c1.director.post<{ id: string; link: string }>(
      `/api/cases/${c1.caseId}/parties/${c1.zhou}/invitation`,
    );
    const old = new Date(Date.now() - 86_400_000);
    await inCourt(app.deps.db, courtId, (tx) =>
      tx.smsCode.createMany({
        data: Array.from({ length: 30 }, () => ({
          courtId,
          purpose: 'PARTY_SIGN_IN' as const,
          subjectId: c1.zhou,
          phoneIndex: 'another',
          codeHash: 'x',
          boundTo: invited.body.id,
          expiresAt: old,
          createdAt: old,
        })),
      }),
    );
    const secret = invited.body.link.split('#s=')[1];
    expect((await ask('POST', '/api/invitations/code', { body: { secret } })).body.code).toBe('LINK_EXPIRED');
  });
});

describe('times', () => {
  test('a session is planned for the coming year; nobody failed to come before it should begin', async () => {
    const c1 = await plannedCase(app);
    const at = `/api/sessions/${c1.sessionId}`;
    const away = { partyId: c1.zhou, reason: '未到' };
    const early = await c1.director.post(`${at}/no-show`, away);
    expect(early.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'before-start' } });
    const move = (plannedStart: string) =>
      c1.director.post(`${at}/reschedule`, { plannedStart, minutes: 480, askedBy: '周建波', reason: '出差' });
    for (const far of ['9999-12-31T23:00:00Z', '1999-12-31T23:00:00Z'])
      expect((await move(far)).body).toMatchObject({
        code: 'BAD_REQUEST',
        details: { fields: ['plannedStart'] },
      });
    expect((await c1.director.get('/api/cases')).status).toBe(200);
    app.setClock(new Date(Date.now() + 48 * 3600_000));
    expect((await c1.director.post(`${at}/no-show`, away)).status).toBe(200);
    app.setClock(null);
  });
});

test('answers kept for repeated writes are not readable, act once, and are forgotten after a day', async () => {
  const admin = await app.asStaff('wangmin');
  const { courtId } = app.court;
  const create = () =>
    admin.post<{ staffUserId: string; totpSecret: string }>(
      '/api/staff',
      { loginName: 'written-once', name: '新人' },
      { 'idempotency-key': 'kept-1' },
    );
  const first = await create();
  expect(first.status).toBe(200);
  expect((await create()).body).toEqual(first.body);
  const kept = () =>
    inCourt(app.deps.db, courtId, (tx) => tx.idempotencyKey.findFirst({ where: { key: 'kept-1' } }));
  const row = JSON.stringify(await kept());
  for (const secret of [first.body.totpSecret, first.body.staffUserId]) expect(row).not.toContain(secret);
  await expireAnswers(app.deps);
  expect(await kept()).not.toBeNull();
  await expireAnswers(app.deps, new Date(Date.now() + 25 * 3600_000));
  expect(await kept()).toBeNull();
});

test('what the API answers stays in no cache, refusals included', async () => {
  const { director, caseId } = await plannedCase(app);
  for (const path of ['/api/me', `/api/cases/${caseId}`, '/api/cases/nothing', '/api/account']) {
    const answer = await director.raw(path);
    expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store']);
  }
});

test('anybody may ask whether the service is ready; however many ask, its parts are asked once', async () => {
  let asked = 0;
  const { check } = app.deps.storage;
  app.deps.storage.check = async () => {
    asked += 1;
    await check();
  };
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask('GET', '/readyz')));
  app.deps.storage.check = check;
  expect(new Set(answers.map((a) => a.status)).size).toBe(1);
  expect(asked).toBe(1);
});
