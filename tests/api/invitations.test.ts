import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sms, SmsRefused } from '../../server/src/ports/sms.ts';
import type { Ctx } from '../../server/src/services/context.ts';
import { queueSms } from '../../server/src/services/sms/queue-sms.ts';
import { sendQueuedSms } from '../../server/src/services/sms/send-queued-sms.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { type Ask, asker, lastSms, seedCase, signInDirector } from '../setup/asker.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
let ask: Ask;
let seeded: Awaited<ReturnType<typeof seedCase>>;
let director: Record<string, string>;

beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());
beforeEach(async () => {
  ask = asker(t);
  await inCourt(t.deps.db, t.court.courtId, (tx) => tx.smsCode.deleteMany());
  seeded = await seedCase(t);
  director = await signInDirector(t, ask);
  await inCourt(t.deps.db, t.court.courtId, (tx) => tx.smsCode.deleteMany());
});

const secretOf = (link: unknown): string => String(link).split('#s=')[1] ?? '';

async function invite(partyId = seeded.zhou) {
  const path = `/api/cases/${seeded.caseId}/parties/${partyId}/invitation`;
  const reply = await ask('POST', path, { cookies: director });
  return { ...reply, secret: secretOf(reply.body.link), spokenCode: String(reply.body.spokenCode) };
}

async function signIn(secret: string, answeredAs = 'SELF') {
  await ask('POST', '/api/invitations/code', { body: { secret } });
  const { code } = (await lastSms(t, 'code')).values;
  return ask('POST', '/api/invitations/verify', { body: { secret, code, answeredAs } });
}

