import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
