import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stepNow, totpAt } from '../../server/src/services/sign-in/give-totp.ts';
import { releaseByOperator } from '../../server/src/services/staff/release-by-operator.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openSession } from '../factories/case.ts';
import { demoPassword, demoPin } from '../factories/court.ts';
import { type Ask, asker, lastSms, seedCase, signInDirector } from '../setup/asker.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let ask: Ask;
let administrator: Client;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());
beforeEach(async () => {
  ask = asker(t);
  administrator = await t.asStaff('wangmin');
  await inCourt(t.deps.db, t.court.courtId, async (tx) => {
    await tx.staffUser.updateMany({ data: { failedSignIns: 0, lockedAt: null, totpLastStep: null } });
    await tx.signInFailure.deleteMany();
    await tx.smsCode.deleteMany();
  });
});
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(t.deps.db, t.court.courtId, work);

describe('handing the screen over', () => {
  async function handOver() {
    const seeded = await seedCase(t);
    const director = await signInDirector(t, ask);
    const reply = await ask('POST', '/api/hand-overs', {
      cookies: director,
      body: { caseId: seeded.caseId, partyId: seeded.chen, purpose: 'CONSENT' },
    });
    return { ...seeded, director, reply, party: { party: reply.cookies.get('party') ?? '' } };
  }
  const giveBack = (cookies: Record<string, string>, pin: string) =>
    ask('POST', '/api/hand-overs/return', { cookies, body: { pin } });

  it('locks the staff session and opens that person’s alone', async () => {
    const { reply, director, party, caseId, chen } = await handOver();
    expect(reply.body).toEqual({ name: '陈阿根' });
    expect((await ask('GET', '/api/account', { cookies: director })).body.code).toBe('SCREEN_HANDED_OVER');
    expect((await ask('GET', '/api/me', { cookies: director })).body).toMatchObject({
      kind: 'none',
      handedOverTo: '陈阿根',
      handedOverCaseId: caseId,
    });
    const both = { ...director, ...party };
    const home = await ask('GET', '/api/party/home', { cookies: both, as: 'party' });
    expect(home.body).toMatchObject({ partyId: chen, via: 'HAND_OVER', step: 'CONSENT' });
  });

  it('comes back with the PIN, and the person’s session is over', async () => {
    const { director, party, caseId } = await handOver();
    expect((await giveBack(director, '000000')).body.code).toBe('PIN_WRONG');
    const back = await giveBack(director, demoPin);
    expect(back.body).toEqual({ caseId });
    expect(back.cookies.get('party')).toBe('');
    expect((await ask('GET', '/api/account', { cookies: director })).status).toBe(200);
    expect((await ask('GET', '/api/party/home', { cookies: party, as: 'party' })).status).toBe(401);
  });

  it('ends both sessions and locks the account after five wrong PINs, also in parallel', async () => {
    const { director, party } = await handOver();
    const tries = await Promise.all(Array.from({ length: 8 }, () => giveBack(director, '111111')));
    const codes = tries.map((r) => r.body.code);
    expect(codes.filter((c) => c === 'PIN_WRONG')).toHaveLength(4);
    expect((await ask('GET', '/api/party/home', { cookies: party, as: 'party' })).status).toBe(401);
    expect((await ask('GET', '/api/me', { cookies: { staff: director.staff ?? '' } })).body.kind).toBe(
      'none',
    );
    expect((await giveBack(director, demoPin)).status).toBe(401);
    const locked = await database((tx) =>
      tx.staffUser.findUniqueOrThrow({ where: { id: t.court.staff.fanghui } }),
    );
    expect(locked.lockedAt).not.toBeNull();
  });

  it('stays locked when the person signs out or their two hours are over: only the PIN gives it back', async () => {
    const { director, party, caseId } = await handOver();
    const both = { ...director, ...party };
    expect((await ask('POST', '/api/sign-out', { cookies: both, as: 'party' })).status).toBe(200);
    expect((await ask('GET', '/api/account', { cookies: director })).body.code).toBe('SCREEN_HANDED_OVER');
    const me = await ask('GET', '/api/me', { cookies: director });
    expect(me.body).toMatchObject({ handedOverTo: '陈阿根', handedOverCaseId: caseId });
    expect((await giveBack(director, demoPin)).body).toEqual({ caseId });
    expect((await ask('GET', '/api/account', { cookies: director })).status).toBe(200);

    const again = await handOver();
    await database((tx) =>
      tx.partySession.updateMany({
        where: { caseId: again.caseId, kind: 'HAND_OVER' },
        data: { expiresAt: new Date() },
      }),
    );
    const late = await ask('GET', '/api/account', { cookies: again.director });
    expect(late.body.code).toBe('SCREEN_HANDED_OVER');
    expect((await giveBack(again.director, demoPin)).status).toBe(200);
  });

  it('leaves the last person nothing when the next one sits down', async () => {
    const { director, party, caseId, zhou } = await handOver();
    await giveBack(director, demoPin);
    const next = await ask('POST', '/api/hand-overs', { cookies: director, body: { caseId, partyId: zhou } });
    const second = { party: next.cookies.get('party') ?? '' };
    expect((await ask('GET', '/api/me', { cookies: second, as: 'party' })).body.name).toBe('周建波');
    expect((await ask('GET', '/api/me', { cookies: party, as: 'party' })).body.kind).toBe('none');
  });

  it('stays locked when the person’s own session has run out: only the PIN opens it', async () => {
    const { director, party, caseId } = await handOver();
    await database((tx) =>
      tx.partySession.updateMany({
        where: { caseId, kind: 'HAND_OVER' },
        data: { expiresAt: new Date(Date.now() - 1000) },
      }),
    );
    expect((await ask('GET', '/api/party/home', { cookies: party, as: 'party' })).status).toBe(401);
    expect((await ask('GET', '/api/account', { cookies: director })).body.code).toBe('SCREEN_HANDED_OVER');
    expect((await ask('GET', '/api/me', { cookies: director })).body.handedOverTo).toBe('陈阿根');
    expect((await giveBack(director, demoPin)).status).toBe(200);
    expect((await ask('GET', '/api/account', { cookies: director })).status).toBe(200);
  });

  it('keeps the station’s place in the room: lease and token go on, for that device and that session alone', async () => {
    const c1 = await openSession(t);
    const at = `/api/sessions/${c1.sessionId}`;
    const handed = await c1.director.raw('/api/hand-overs', {
      method: 'POST',
      body: JSON.stringify({ caseId: c1.caseId, partyId: c1.chen }),
      headers: { 'content-type': 'application/json' },
    });
    const party = /tongxi_party=([^;]+)/.exec(handed.headers.get('set-cookie') ?? '')?.[1] ?? '';
    const as = (path: string) => ask('POST', path, { cookies: { party }, as: 'party' as const });
    expect((await c1.director.post(`${at}/heartbeat`)).body.code).toBe('SCREEN_HANDED_OVER');
    expect((await as(`${at}/heartbeat`)).body).toEqual({ held: true });
    expect((await as(`${at}/token`)).body).toMatchObject({ identity: c1.seats.station.identity });
    // The person does not become the station: its other acts, and another place's screen, are refused.
    expect((await as(`${at}/lobby`)).body.code).toBe('NOT_ADMITTED');
    const elsewhere = await t.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
    expect((await elsewhere.post(`${at}/token`)).body.code).toBe('NOT_ADMITTED');
    expect((await elsewhere.post(`${at}/heartbeat`)).body.code).toBe('NOT_ADMITTED');
  });

  it('needs an enrolled device, a PIN, and a person of this case', async () => {
    const seeded = await seedCase(t);
    const remote = await t.asStaff('fanghui');
    const input = { caseId: seeded.caseId, partyId: seeded.chen };
    expect((await remote.post('/api/hand-overs', input)).body.code).toBe('DEVICE_NOT_ENROLLED');
    const here = await t.asStaff('fanghui', { atStation: true });
    const foreign = { caseId: seeded.caseId, partyId: (await seedCase(t)).chen };
    expect((await here.post('/api/hand-overs', foreign)).body.code).toBe('NOT_FOUND');
    await database((tx) =>
      tx.staffUser.update({ where: { id: t.court.staff.fanghui }, data: { pinHash: null } }),
    );
    expect((await here.post('/api/hand-overs', input)).body).toMatchObject({ details: { reason: 'no-pin' } });
    expect((await here.post('/api/account/pin', { pin: demoPin })).status).toBe(200);
    expect((await here.post('/api/hand-overs', input)).status).toBe(200);
  });
});