describe('an invitation', () => {
  it('goes by text message with its secret in the fragment, stored as a hash only', async () => {
    const invited = await invite();
    expect(invited.status).toBe(200);
    expect(Buffer.from(invited.secret, 'base64url')).toHaveLength(32);
    expect(invited.spokenCode).toMatch(/^\d{8}$/);
    expect(await lastSms(t, 'invitation')).toMatchObject({
      to: '13800000002',
      values: { link: `http://127.0.0.1:3000/p#s=${invited.secret}`, committee: '禾岸村人民调解委员会' },
    });
    const [row] = await inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.invitation.findMany({ where: { caseId: seeded.caseId } }),
    );
    expect(JSON.stringify(row)).not.toContain(invited.secret);
    expect(Buffer.from(row?.secretEnc ?? '').toString('latin1')).not.toContain(invited.secret);
  });

  it('says who invites and nothing about the case, as often as it is opened', async () => {
    const { secret, spokenCode } = await invite();
    const opened = await ask('POST', '/api/invitations/open', { body: { secret } });
    expect(opened.body).toEqual({
      committee: '禾岸村人民调解委员会',
      station: '禾岸村共享法庭',
      stationPhone: '0574-88000011',
      startsAt: null,
      addressee: '周**',
      maskedPhone: '138****0002',
    });
    expect((await ask('POST', '/api/invitations/open', { body: { spokenCode } })).body).toEqual(opened.body);
    expect((await ask('GET', `/api/invitations/open?secret=${secret}`)).status).toBe(404);
    expect((await signIn(secret)).status).toBe(200);
  });

  it('signs in one named person of one case after the code, and keeps 本人 or 家属代收', async () => {
    const { secret } = await invite();
    const verified = await signIn(secret, 'FAMILY');
    const cookies = { party: verified.cookies.get('party') ?? '' };
    const home = await ask('GET', '/api/party/home', { cookies, as: 'party' });
    expect(home.body).toMatchObject({
      name: '周建波',
      partyId: seeded.zhou,
      caseId: seeded.caseId,
      via: 'LINK',
      answeredAs: 'FAMILY',
      step: 'FAMILY',
    });
    expect((await ask('GET', '/api/party/home', { cookies })).status).toBe(401);
    expect((await ask('GET', '/api/me', { cookies, as: 'party' })).body).toMatchObject({
      kind: 'party',
      name: '周建波',
    });
    expect((await ask('GET', '/api/account', { cookies, as: 'party' })).status).toBe(401);
  });

  it('has an error of its own for each way of not working', async () => {
    const { secret } = await invite();
    const open = async (given: string) =>
      (await ask('POST', '/api/invitations/open', { body: { secret: given } })).body.code;
    expect(await open('A'.repeat(43))).toBe('LINK_INVALID');
    const set = (data: { expiresAt?: Date; revokedAt?: Date }) =>
      inCourt(t.deps.db, t.court.courtId, (tx) =>
        tx.invitation.updateMany({ where: { caseId: seeded.caseId }, data }),
      );
    await set({ expiresAt: new Date(Date.now() - 1000) });
    expect(await open(secret)).toBe('LINK_EXPIRED');
    await set({ revokedAt: new Date() });
    expect(await open(secret)).toBe('LINK_REVOKED');
  });

  it('is revoked with every session that it opened', async () => {
    const { secret } = await invite();
    const cookies = { party: (await signIn(secret)).cookies.get('party') ?? '' };
    const path = `/api/cases/${seeded.caseId}/parties/${seeded.zhou}/invitation`;
    expect((await ask('DELETE', path, { cookies: director })).status).toBe(200);
    expect((await ask('GET', '/api/party/home', { cookies, as: 'party' })).status).toBe(401);
    expect((await ask('DELETE', path, { cookies: director })).status).toBe(404);
  });

  it('is the same link when it is sent again, also by two at the same moment', async () => {
    const [a, b] = await Promise.all([invite(), invite()]);
    const again = await invite();
    expect(new Set([a.secret, b.secret, again.secret]).size).toBe(1);
  });

  it('cannot be made for a stranger’s case or another court’s', async () => {
    const other = await t.secondCourt();
    const theirs = await seedCase(t, other);
    const foreign = await ask('POST', `/api/cases/${theirs.caseId}/parties/${theirs.zhou}/invitation`, {
      cookies: director,
    });
    expect(foreign.body.code).toBe('NOT_FOUND');
    const mixed = await ask('POST', `/api/cases/${seeded.caseId}/parties/${theirs.zhou}/invitation`, {
      cookies: director,
    });
    expect(mixed.body.code).toBe('NOT_FOUND');
    const seal = await t.asStaff('shenguoqiang');
    expect((await seal.post(`/api/cases/${seeded.caseId}/parties/${seeded.zhou}/invitation`)).status).toBe(
      404,
    );
  });

  it('shows the station its people with link, spoken code and QR', async () => {
    await invite();
    const list = await ask('GET', `/api/cases/${seeded.caseId}/invitations`, { cookies: director });
    const people = list.body as unknown as {
      name: string;
      invitation: { id: string; state: string } | null;
    }[];
    expect(people.map((p) => [p.name, p.invitation?.state ?? null])).toEqual([
      ['陈阿根', null],
      ['周建波', 'SENT'],
    ]);
    const id = people[1]?.invitation?.id;
    const qr = await ask('GET', `/api/cases/${seeded.caseId}/invitations/${id}/qr`, { cookies: director });
    expect(qr.headers.get('content-type')).toContain('image/svg+xml');
    expect(qr.body.text).toContain('<svg');
  });

  it('for somebody without a phone offers no code', async () => {
    const { secret, body } = await invite(seeded.chen);
    expect(body.sent).toBe(false);
    expect((await ask('POST', '/api/invitations/open', { body: { secret } })).body.maskedPhone).toBeNull();
    const refused = await ask('POST', '/api/invitations/code', { body: { secret } });
    expect(refused.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'no-phone' } });
  });
});

