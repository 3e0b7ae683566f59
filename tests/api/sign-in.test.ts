import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashBackupCode, stepNow, totpAt } from '../../server/src/services/sign-in/give-totp.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { demoPassword, demoTotpSecret } from '../factories/court.ts';
import { type Ask, asker, lastSms, signInDirector } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let ask: Ask;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());

/** Everybody is free again, with no TOTP step used; a fresh application forgets its limits per address. */
beforeEach(async () => {
  ask = asker(t);
  await inCourt(t.deps.db, t.court.courtId, async (tx) => {
    await tx.staffUser.updateMany({ data: { failedSignIns: 0, lockedAt: null, totpLastStep: null } });
    await tx.signInFailure.deleteMany();
    await tx.smsCode.deleteMany();
  });
});

const password = (login: string, given: string = demoPassword) =>
  ask('POST', '/api/sign-in/password', { body: { login, password: given } });
const code = (offset = 0) => totpAt(demoTotpSecret, stepNow() + offset);
const actions = () =>
  inCourt(t.deps.db, t.court.courtId, async (tx) =>
    (await tx.auditEvent.findMany({ orderBy: { seq: 'asc' } })).map((e) => e.action),
  );

async function signIn(login: string): Promise<string> {
  const first = await password(login);
  const second = await ask('POST', '/api/sign-in/totp', {
    cookies: { staff: first.cookies.get('staff') ?? '' },
    body: { code: code() },
  });
  expect(second.status).toBe(200);
  return second.cookies.get('staff') ?? '';
}