describe('a station device', () => {
  const enrolment = async () =>
    (
      await administrator.post<{ deviceId: string; code: string }>('/api/devices', {
        stationId: t.court.stationId,
        name: '备用屏',
      })
    ).body;
  const enrol = (code: string) => ask('POST', '/api/devices/enrol', { body: { code } });

  it('is enrolled by exactly one browser, with the public key it gives', async () => {
    const { code, deviceId } = await enrolment();
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ' };
    const spaced = `${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`;
    const both = await Promise.all([
      ask('POST', '/api/devices/enrol', { body: { code: spaced, publicKey } }),
      ask('POST', '/api/devices/enrol', { body: { code: spaced, publicKey } }),
    ]);
    expect(both.map((r) => r.status === 200).sort()).toEqual([false, true]);
    const cookies = { device: both.find((r) => r.status === 200)?.cookies.get('device') ?? '' };
    expect((await ask('GET', '/api/me', { cookies })).body).toMatchObject({
      kind: 'device',
      stationName: '禾岸村共享法庭',
    });
    const row = await database((tx) => tx.device.findUniqueOrThrow({ where: { id: deviceId } }));
    expect(row.publicKey).toEqual(publicKey);
    expect((await enrol(code)).body.code).toBe('CODE_WRONG');
  });

  it('is not enrolled with a late or an invented code', async () => {
    const { code, deviceId } = await enrolment();
    await database((tx) =>
      tx.device.update({ where: { id: deviceId }, data: { enrolExpiresAt: new Date(Date.now() - 1) } }),
    );
    expect((await enrol(code)).body.code).toBe('CODE_EXPIRED');
    expect((await enrol('AAAAAAAAAA')).body.code).toBe('CODE_WRONG');
  });

  it('takes every session on it along when it is revoked', async () => {
    const { code, deviceId } = await enrolment();
    const device = (await enrol(code)).cookies.get('device') ?? '';
    const director = await signInDirector(t, ask, { ...t.court, deviceToken: device });
    expect((await ask('GET', '/api/account', { cookies: director })).status).toBe(200);
    const renamed = await ask('PATCH', `/api/devices/${deviceId}`, { body: { name: '旧屏' } });
    expect(renamed.status).toBe(401);
    expect((await administrator.delete(`/api/devices/${deviceId}`)).status).toBe(200);
    expect((await ask('GET', '/api/me', { cookies: director })).body.kind).toBe('none');
    expect((await administrator.delete(`/api/devices/${deviceId}`)).status).toBe(404);
  });

  it('is the administrator’s business alone, in their own court', async () => {
    const input = { stationId: t.court.stationId, name: '屏' };
    for (const login of ['fanghui', 'zhouzheng', 'linyiming'] as const)
      expect((await (await t.asStaff(login)).post('/api/devices', input)).body.code).toBe('DUTY_MISSING');
    const other = await t.secondCourt();
    expect((await administrator.post('/api/devices', { ...input, stationId: other.stationId })).status).toBe(
      404,
    );
    expect((await administrator.delete(`/api/devices/${other.deviceId}`)).status).toBe(404);
  });
});