describe('its code', () => {
  it('counts once, for this link alone', async () => {
    const { secret } = await invite();
    await ask('POST', '/api/invitations/code', { body: { secret } });
    const { code } = (await lastSms(t, 'code')).values;
    const give = (given: string | undefined, link = secret) =>
      ask('POST', '/api/invitations/verify', { body: { secret: link, code: given, answeredAs: 'SELF' } });
    const both = await Promise.all([give(code), give(code)]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 410]);
    expect((await give(code)).body.code).toBe('CODE_USED');
    const other = await seedCase(t);
    const mine = seeded;
    seeded = other;
    const foreign = await invite();
    seeded = mine;
    expect((await give(code, foreign.secret)).body.code).toBe('CODE_EXPIRED');
  });

  it('dies after five wrong tries', async () => {
    const { secret } = await invite();
    await ask('POST', '/api/invitations/code', { body: { secret } });
    const { code } = (await lastSms(t, 'code')).values;
    const wrong = code === '111111' ? '222222' : '111111';
    const give = (given: string | undefined) =>
      ask('POST', '/api/invitations/verify', { body: { secret, code: given, answeredAs: 'SELF' } });
    const tried: unknown[] = [];
    for (let i = 0; i < 5; i++) tried.push((await give(wrong)).body.code);
    expect(tried).toEqual(Array(5).fill('CODE_WRONG'));
    expect((await give(code)).body.code).toBe('CODE_TRIES_EXCEEDED');
  });

  it('dies when a newer one is sent', async () => {
    const { secret } = await invite();
    await ask('POST', '/api/invitations/code', { body: { secret } });
    const first = (await lastSms(t, 'code')).values.code;
    await ask('POST', '/api/invitations/code', { body: { secret } });
    const second = (await lastSms(t, 'code')).values.code;
    const give = (code: string | undefined) =>
      ask('POST', '/api/invitations/verify', { body: { secret, code, answeredAs: 'SELF' } });
    if (first !== second) expect((await give(first)).body.code).toBe('CODE_WRONG');
    expect((await give(second)).status).toBe(200);
  });

  it('is limited per number and per address', async () => {
    const { secret } = await invite();
    const codes = [];
    for (let i = 0; i < 7; i++)
      codes.push((await ask('POST', '/api/invitations/code', { body: { secret }, ip: '10.0.0.1' })).status);
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const guesses = [];
    for (let i = 0; i < 32; i++) {
      const spokenCode = String(i).padStart(8, '0');
      guesses.push(
        (await ask('POST', '/api/invitations/open', { body: { spokenCode }, ip: '10.0.0.2' })).status,
      );
    }
    expect(guesses.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(guesses.slice(30)).toEqual([429, 429]);
  });
});

describe('the outgoing message', () => {
  /** One queued message whose job only runs when the test runs it. */
  async function queue(): Promise<string> {
    const jobs = { enqueue: async () => undefined };
    const { courtId } = t.court;
    const ctx: Ctx = {
      deps: { ...t.deps, jobs },
      principal: { kind: 'system', courtId },
      requestId: 'test',
      ip: 'test',
    };
    await inCourt(t.deps.db, courtId, (tx) =>
      queueSms(tx, ctx, { to: '13800000002', template: 'reminder', values: { text: '今日' } }),
    );
    return (await newest()).id;
  }
  const newest = () =>
    inCourt(t.deps.db, t.court.courtId, (tx) =>
      tx.smsMessage.findFirstOrThrow({ where: { template: 'reminder' }, orderBy: { createdAt: 'desc' } }),
    );
  const send = (id: string, demo: boolean, port: Sms['send']) =>
    sendQueuedSms(
      { ...t.deps, settings: { ...t.deps.settings, demo }, sms: { send: port } },
      t.court.courtId,
      id,
    );

  it('is sent once although its job runs twice, and wiped outside the demo', async () => {
    const id = await queue();
    const sent: string[] = [];
    const port: Sms['send'] = async (m) => void sent.push(`${m.to} ${m.values.text} ${m.idempotencyKey}`);
    await send(id, false, port);
    await send(id, false, port);
    expect(sent).toEqual([`13800000002 今日 ${id}`]);
    expect((await lastSms(t, 'reminder')).values).toEqual({});
  });

  it('stays readable in the demo’s outbox', async () => {
    await send(await queue(), true, async () => undefined);
    expect((await lastSms(t, 'reminder')).values).toEqual({ text: '今日' });
  });

  it('is not tried again after a final refusal', async () => {
    const id = await queue();
    let calls = 0;
    const refuse: Sms['send'] = async () => {
      calls += 1;
      throw new SmsRefused('isv.MOBILE_NUMBER_ILLEGAL', true);
    };
    await send(id, false, refuse);
    await send(id, false, refuse);
    expect(calls).toBe(1);
    expect(await newest()).toMatchObject({ sentAt: null, failure: 'isv.MOBILE_NUMBER_ILLEGAL' });
  });

  it('stays queued when the provider is away', async () => {
    const id = await queue();
    const away = send(id, false, () => Promise.reject(new SmsRefused('HTTP 502', false)));
    await expect(away).rejects.toThrow('HTTP 502');
    expect(await newest()).toMatchObject({ sentAt: null, failure: null });
  });
});
