import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '../../server/src/services/context.ts';
import { issueCode } from '../../server/src/services/sms/one-time-code.ts';
import {
  queueSms,
  SMS_PER_ACT,
  SMS_PER_CASE,
  SMS_PER_NUMBER,
} from '../../server/src/services/sms/queue-sms.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { c1Intake, plannedCase } from '../factories/case.ts';
import { solidPng } from '../factories/files.ts';
import { asker, seedCase } from '../setup/asker.ts';
import { watchFiles } from '../setup/stored-files.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.stop());

const limited = expect.objectContaining({ code: 'RATE_LIMITED' });
const ctx = (): Ctx => ({
  deps: t.deps,
  principal: { kind: 'system', courtId: t.court.courtId },
  requestId: 'test',
  ip: 'local',
});
const inTx = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(t.deps.db, t.court.courtId, work);
const message = (to: string, caseId?: string) => ({
  to,
  template: 'invitation' as const,
  values: {},
  ...(caseId ? { caseId } : {}),
});

describe('text messages', () => {
  test('of one act: at most so many, and one too many sends none of them', async () => {
    const before = await inTx((tx) => tx.smsMessage.count());
    const act = inTx(async (tx) => {
      for (let i = 0; i <= SMS_PER_ACT; i += 1)
        await queueSms(tx, ctx(), message(`1380000${String(i).padStart(4, '0')}`));
    });
    await expect(act).rejects.toEqual(limited);
    expect(await inTx((tx) => tx.smsMessage.count())).toBe(before);
  });

  test('to one number and for one case: at most so many in an hour; the sealed agreement’s link always goes', async () => {
    const { caseId } = await seedCase(t);
    const courtId = t.court.courtId;
    const to = '13812340001';
    const toIndex = t.deps.cipher.blindIndex(courtId, 'SmsMessage', 'to', to);
    const blank = { courtId, template: 'invitation', toEnc: Buffer.from(''), valuesEnc: Buffer.from('') };
    await inTx((tx) =>
      tx.smsMessage.createMany({
        data: Array.from({ length: SMS_PER_NUMBER }, () => ({ ...blank, toIndex })),
      }),
    );
    await expect(inTx((tx) => queueSms(tx, ctx(), message(to)))).rejects.toEqual(limited);
    await inTx((tx) => queueSms(tx, ctx(), { ...message(to), template: 'sealed' }));
    await inTx((tx) =>
      tx.smsMessage.createMany({ data: Array.from({ length: SMS_PER_CASE }, () => ({ ...blank, caseId })) }),
    );
    await expect(inTx((tx) => queueSms(tx, ctx(), message('13812340002', caseId)))).rejects.toEqual(limited);
    await inTx((tx) => queueSms(tx, ctx(), message('13812340002')));
  });

  test('codes: five to a number and twenty for a case in ten minutes', async () => {
    const { caseId } = await seedCase(t);
    const code = (phone: string, subjectId: string) =>
      inTx((tx) =>
        issueCode(tx, ctx(), {
          purpose: 'PARTY_SIGN_IN',
          subjectId,
          phone,
          caseId,
          template: 'code',
          values: {},
        }),
      );
    for (let i = 0; i < 5; i += 1) await code('13812341111', t.court.staff.fanghui);
    await expect(code('13812341111', t.court.staff.fanghui)).rejects.toEqual(limited);
    for (let i = 0; i < 15; i += 1)
      await code(`138123500${String(i).padStart(2, '0')}`, t.court.staff.linxiao);
    await expect(code('13812360000', t.court.staff.linxiao)).rejects.toEqual(limited);
  });

  test('codes asked for from one address: thirty in ten minutes, whosever they are', async () => {
    const ask = asker(t);
    const body = { secret: 'x'.repeat(43) };
    const from = (ip: string) => ask('POST', '/api/invitations/code', { body, ip }).then((r) => r.status);
    for (let i = 0; i < 30; i += 1) expect(await from('198.51.100.1')).not.toBe(429);
    expect(await from('198.51.100.1')).toBe(429);
    expect(await from('198.51.100.2')).not.toBe(429);
  });
});

describe('hostile sizes and shapes', () => {
  test('are refused with a code and leave nothing', async () => {
    const director = await t.asStaff('fanghui');
    const cases = () => inTx((tx) => tx.case.count());
    const before = await cases();
    const intake = c1Intake(t.court.stationId);
    const post = (body: unknown) => director.post('/api/cases', body);
    const [first, second] = intake.parties;
    const answers = [
      await post({ ...intake, facts: 'x'.repeat(1_100_000) }),
      await post({ ...intake, facts: 'x'.repeat(100_000) }),
      await post({ ...intake, facts: '漏水\u0000' }),
      await post({ ...intake, parties: Array.from({ length: 21 }, () => first) }),
      await post({ ...intake, parties: [{ ...first, name: '' }, second] }),
      await post({ ...intake, amountFen: Number.MAX_SAFE_INTEGER * 2 }),
      await post(null),
    ];
    expect(answers.map((a) => `${a.status} ${a.body.code}`)).toEqual([
      '413 TOO_LARGE',
      ...Array.from({ length: 6 }, () => '400 BAD_REQUEST'),
    ]);
    for (const body of ['{"stationId":', '', `${'['.repeat(50_000)}${']'.repeat(50_000)}`]) {
      const headers = { 'content-type': 'application/json' };
      const answer = await director.raw('/api/cases', { method: 'POST', body, headers });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
    }
    for (const path of ['/api/cases/%00', '/api/cases/x%27%22', `/api/cases/${'a'.repeat(9000)}`])
      expect((await director.get(path)).status, path.slice(0, 20)).toBe(400);
    expect(await cases()).toBe(before);
  });

  test('an upload past the limit is refused before it is read', async () => {
    const { caseId } = await seedCase(t);
    const director = await t.asStaff('fanghui');
    const form = new FormData();
    form.set('file', new File([new Uint8Array(22 * 1024 * 1024)], 'big.png'));
    form.set('kind', 'EVIDENCE');
    const answer = await director.raw(`/api/cases/${caseId}/attachments`, { method: 'POST', body: form });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'TOO_LARGE']);
  });
});

test('a file whose transaction failed is removed by its job; a named one stays', async () => {
  const { caseId, director } = await plannedCase(t);
  const files = watchFiles(t);
  const send = async (shade: number) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(solidPng(40, 40 + shade))], 'a.png'));
    form.set('kind', 'EVIDENCE');
    return director.raw(`/api/cases/${caseId}/attachments`, { method: 'POST', body: form });
  };
  expect((await send(0)).status).toBe(200);
  // The last transaction cannot be written, as when the database goes away at this moment.
  const { inspect } = t.deps.files;
  t.deps.files.inspect = async (bytes) => ({ ...(await inspect(bytes)), mime: 'image/\0' as 'image/png' });
  expect((await send(1)).status).toBe(500);
  files.stop();
  Object.assign(t.deps.files, { inspect });
  expect(files.keys).toHaveLength(4);
  expect(await files.watched()).toEqual(files.keys);
  const [minutes] = await t.deps.db.$queryRaw<{ least: number }[]>`
    SELECT min(round(extract(epoch FROM start_after - created_on) / 60))::int AS least
    FROM pgboss.job WHERE name = 'storage.tidy'`;
  expect(minutes?.least).toBe(60);
  expect(await files.tidy()).toEqual(['attachment', 'picture']);
  const left = await Promise.all(files.keys.map((key) => t.deps.storage.exists(key)));
  expect(left).toEqual([true, true, false, false]);
});