describe('a station device’s key', () => {
  const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

  it('signs what the server asks, or nobody signs in: a copied cookie is worth nothing', async () => {
    const pair = await crypto.subtle.generateKey(p256, false, ['sign', 'verify']);
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const made = await administrator.post<{ code: string }>('/api/devices', {
      stationId: t.court.stationId,
      name: '带密钥的屏幕',
    });
    const enrolled = await ask('POST', '/api/devices/enrol', {
      body: { code: made.body.code, publicKey: { kty: 'EC', crv: 'P-256', x, y } },
    });
    const cookies = { device: enrolled.cookies.get('device') ?? '' };
    const prove = async (change: (challenge: string) => string = (c) => c) => {
      const { challenge } = (await ask('GET', '/api/sign-in/device', { cookies })).body as {
        challenge: string;
      };
      const signed = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        new TextEncoder().encode(change(challenge)),
      );
      return { challenge: change(challenge), signature: Buffer.from(signed).toString('base64') };
    };
    const staffUserId = t.court.staff.fanghui;
    const send = (proof?: object) =>
      ask('POST', '/api/sign-in/device/code', {
        cookies,
        body: { staffUserId, ...(proof ? { proof } : {}) },
      });
    const late = (c: string) => c.replace(/^\d+/, String(Date.now() + 86_400_000));
    const good = await prove();
    for (const proof of [undefined, { ...good, signature: 'AAAA' }, await prove(late)])
      expect((await send(proof)).body.code).toBe('DEVICE_NOT_ENROLLED');
    expect((await send(good)).status).toBe(200);
    const { code } = (await lastSms(t, 'code')).values;
    const verify = (proof?: object) =>
      ask('POST', '/api/sign-in/device/verify', {
        cookies,
        body: { staffUserId, code, ...(proof ? { proof } : {}) },
      });
    expect((await verify()).body.code).toBe('DEVICE_NOT_ENROLLED');
    expect((await verify(await prove())).status).toBe(200);
  });
});