describe('password and TOTP', () => {
  it('is worth nothing with the first factor alone', async () => {
    const first = await password('linyiming');
    expect(first.status).toBe(200);
    const half = { staff: first.cookies.get('staff') ?? '' };
    expect((await ask('GET', '/api/me', { cookies: half })).body).toMatchObject({
      kind: 'staff',
      secondFactorMissing: true,
    });
    expect((await ask('GET', '/api/account', { cookies: half })).body.code).toBe('SECOND_FACTOR_REQUIRED');
  });

  it('is whole with both, under a new cookie', async () => {
    const first = await password('linyiming');
    const half = first.cookies.get('staff') ?? '';
    const second = await ask('POST', '/api/sign-in/totp', {
      cookies: { staff: half },
      body: { code: code() },
    });
    const whole = second.cookies.get('staff') ?? '';
    expect(whole).not.toBe(half);
    expect((await ask('GET', '/api/me', { cookies: { staff: half } })).body.kind).toBe('none');
    expect((await ask('GET', '/api/me', { cookies: { staff: whole } })).body).toMatchObject({
      name: '林一鸣',
      duties: ['GUIDING_JUDGE'],
      secondFactorMissing: false,
    });
    expect(first.headers.getSetCookie()[0]).toMatch(/HttpOnly.*SameSite=Lax/i);
  });

  it('takes a TOTP step once, also for two at the same moment', async () => {
    const [a, b] = await Promise.all([password('linyiming'), password('linyiming')]);
    const both = await Promise.all(
      [a, b].map((half) =>
        ask('POST', '/api/sign-in/totp', {
          cookies: { staff: half.cookies.get('staff') ?? '' },
          body: { code: code() },
        }),
      ),
    );
    expect(both.map((r) => r.status).sort()).toEqual([200, 400]);
  });

  it('refuses a step that lies before the last used one', async () => {
    await signIn('linyiming');
    const half = await password('linyiming');
    const again = await ask('POST', '/api/sign-in/totp', {
      cookies: { staff: half.cookies.get('staff') ?? '' },
      body: { code: code(-1) },
    });
    expect(again.body.code).toBe('CODE_WRONG');
  });

  it('takes a backup code once', async () => {
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.backupCode.create({
        data: {
          courtId: t.court.courtId,
          staffUserId: t.court.staff.linyiming,
          codeHash: hashBackupCode(t.deps, t.court.staff.linyiming, 'ABCDE-FGHJK'),
        },
      }),
    );
    const use = async () => {
      const half = await password('linyiming');
      return ask('POST', '/api/sign-in/totp', {
        cookies: { staff: half.cookies.get('staff') ?? '' },
        body: { code: 'abcde fghjk' },
      });
    };
    expect((await use()).status).toBe(200);
    expect((await use()).body.code).toBe('CODE_WRONG');
  });

  it('locks after five failures until an administrator releases, each step audited', async () => {
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i++) codes.push((await password('chenjing', 'wrong')).body.code);
    expect(codes).toEqual([...Array(4).fill('WRONG_CREDENTIALS'), 'ACCOUNT_LOCKED', 'ACCOUNT_LOCKED']);
    expect((await password('chenjing')).body.code).toBe('ACCOUNT_LOCKED');
    const administrator = { staff: await signIn('wangmin') };
    const release = () =>
      ask('POST', `/api/staff/${t.court.staff.chenjing}/release`, { cookies: administrator });
    const both = await Promise.all([release(), release()]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
    expect((await password('chenjing')).status).toBe(200);
    const log = await actions();
    expect(log.filter((a) => a === 'sign-in:failed').length).toBeGreaterThanOrEqual(4);
    expect(log).toContain('sign-in:locked');
    expect(log).toContain('release-lockout');
  });

  it('is locked for a stranger’s address alone: its owner signs in from elsewhere', async () => {
    const from = (ip: string, secret = demoPassword) =>
      ask('POST', '/api/sign-in/password', { ip, body: { login: 'wangmin', password: secret } });
    for (let i = 0; i < 5; i++) await from('198.51.100.1', 'wrong');
    expect((await from('198.51.100.1')).body.code).toBe('ACCOUNT_LOCKED');
    expect((await from('203.0.113.7')).status).toBe(200);
    const listed = await (await t.asStaff('wangmin')).get<{ staff: { id: string; locked: boolean }[] }>(
      '/api/staff',
    );
    expect(listed.body.staff.find((s) => s.id === t.court.staff.wangmin)?.locked).toBe(true);
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.signInFailure.updateMany({ data: { lockedUntil: new Date() } }),
    );
    expect((await from('198.51.100.1')).status).toBe(200);
  });

  it('gives guesses of a code at the same moment five tries together', async () => {
    const half = await password('linyiming');
    const cookies = { staff: half.cookies.get('staff') ?? '' };
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        ask('POST', '/api/sign-in/totp', { cookies, body: { code: String(200_000 + i * 13) } }),
      ),
    );
    const { failedSignIns } = await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.staffUser.findUniqueOrThrow({ where: { id: t.court.staff.linyiming } }),
    );
    expect(failedSignIns).toBe(5);
  });

  it('is not guessed on from an open session once the account is locked', async () => {
    const open = await t.asStaff('chenjing');
    const next = 'a-new-password-12345';
    for (let i = 0; i < 5; i++) await open.post('/api/account/password', { current: `wrong ${i}`, next });
    const right = await open.post('/api/account/password', { current: demoPassword, next });
    expect(right.body).toMatchObject({ code: 'ACCOUNT_LOCKED' });
  });

  it('counts failures of all factors together', async () => {
    const half = await password('zhaosuqin');
    const cookies = { staff: half.cookies.get('staff') ?? '' };
    const codes: unknown[] = [];
    for (let i = 0; i < 3; i++)
      codes.push((await ask('POST', '/api/sign-in/totp', { cookies, body: { code: '000000' } })).body.code);
    for (let i = 0; i < 2; i++) codes.push((await password('zhaosuqin', 'wrong')).body.code);
    expect(codes).toEqual(['CODE_WRONG', 'CODE_WRONG', 'CODE_WRONG', 'WRONG_CREDENTIALS', 'ACCOUNT_LOCKED']);
  });

  it('answers an unknown name as it answers a known one, in time too', async () => {
    const tried: unknown[] = [];
    const started = performance.now();
    for (let i = 0; i < 6; i++) tried.push((await password('nobody-here', 'wrong')).body.code);
    expect(tried).toEqual([...Array(4).fill('WRONG_CREDENTIALS'), 'ACCOUNT_LOCKED', 'ACCOUNT_LOCKED']);
    expect(performance.now() - started).toBeGreaterThan(6 * 240);
  });

  it('refuses a disabled person like a wrong password', async () => {
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.staffUser.update({ where: { id: t.court.staff.linxiao }, data: { disabledAt: new Date() } }),
    );
    expect((await password('linxiao')).body.code).toBe('WRONG_CREDENTIALS');
  });
});

