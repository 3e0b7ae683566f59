import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openIdentityProvider } from '../../server/src/adapters/oidc/open-identity-provider.ts';
import { stepNow, totpAt } from '../../server/src/services/sign-in/give-totp.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { demoPassword, demoTotpSecret } from '../factories/court.ts';
import { softAuthenticator } from '../fakes/authenticator.ts';
import { identityService } from '../fakes/identity-service.ts';
import { type Ask, asker } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let ask: Ask;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());
beforeEach(async () => {
  ask = asker(t);
  await inCourt(t.deps.db, t.court.courtId, async (tx) => {
    await tx.staffUser.updateMany({ data: { failedSignIns: 0, lockedAt: null, totpLastStep: null } });
    await tx.signInFailure.deleteMany();
    await tx.passkey.deleteMany();
  });
});

const rp = { origin: 'http://127.0.0.1:3000', rpId: '127.0.0.1' };
const half = async (login: string) => {
  const reply = await ask('POST', '/api/sign-in/password', { body: { login, password: demoPassword } });
  return { staff: reply.cookies.get('staff') ?? '' };
};
async function whole(login: string) {
  const reply = await ask('POST', '/api/sign-in/totp', {
    cookies: await half(login),
    body: { code: totpAt(demoTotpSecret, stepNow()) },
  });
  return { staff: reply.cookies.get('staff') ?? '' };
}

async function withPasskey(login: string) {
  const cookies = await whole(login);
  const authenticator = softAuthenticator(rp);
  const options = await ask('POST', '/api/account/passkeys/options', { cookies, body: {} });
  const response = authenticator.register(String(options.body.challenge));
  const kept = await ask('POST', '/api/account/passkeys', { cookies, body: { name: '办公室', response } });
  expect(kept.status).toBe(200);
  return { authenticator, cookies, response, id: String(kept.body.id) };
}

async function start(login?: string, cookies: Record<string, string> = {}) {
  const reply = await ask('POST', '/api/sign-in/passkey/options', { cookies, body: login ? { login } : {} });
  return {
    challenge: String(reply.body.challenge),
    cookies: { staff: reply.cookies.get('staff') ?? cookies.staff ?? '' },
  };
}
const finish = (cookies: Record<string, string>, response: unknown) =>
  ask('POST', '/api/sign-in/passkey', { cookies, body: { response } });

describe('a passkey', () => {
  it('signs in by name alone, being both factors', async () => {
    const { authenticator } = await withPasskey('linyiming');
    const { challenge, cookies } = await start('linyiming');
    expect((await ask('GET', '/api/me', { cookies })).body.kind).toBe('none');
    const done = await finish(cookies, authenticator.answer(challenge));
    expect(done.status).toBe(200);
    const me = await ask('GET', '/api/me', { cookies: { staff: done.cookies.get('staff') ?? '' } });
    expect(me.body).toMatchObject({ name: '林一鸣', secondFactorMissing: false });
  });

  it('is a second factor after the password', async () => {
    const { authenticator } = await withPasskey('wangmin');
    const pending = await half('wangmin');
    const { challenge, cookies } = await start(undefined, pending);
    const done = await finish(cookies, authenticator.answer(challenge));
    const staff = { staff: done.cookies.get('staff') ?? '' };
    expect((await ask('GET', '/api/staff', { cookies: staff })).status).toBe(200);
  });

  it('answers a challenge once', async () => {
    const { authenticator } = await withPasskey('linyiming');
    const { challenge, cookies } = await start('linyiming');
    const answer = authenticator.answer(challenge);
    const both = await Promise.all([finish(cookies, answer), finish(cookies, answer)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 401]);
  });

  it('is refused from another origin, unverified, cloned, for another person or removed', async () => {
    const { authenticator, cookies: own, id } = await withPasskey('linyiming');
    const attempt = async (login: string, make: (challenge: string) => unknown) => {
      const { challenge, cookies } = await start(login);
      return (await finish(cookies, make(challenge))).body.code;
    };
    expect(
      await attempt('linyiming', (c) => authenticator.answer(c, { origin: 'https://evil.example' })),
    ).toBe('WRONG_CREDENTIALS');
    expect(await attempt('linyiming', (c) => authenticator.answer(c, { unverified: true }))).toBe(
      'WRONG_CREDENTIALS',
    );
    expect(await attempt('chenjing', (c) => authenticator.answer(c))).toBe('WRONG_CREDENTIALS');
    expect(await attempt('linyiming', (c) => authenticator.answer(c))).toBeUndefined();
    authenticator.rewind();
    expect(await attempt('linyiming', (c) => authenticator.answer(c))).toBe('WRONG_CREDENTIALS');
    expect((await ask('DELETE', `/api/account/passkeys/${id}`, { cookies: own })).status).toBe(200);
    for (let i = 0; i < 9; i++) authenticator.answer('x');
    expect(await attempt('linyiming', (c) => authenticator.answer(c))).toBe('WRONG_CREDENTIALS');
  });

  it('without the key takes no account away and tells no name: every answer is the same, nothing is counted', async () => {
    await withPasskey('linyiming');
    const stranger = softAuthenticator(rp);
    const tries = async (login: string) => {
      const codes: unknown[] = [];
      for (let i = 0; i < 6; i++) {
        const { challenge, cookies } = await start(login);
        codes.push((await finish(cookies, stranger.answer(challenge))).body.code);
      }
      return codes;
    };
    const known = await tries('linyiming');
    expect(known).toEqual(Array(6).fill('WRONG_CREDENTIALS'));
    expect(await tries('nobody-of-that-name')).toEqual(known);
    const { failedSignIns, lockedAt } = await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.staffUser.findUniqueOrThrow({ where: { id: t.court.staff.linyiming } }),
    );
    expect([failedSignIns, lockedAt]).toEqual([0, null]);
  });

  it('does not tell which names exist', async () => {
    const known = await ask('POST', '/api/sign-in/passkey/options', { body: { login: 'chenjing' } });
    const unknown = await ask('POST', '/api/sign-in/passkey/options', { body: { login: 'nobody-here' } });
    const shape = (r: typeof known) => [r.status, Object.keys(r.body).sort(), [...r.cookies.keys()]];
    expect(shape(unknown)).toEqual(shape(known));
    expect(known.body.allowCredentials ?? []).toEqual([]);
  });

  it('cannot be kept with a stale challenge, and its pending session opens nothing', async () => {
    const { response, cookies } = await withPasskey('linyiming');
    const again = await ask('POST', '/api/account/passkeys', { cookies, body: { name: 'x', response } });
    expect(again.body.code).toBe('CODE_EXPIRED');
    const pending = await start('linyiming');
    const totp = await ask('POST', '/api/sign-in/totp', {
      cookies: pending.cookies,
      body: { code: totpAt(demoTotpSecret, stepNow() + 1) },
    });
    expect(totp.body.code).toBe('UNAUTHENTICATED');
  });
});