describe('staff', () => {
  type Shown = { staffUserId: string; password: string; totpSecret: string; backupCodes: string[] };
  const create = (loginName: string, phone?: string) =>
    administrator.post<Shown & { code?: string }>('/api/staff', {
      name: '新人',
      loginName,
      ...(phone ? { phone } : {}),
    });

  it('is created with credentials that work and are shown once', async () => {
    const { body } = await create('newcomer');
    const first = await ask('POST', '/api/sign-in/password', {
      body: { login: 'newcomer', password: body.password },
    });
    expect(first.status).toBe(200);
    const second = await ask('POST', '/api/sign-in/totp', {
      cookies: { staff: first.cookies.get('staff') ?? '' },
      body: { code: totpAt(body.totpSecret, stepNow()) },
    });
    expect(second.status).toBe(200);
    expect(body.backupCodes).toHaveLength(8);
    const stored = await database((tx) =>
      tx.staffUser.findUniqueOrThrow({ where: { id: body.staffUserId }, include: { backupCodes: true } }),
    );
    expect(JSON.stringify(stored, (_k, v) => (typeof v === 'bigint' ? String(v) : v))).not.toContain(
      body.password,
    );
    expect((await create('newcomer')).body.code).toBe('CONFLICT');
    expect((await create('newcomer-2', '13900000001')).body.code).toBe('CONFLICT');
  });

  it('loses access at once when disabled, and gets it back', async () => {
    const judge = await t.asStaff('chenjing');
    const path = `/api/staff/${t.court.staff.chenjing}`;
    expect((await judge.get('/api/account')).status).toBe(200);
    expect((await administrator.post(`${path}/disable`)).status).toBe(200);
    expect((await judge.get('/api/account')).status).toBe(401);
    expect((await administrator.post(`${path}/disable`)).status).toBe(409);
    expect((await administrator.post(`${path}/enable`)).status).toBe(200);
    expect((await (await t.asStaff('chenjing')).get('/api/account')).status).toBe(200);
  });

  type Reset = { state: string; maskedPhone?: string; credentials?: Shown; code?: string };
  const signInAs = (login: string, password: string) =>
    ask('POST', '/api/sign-in/password', { body: { login, password } });

  it('gets fresh credentials that end the old ones, by a code from their own phone', async () => {
    const { body } = await create('forgetful', '13900000021');
    const path = `/api/staff/${body.staffUserId}/credentials`;
    const sent = await administrator.post<Reset>(path);
    expect(sent.body).toEqual({ state: 'CODE_SENT', maskedPhone: '139****0021' });
    expect((await signInAs('forgetful', body.password)).status).toBe(200);
    const { code = '' } = (await lastSms(t, 'code')).values;
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect((await administrator.post<Reset>(path, { code: wrong })).body.code).toBe('CODE_WRONG');
    const fresh = (await administrator.post<Reset>(path, { code })).body.credentials;
    expect((await signInAs('forgetful', body.password)).status).toBe(401);
    expect((await signInAs('forgetful', fresh?.password ?? '')).status).toBe(200);
    expect((await administrator.post<Reset>(path, { code })).body.code).toBe('CODE_USED');
  });

  it('without a phone needs two administrators; one alone, however often, is not enough', async () => {
    const { body } = await create('phoneless');
    const second = (await create('second-administrator')).body.staffUserId;
    await administrator.post(`/api/staff/${second}/duties`, { duty: 'ADMINISTRATOR' });
    const court = { ...t.court, staff: { ...t.court.staff, wangmin: second } };
    const colleague = await t.asStaff('wangmin', { court });
    const path = `/api/staff/${body.staffUserId}/credentials`;
    for (let i = 0; i < 2; i++)
      expect((await administrator.post<Reset>(path)).body).toEqual({ state: 'ASKED' });
    expect((await signInAs('phoneless', body.password)).status).toBe(200);
    const given = await colleague.post<Reset>(path, { byAdministrators: true });
    expect(given.body.state).toBe('DONE');
    expect((await signInAs('phoneless', body.password)).status).toBe(401);
    expect((await colleague.post<Reset>(path)).body).toEqual({ state: 'ASKED' });
  });

  it('who administers or audits has no part in cases, and nobody gives themselves a duty', async () => {
    const own = await administrator.post(`/api/staff/${t.court.staff.wangmin}/duties`, {
      duty: 'DIRECTOR',
      stationId: t.court.stationId,
    });
    expect([own.status, own.body.code]).toEqual([409, 'DUTIES_BARRED']);
    const centre = await administrator.post(`/api/staff/${t.court.staff.wangmin}/duties`, { duty: 'CENTRE' });
    expect(centre.body).toMatchObject({ code: 'DUTIES_BARRED', details: { reason: 'oneself' } });
    const { staffUserId } = (await create('both-hats')).body;
    const give = (input: object) => administrator.post(`/api/staff/${staffUserId}/duties`, input);
    expect((await give({ duty: 'AUDITOR' })).status).toBe(200);
    for (const input of [
      { duty: 'GUIDING_JUDGE' },
      { duty: 'MEDIATOR', committeeId: t.court.committeeId },
      { duty: 'RECORDER', stationId: t.court.stationId },
    ])
      expect((await give(input)).body.code).toBe('DUTIES_BARRED');
  });

  it('may be released by the machine’s operator when no administrator can; the audit log says so', async () => {
    const { wangmin } = t.court.staff;
    expect(await releaseByOperator(t.deps, 'nobody-here')).toBe('UNKNOWN');
    expect(await releaseByOperator(t.deps, 'wangmin')).toBe('NOT-LOCKED');
    await database((tx) => tx.staffUser.update({ where: { id: wangmin }, data: { lockedAt: new Date() } }));
    expect((await signInAs('wangmin', demoPassword)).body.code).toBe('ACCOUNT_LOCKED');
    expect(await releaseByOperator(t.deps, 'wangmin')).toBe('RELEASED');
    expect((await signInAs('wangmin', demoPassword)).status).toBe(200);
    const [newest] = await database((tx) =>
      tx.auditEvent.findMany({ where: { action: 'system:release-lockout' } }),
    );
    expect(newest).toMatchObject({ subjectId: wangmin, actorKind: 'system' });
  });

  it('never is administrator and auditor at once, also when both are given at the same moment', async () => {
    const { staffUserId } = (await create('double')).body;
    const give = (duty: string) => administrator.post(`/api/staff/${staffUserId}/duties`, { duty });
    const both = await Promise.all([give('ADMINISTRATOR'), give('AUDITOR')]);
    expect(both.map((r) => r.body.code).filter(Boolean)).toEqual(['DUTIES_BARRED']);
    const auditor = await administrator.post(`/api/staff/${t.court.staff.wangmin}/duties`, {
      duty: 'AUDITOR',
    });
    expect(auditor.body).toMatchObject({
      code: 'DUTIES_BARRED',
      details: { pair: ['ADMINISTRATOR', 'AUDITOR'] },
    });
  });

  it('holds a duty where it belongs, once, until it is withdrawn', async () => {
    const { staffUserId } = (await create('director-2')).body;
    const path = `/api/staff/${staffUserId}/duties`;
    const { stationId, committeeId } = t.court;
    expect((await administrator.post(path, { duty: 'DIRECTOR' })).status).toBe(400);
    expect((await administrator.post(path, { duty: 'DIRECTOR', committeeId })).status).toBe(400);
    const other = await t.secondCourt();
    expect((await administrator.post(path, { duty: 'DIRECTOR', stationId: other.stationId })).status).toBe(
      404,
    );
    const given = await administrator.post<{ assignmentId: string }>(path, { duty: 'DIRECTOR', stationId });
    expect(given.status).toBe(200);
    expect((await administrator.post(path, { duty: 'DIRECTOR', stationId })).body.code).toBe('CONFLICT');
    const withdraw = () => administrator.delete(`${path}/${given.body.assignmentId}`);
    const both = await Promise.all([withdraw(), withdraw()]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 404]);
  });

  it('ends a station sign-in when the person becomes administrator', async () => {
    const { staffUserId } = (await create('promoted', '13900000099')).body;
    const duties = `/api/staff/${staffUserId}/duties`;
    const recorder = await administrator.post<{ assignmentId: string }>(duties, {
      duty: 'RECORDER',
      stationId: t.court.stationId,
    });
    const court = { ...t.court, staff: { ...t.court.staff, fanghui: staffUserId } };
    const cookies = await signInDirector(t, ask, court);
    expect((await ask('GET', '/api/me', { cookies })).body.secondFactorMissing).toBe(false);
    expect((await administrator.post(duties, { duty: 'ADMINISTRATOR' })).body.code).toBe('DUTIES_BARRED');
    expect((await administrator.delete(`${duties}/${recorder.body.assignmentId}`)).status).toBe(200);
    expect((await administrator.post(duties, { duty: 'ADMINISTRATOR' })).status).toBe(200);
    expect((await ask('GET', '/api/me', { cookies })).body.kind).toBe('device');
  });

  it('always leaves one administrator', async () => {
    const other = await t.secondCourt();
    const sole = await t.asStaff('wangmin', { court: other });
    const disabled = await sole.post(`/api/staff/${other.staff.wangmin}/disable`);
    expect(disabled.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'last-administrator' } });
    const list = await sole.get<{ staff: { id: string; assignments: { id: string; duty: string }[] }[] }>(
      '/api/staff',
    );
    const own = list.body.staff.find((s) => s.id === other.staff.wangmin)?.assignments[0];
    const path = `/api/staff/${other.staff.wangmin}/duties/${own?.id}`;
    expect((await sole.delete(path)).body).toMatchObject({ details: { reason: 'last-administrator' } });
  });

  it('is nobody else’s business', async () => {
    for (const login of ['fanghui', 'linyiming', 'zhouzheng', 'shenguoqiang'] as const) {
      const client = await t.asStaff(login);
      expect((await client.get('/api/staff')).body.code).toBe('DUTY_MISSING');
      expect((await client.post('/api/staff', { name: 'x', loginName: 'xxx' })).body.code).toBe(
        'DUTY_MISSING',
      );
      const release = await client.post(`/api/staff/${t.court.staff.chenjing}/release`);
      expect(release.body.code).toBe('DUTY_MISSING');
    }
    const other = await t.secondCourt();
    const foreign = await administrator.post(`/api/staff/${other.staff.chenjing}/disable`);
    expect(foreign.body.code).toBe('NOT_FOUND');
  });
});