describe('station device and code', () => {
  it('signs the director in with both factors', async () => {
    const cookies = await signInDirector(t, ask);
    const me = await ask('GET', '/api/me', { cookies });
    expect(me.body).toMatchObject({
      name: '方慧',
      secondFactorMissing: false,
      stationName: '禾岸村共享法庭',
      atStation: true,
      hasPin: true,
    });
  });

  it('shows an enrolled device its station and its own people only', async () => {
    const cookies = { device: t.court.deviceToken };
    const here = await ask('GET', '/api/sign-in/device', { cookies });
    expect(here.body).toMatchObject({
      station: { name: '禾岸村共享法庭' },
      people: [{ id: t.court.staff.fanghui, name: '方慧' }],
    });
    expect((await ask('GET', '/api/sign-in/device')).status).toBe(401);
    const judge = await ask('POST', '/api/sign-in/device/code', {
      cookies,
      body: { staffUserId: t.court.staff.linyiming },
    });
    expect(judge.body.code).toBe('WRONG_CREDENTIALS');
  });

  it('uses a code once, and five wrong ones lock the account', async () => {
    const cookies = { device: t.court.deviceToken };
    const staffUserId = t.court.staff.fanghui;
    await ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId } });
    const { values, to } = await lastSms(t, 'code');
    expect(to).toBe('13900000001');
    const give = (given: string | undefined) =>
      ask('POST', '/api/sign-in/device/verify', { cookies, body: { staffUserId, code: given } });
    expect((await give(values.code)).status).toBe(200);
    expect((await give(values.code)).body.code).toBe('CODE_USED');
    await ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId } });
    const fresh = (await lastSms(t, 'code')).values.code;
    const wrong = fresh === '111111' ? '222222' : '111111';
    const refusals: unknown[] = [];
    for (let i = 0; i < 5; i++) refusals.push((await give(wrong)).body.code);
    expect(refusals).toEqual([...Array(4).fill('CODE_WRONG'), 'ACCOUNT_LOCKED']);
    expect((await give(fresh)).body.code).toBe('ACCOUNT_LOCKED');
  });

  it('gives parallel guesses five tries together', async () => {
    const cookies = { device: t.court.deviceToken };
    const staffUserId = t.court.staff.fanghui;
    await ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId } });
    await Promise.all(
      Array.from({ length: 12 }, () =>
        ask('POST', '/api/sign-in/device/verify', { cookies, body: { staffUserId, code: '000000' } }),
      ),
    );
    const row = await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.smsCode.findFirstOrThrow({ where: { subjectId: staffUserId } }),
    );
    expect(row.tries).toBeLessThanOrEqual(5);
  });

  it('limits codes per number', async () => {
    const cookies = { device: t.court.deviceToken };
    const statuses = await Promise.all(
      Array.from({ length: 8 }, () =>
        ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId: t.court.staff.fanghui } }),
      ),
    );
    expect(statuses.filter((r) => r.status === 200)).toHaveLength(5);
    expect(statuses.filter((r) => r.body.code === 'RATE_LIMITED')).toHaveLength(3);
  });

  it('lets a code expire', async () => {
    const cookies = { device: t.court.deviceToken };
    const staffUserId = t.court.staff.fanghui;
    await ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId } });
    const { values } = await lastSms(t, 'code');
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.smsCode.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } }),
    );
    const late = await ask('POST', '/api/sign-in/device/verify', {
      cookies,
      body: { staffUserId, code: values.code },
    });
    expect(late.body.code).toBe('CODE_EXPIRED');
  });
});

describe('sessions', () => {
  it('end by signing out, and by being revoked from elsewhere', async () => {
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.staffSession.updateMany({ data: { revokedAt: new Date() } }),
    );
    const one = { staff: await signIn('linyiming') };
    await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.staffUser.updateMany({ data: { totpLastStep: null } }),
    );
    const other = { staff: await signIn('linyiming') };
    const { sessions } = (await ask('GET', '/api/account', { cookies: other })).body as {
      sessions: { id: string; current: boolean }[];
    };
    expect(sessions).toHaveLength(2);
    const first = sessions.find((s) => !s.current);
    await ask('DELETE', `/api/account/sessions/${first?.id}`, { cookies: other });
    expect((await ask('GET', '/api/account', { cookies: one })).status).toBe(401);
    await ask('POST', '/api/sign-out', { cookies: other });
    expect((await ask('GET', '/api/account', { cookies: other })).status).toBe(401);
  });

  it('end after two hours without use', async () => {
    const cookies = { staff: await signIn('linyiming') };
    const idle = (ms: number) =>
      inCourt(t.deps.db, t.court.courtId, (tx) =>
        tx.staffSession.updateMany({ data: { lastSeenAt: new Date(Date.now() - ms) } }),
      );
    await idle(119 * 60_000);
    expect((await ask('GET', '/api/account', { cookies })).status).toBe(200);
    await idle(121 * 60_000);
    expect((await ask('GET', '/api/account', { cookies })).status).toBe(401);
  });

  it('never let anybody revoke somebody else’s', async () => {
    const judge = { staff: await signIn('linyiming') };
    const { sessions } = (await ask('GET', '/api/account', { cookies: judge })).body as {
      sessions: { id: string; current: boolean }[];
    };
    const mine = sessions.find((s) => s.current);
    const stranger = { staff: await signIn('zhouzheng') };
    const attempt = await ask('DELETE', `/api/account/sessions/${mine?.id}`, { cookies: stranger });
    expect(attempt.body.code).toBe('NOT_FOUND');
  });

  it('change password ends the other ones', async () => {
    const cookies = { staff: await signIn('shenguoqiang') };
    const change = (current: string) =>
      ask('POST', '/api/account/password', { cookies, body: { current, next: 'a-new-long-one-2026' } });
    expect((await change('wrong')).body.code).toBe('WRONG_CREDENTIALS');
    expect((await change(demoPassword)).status).toBe(200);
    expect((await password('shenguoqiang')).body.code).toBe('WRONG_CREDENTIALS');
    expect((await password('shenguoqiang', 'a-new-long-one-2026')).status).toBe(200);
    expect((await ask('GET', '/api/account', { cookies })).status).toBe(200);
  });
});