describe('a government identity service', () => {
  const clientId = 'tongxi';
  let service: Awaited<ReturnType<typeof identityService>>;
  beforeAll(async () => {
    service = await identityService(clientId);
  });
  afterAll(() => service.stop());

  const connect = () => {
    t.deps.identityProvider = openIdentityProvider({
      issuer: service.issuer,
      clientId,
      clientSecret: 'secret',
      name: '浙里办',
      loginClaim: 'preferred_username',
      strongAcr: ['urn:gov:two'],
    });
  };
  async function signIn(claims: Record<string, unknown>, tamper: { state?: string; cookie?: string } = {}) {
    const started = await ask('GET', '/api/sign-in/oidc/start');
    const back = service.signIn(started.headers.get('location') ?? '', claims);
    const query = tamper.state ? back.replace(/state=.*/, `state=${tamper.state}`) : back;
    const oidc = tamper.cookie ?? started.cookies.get('oidc') ?? '';
    const done = await ask('GET', `/api/sign-in/oidc/callback${query}`, { cookies: { oidc } });
    return { to: done.headers.get('location'), staff: done.cookies.get('staff') ?? '', oidc, query };
  }

  it('answers clearly where none is configured', async () => {
    delete t.deps.identityProvider;
    expect((await ask('GET', '/api/sign-in/options')).body.identityProvider).toBeNull();
    const started = await ask('GET', '/api/sign-in/oidc/start');
    expect(started.headers.get('location')).toBe('/sign-in?error=UNAVAILABLE');
  });

  it('signs in one of our people, whole when it asked for two factors', async () => {
    connect();
    expect((await ask('GET', '/api/sign-in/options')).body.identityProvider).toBe('浙里办');
    const strong = await signIn({ preferred_username: 'linyiming', acr: 'urn:gov:two' });
    expect(strong.to).toBe('/');
    expect((await ask('GET', '/api/me', { cookies: { staff: strong.staff } })).body).toMatchObject({
      name: '林一鸣',
      secondFactorMissing: false,
    });
    expect(service.seen.at(-1)).toMatchObject({ verifier: expect.stringMatching(/.{43,}/) });
    const weak = await signIn({ preferred_username: 'linyiming' });
    expect(weak.to).toBe('/sign-in');
    expect((await ask('GET', '/api/me', { cookies: { staff: weak.staff } })).body.secondFactorMissing).toBe(
      true,
    );
  });

  it('is never enough for administrator and auditor', async () => {
    connect();
    for (const login of ['wangmin', 'zhouzheng']) {
      const reply = await signIn({ preferred_username: login, acr: 'urn:gov:two', amr: ['mfa'] });
      expect(
        (await ask('GET', '/api/me', { cookies: { staff: reply.staff } })).body.secondFactorMissing,
      ).toBe(true);
    }
  });

  it('refuses strangers, another state, another browser and a replay', async () => {
    connect();
    const wrong = '/sign-in?error=WRONG_CREDENTIALS';
    expect((await signIn({ preferred_username: 'nobody' })).to).toBe(wrong);
    expect((await signIn({ preferred_username: 'linyiming' }, { state: 'other' })).to).toBe(wrong);
    expect((await signIn({ preferred_username: 'linyiming' }, { cookie: 'x.9999999999999.a~b~c' })).to).toBe(
      '/sign-in?error=CODE_EXPIRED',
    );
    const once = await signIn({ preferred_username: 'linyiming' });
    const again = await ask('GET', `/api/sign-in/oidc/callback${once.query}`, {
      cookies: { oidc: once.oidc },
    });
    expect(again.headers.get('location')).toBe(wrong);
  });
});