describe('the audit log', () => {
  it('is the auditor’s to read, page by page and filtered, without personal values', async () => {
    const auditor = await t.asStaff('zhouzheng');
    await administrator.post('/api/staff', { name: '审计甲', loginName: 'audited' });
    type Page = { rows: { action: string; actorName: string | null; seq: string }[]; next: string | null };
    const all = await auditor.get<Page>('/api/audit');
    expect(all.body.rows[0]).toMatchObject({
      action: 'manage-staff',
      actorName: '王敏',
      duty: 'ADMINISTRATOR',
    });
    const [newest] = await database((tx) => tx.auditEvent.findMany({ orderBy: { seq: 'desc' }, take: 1 }));
    expect(newest?.payload).not.toContain('审计甲');
    expect(all.body.rows[0]).toMatchObject({ subjectName: '审计甲', data: { step: 'created' } });
    const filtered = await auditor.get<Page>('/api/audit?action=sign-in');
    expect(filtered.body.rows.every((r) => r.action.startsWith('sign-in'))).toBe(true);
    const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    expect(
      (await auditor.get<Page>(`/api/audit?from=${today}&to=${today}`)).body.rows.length,
    ).toBeGreaterThan(0);
    expect((await auditor.get<Page>('/api/audit?to=2020-01-01')).body.rows).toEqual([]);
    if (all.body.next) {
      const second = await auditor.get<Page>(`/api/audit?before=${all.body.next}`);
      expect(Number(second.body.rows[0]?.seq)).toBe(Number(all.body.next) - 1);
    }
    expect((await auditor.get('/api/audit/chain')).body).toMatchObject({ ok: true, faults: [] });
    expect((await administrator.get('/api/audit')).body.code).toBe('DUTY_MISSING');
    expect((await administrator.get('/api/audit/chain')).body.code).toBe('DUTY_MISSING');
  });
});

describe('the demo’s codes', () => {
  const people = (question: Parameters<Ask>[2]) => ask('GET', '/api/demo/people', question);

  it('let one sign in, on this machine', async () => {
    const reply = await people({ ip: '127.0.0.1' });
    const judge = (reply.body as unknown as { login: string; password: string; totp: string }[]).find(
      (p) => p.login === 'linyiming',
    );
    expect(judge?.password).toBe(demoPassword);
    const use = async () => {
      const now = (await people({ ip: '::1' })).body as unknown as { login: string; totp: string }[];
      const first = await ask('POST', '/api/sign-in/password', {
        body: { login: 'linyiming', password: demoPassword },
      });
      const second = await ask('POST', '/api/sign-in/totp', {
        cookies: { staff: first.cookies.get('staff') ?? '' },
        body: { code: now.find((p) => p.login === 'linyiming')?.totp },
      });
      return second.status;
    };
    expect([await use(), await use()]).toEqual([200, 200]);
    await signInDirector(t, ask);
    const outbox = (await ask('GET', '/api/demo/sms', { ip: '127.0.0.1' })).body as unknown as {
      values: { code?: string };
    }[];
    expect(outbox[0]?.values.code).toBe((await lastSms(t, 'code')).values.code);
  });

  it('are for nobody else: no other address, no proxy, no real database', async () => {
    const local = { ip: '127.0.0.1' };
    for (const path of ['/api/demo/people', '/api/demo/sms']) {
      expect((await ask('GET', path, { ip: '192.168.1.20' })).status).toBe(404);
      expect((await ask('GET', path)).status).toBe(404);
      expect((await ask('GET', path, { ...local, headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(
        404,
      );
      t.deps.settings.demo = false;
      expect((await ask('GET', path, local)).status).toBe(404);
      t.deps.settings.demo = true;
      expect((await ask('GET', path, local)).status).toBe(200);
    }
  });
});
