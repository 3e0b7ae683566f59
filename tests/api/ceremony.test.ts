import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CeremonyState } from '../../server/src/contract/ceremony.ts';
import { StepTrace, stepData } from '../../server/src/contract/ceremony-steps.ts';
import type { CeremonyStepKind } from '../../server/src/contract/enums.ts';
import { photoConsent } from '../../server/src/contract/photo-consent.ts';
import { canonicalText } from '../../server/src/services/agreement/canonical-text.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { draftUpdate, frozenAgreement } from '../factories/draft.ts';
import { solidPng } from '../factories/files.ts';
import { agedParty } from '../factories/representation.ts';
import {
  aloud,
  ceremonyUntilHand,
  ceremonyUntilInk,
  giveCode,
  ink,
  must,
  myPlace,
  readPlace,
  signAll,
  signPlace,
} from '../factories/signing.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

/** C1 with its text frozen: 周建波 on his phone, 陈阿根 at the station's screen. */
async function frozen() {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await frozenAgreement({ ...c1, chenAtStation });
  return { ...c1, chenAtStation };
}
const code = ({ body }: { body: unknown }) => (body as { code?: string }).code;
const steps = (caseId: string, kind?: CeremonyStepKind) =>
  inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.ceremonyStep.findMany({
      where: { version: { agreement: { caseId } }, ...(kind ? { kind } : {}) },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    }),
  );
const yes = { understood: true, free: true, unpressed: true };
const alone = { alone: true, way: 'TELEPHONE', note: '单独通话，本人表示自愿' };

describe('the steps of a ceremony are evidence (电子签名法 13)', () => {
  test('the signing code is of that moment: its text names number, short hash and amount; a sign-in code is none', async () => {
    const c1 = await frozen();
    const { at, state } = await ceremonyUntilHand(app, c1.zhouPhone, c1.caseId);
    const early = await c1.zhouPhone.post(`${at}/code`);
    expect([code(early), (early.body.details as { step: string }).step]).toEqual([
      'CEREMONY_STEP_MISSING',
      'INK',
    ]);
    await must(c1.zhouPhone.post(`${at}/ink`, ink));
    const before = app.sms.length;
    await must(c1.zhouPhone.post(`${at}/code`));
    await app.settle(() => app.sms.length > before);
    expect(app.sms.at(-1)).toMatchObject({
      template: 'signing-code',
      to: '13911112222',
      values: { number: state.caseNumber, hash: state.baseSha256?.slice(0, 8), amount: '¥4,800.00' },
    });
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.smsCode.updateMany({
        where: { subjectId: c1.zhou, purpose: 'SIGNING' },
        data: { purpose: 'PARTY_SIGN_IN' },
      }),
    );
    const foreign = await c1.zhouPhone.post(`${at}/code/verify`, { code: app.sms.at(-1)?.values.code });
    expect(code(foreign)).toBe('CODE_EXPIRED');
  });

  test('every row says what, where and when, and the audit chain commits to it', async () => {
    const c1 = await frozen();
    await signAll(app, c1.zhouPhone, c1.caseId);
    await signAll(app, c1.chenAtStation, c1.caseId);
    const rows = await steps(c1.caseId);
    expect(rows.map((r) => r.kind).join(' ')).toBe(
      'OPENED READ QUESTIONS INK CODE CERTIFICATE SIGNED OPENED READ QUESTIONS INK CODE CERTIFICATE SIGNED',
    );
    for (const { kind, data } of rows) {
      const { trace, ...facts } = data as { trace: unknown };
      expect(StepTrace.parse(trace).via).toMatch(/LINK|HAND_OVER|STAFF/);
      expect(stepData[kind].parse(facts)).toEqual(facts);
    }
    expect(rows[9]?.data).toMatchObject({ by: 'MEDIATOR', askedBy: { name: '赵素琴' }, othersAway: true });
    expect(rows[4]?.data).toMatchObject({ by: 'SMS', maskedPhone: '139****2222' });
    const events = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.auditEvent.findMany({
        where: { caseId: c1.caseId, subjectType: 'signature' },
        orderBy: { seq: 'asc' },
      }),
    );
    const committed = events.flatMap((e) => (e.data as { stepSha256?: string }).stepSha256 ?? []);
    expect(committed).toEqual(
      rows.map((r) => createHash('sha256').update(canonicalText(r.data)).digest('hex')),
    );
    await expect(
      inCourt(app.deps.db, app.court.courtId, (tx) => tx.ceremonyStep.deleteMany({})),
    ).rejects.toThrow();
  });

  test('a dot or flat wave is refused with its reason; after any interruption the same step waits', async () => {
    const c1 = await frozen();
    const next = async () => (await myPlace(c1.zhouPhone, c1.caseId)).slot.next;
    expect(await next()).toBe('OPENED');
    const { at } = await readPlace(c1.zhouPhone, c1.caseId);
    expect(await next()).toBe('QUESTIONS');
    await must(c1.zhouPhone.post(`${at}/questions`, yes));
    const wave = Array.from({ length: 60 }, (_, i) => [0.1 + i / 80, 0.5 + 0.03 * Math.sin(i)]);
    for (const [strokes, reason] of [
      [[[[0.5, 0.5]]], 'DOT'],
      [[wave], 'LINE'],
    ]) {
      const refused = await c1.zhouPhone.post(`${at}/ink`, { ...ink, strokes });
      expect([refused.status, code(refused), refused.body.details]).toEqual([
        422,
        'INK_NOT_LEGIBLE',
        { reason },
      ]);
    }
    for (let again = 0; again < 2; again += 1) await must(c1.zhouPhone.post(`${at}/ink`, ink));
    expect(await next()).toBe('CODE');
    await giveCode(app, c1.zhouPhone, at, 'SMS');
    expect(await next()).toBe('PHOTO');
    await must(c1.zhouPhone.post(`${at}/no-photo`, { taken: false }));
    expect(await next()).toBeNull();
    // Another phone of the same person goes on where this one stopped.
    const other = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou });
    const place = await myPlace(other, c1.caseId);
    const textSha256 = createHash('sha256').update(place.state.canonicalText).digest('hex');
    expect((await (await signPlace(other, at, textSha256)).complete()).status).toBe(200);
  });
});

describe('voluntariness (人民调解法 3, 17)', () => {
  let running: ReturnType<typeof frozen> | undefined;
  const one = () => {
    running ??= frozen();
    return running;
  };

  test('at the station the mediator asks aloud, after the text was read, and nobody else may', async () => {
    const c1 = await one();
    const { at } = await myPlace(c1.chenAtStation, c1.caseId);
    await must(c1.chenAtStation.post(`${at}/open`));
    const unread = await c1.mediator.post(`${at}/questions-aloud`, aloud);
    expect([code(unread), unread.body.details]).toEqual(['CEREMONY_STEP_MISSING', { step: 'READ' }]);
    const { state } = await readPlace(c1.chenAtStation, c1.caseId);
    expect([state.questionsBy, state.mediators]).toEqual(['MEDIATOR', ['赵素琴']]);
    expect(code(await c1.chenAtStation.post(`${at}/questions`, yes))).toBe('MEDIATOR_ASKS');
    expect(code(await c1.director.post(`${at}/questions-aloud`, aloud))).toBe('DUTY_MISSING');
    const near = await c1.mediator.post(`${at}/questions-aloud`, { ...aloud, othersAway: false });
    expect(code(near)).toBe('BAD_REQUEST');
    await must(c1.mediator.post(`${at}/questions-aloud`, aloud));
    expect((await myPlace(c1.chenAtStation, c1.caseId)).slot.next).toBe('INK');
  });

  test('who says to be pressed is talked with alone, by name, before anything goes on', async () => {
    const c1 = await one();
    const { at } = await readPlace(c1.zhouPhone, c1.caseId);
    const no = await c1.zhouPhone.post(`${at}/questions`, { ...yes, unpressed: false });
    expect(no.body).toEqual({ stopped: true });
    await must(c1.zhouPhone.post(`${at}/questions`, yes));
    const step = async () => {
      const { body } = await c1.zhouPhone.post(`${at}/ink`, ink);
      return [body.code, (body.details as { step?: string }).step];
    };
    expect(await step()).toEqual(['CEREMONY_STEP_MISSING', 'PRIVATE_CHECK']);
    const watching = await c1.mediator.get<CeremonyState>(`/api/cases/${c1.caseId}/ceremony`);
    expect(watching.body.slots.find((s) => s.partyId === c1.zhou)?.next).toBe('PRIVATE_CHECK');
    // The other side learns nothing of it.
    const other = await c1.chenAtStation.get<CeremonyState>(`/api/cases/${c1.caseId}/ceremony`);
    const seen = other.body.slots.find((s) => s.partyId === c1.zhou);
    expect([seen?.plan, seen?.next, seen?.steps.map((s) => s.kind)]).toEqual([[], null, ['OPENED']]);
    expect(code(await c1.director.post(`${at}/private-check`, { ...alone, result: 'CLEAR' }))).toBe(
      'DUTY_MISSING',
    );
    await must(c1.mediator.post(`${at}/private-check`, { ...alone, result: 'CONCERN' }));
    expect(await step()).toEqual(['CEREMONY_STEP_MISSING', 'PRIVATE_CHECK']);
    const judge = await app.asStaff('linyiming');
    await must(judge.post(`${at}/private-check`, { ...alone, result: 'CLEAR' }));
    await must(c1.zhouPhone.post(`${at}/ink`, ink));
    const [, row] = await steps(c1.caseId, 'PRIVATE_CHECK');
    expect(row?.data).toMatchObject({
      flags: ['ANSWERED_NO'],
      by: { name: '林一鸣' },
      duty: 'GUIDING_JUDGE',
    });
    expect(JSON.stringify(row?.data)).not.toContain(alone.note);
  });

  test('a sign of age stands: this signer, not the case, is talked with before signing (老年人权益保障法 3)', async () => {
    const c1 = await frozen();
    await agedParty(app, c1.zhou, 76);
    const { at } = await ceremonyUntilHand(app, c1.zhouPhone, c1.caseId);
    expect(code(await c1.zhouPhone.post(`${at}/ink`, ink))).toBe('CEREMONY_STEP_MISSING');
    await signAll(app, c1.chenAtStation, c1.caseId);
    await must(c1.mediator.post(`${at}/private-check`, { ...alone, result: 'CLEAR' }));
    await signAll(app, c1.zhouPhone, c1.caseId);
    const [row] = await steps(c1.caseId, 'PRIVATE_CHECK');
    expect(row?.data).toMatchObject({ flags: ['ELDERLY_BURDENED'], by: { name: '赵素琴' } });
  });
});

describe('sole control (电子签名法 13)', () => {
  test('nobody signs at the station’s screen for a party who is at home, whatever it is handed over as', async () => {
    const c1 = await frozen();
    const impostor = await app.asParty({ caseId: c1.caseId, partyId: c1.zhou, via: 'HAND_OVER' });
    const { at } = await myPlace(impostor, c1.caseId);
    const screen = { width: 1280, height: 800, language: 'zh-CN' };
    expect(code(await impostor.post(`${at}/open`, { screen }))).toBe('NOT_AT_STATION');
    expect((await steps(c1.caseId)).length).toBe(0);
  });

  test('one person alone vouches for nobody: compared anew, it is attested anew (参照在线调解规则 17)', async () => {
    const c1 = await frozen();
    await must(
      c1.director.post(`/api/cases/${c1.caseId}/parties/${c1.chen}/identity`, {
        method: 'HOUSEHOLD_REGISTER',
        samePerson: true,
        reason: '未带证件',
        witnessName: '某某',
      }),
    );
    const { at } = await myPlace(c1.chenAtStation, c1.caseId);
    const screen = { width: 1280, height: 800, language: 'zh-CN' };
    expect(code(await c1.chenAtStation.post(`${at}/open`, { screen }))).toBe('IDENTITY_MISSING');
  });

  test('a no after a yes stops the signer (人民调解法 3)', async () => {
    const c1 = await frozen();
    const { at } = await ceremonyUntilHand(app, c1.zhouPhone, c1.caseId);
    await must(c1.zhouPhone.post(`${at}/questions`, { ...yes, free: false }));
    expect(code(await c1.zhouPhone.post(`${at}/ink`, ink))).toBe('CEREMONY_STEP_MISSING');
  });
});

describe('declining, and changing the text', () => {
  test('one no ends with its own code and leaves the evidence (参照在线调解规则 25)', async () => {
    const c1 = await frozen();
    await signAll(app, c1.chenAtStation, c1.caseId);
    const { at } = await myPlace(c1.zhouPhone, c1.caseId);
    // Whatever else stands in the way: nobody is held to finish something first in order to say no.
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.consent.updateMany({ where: { partyId: c1.zhou }, data: { withdrawnAt: new Date() } }),
    );
    expect(code(await c1.zhouPhone.post(`${at}/open`))).toBe('CONSENT_MISSING');
    expect(code(await c1.chenAtStation.post(`${at}/decline`, { reason: '不是我的' }))).toBe('FORBIDDEN');
    await must(c1.zhouPhone.post(`${at}/decline`, { reason: '金额不对' }));
    const { theCase, version } = await inCourt(app.deps.db, app.court.courtId, async (tx) => ({
      theCase: await tx.case.findUniqueOrThrow({ where: { id: c1.caseId }, include: { agreements: true } }),
      version: await tx.draftVersion.findFirstOrThrow({
        where: { agreement: { caseId: c1.caseId } },
        include: { signatures: { include: { certificate: true } } },
      }),
    }));
    expect([theCase.status, theCase.endCode, theCase.agreements.map((a) => a.status)]).toEqual([
      'NO_AGREEMENT',
      'REFUSED_TO_SIGN',
      ['REFUSED'],
    ]);
    const chen = version.signatures.find((s) => s.partyId === c1.chen);
    expect([chen?.signedAt !== null, chen?.certificate?.revokedAt, version.voidedAt]).toEqual([
      true,
      null,
      null,
    ]);
    expect((await steps(c1.caseId, 'DECLINED'))[0]?.data).toMatchObject({ stage: 'OPENED' });
    expect((await c1.mediator.post(`${at}/decline`, { reason: '' })).status).toBeGreaterThanOrEqual(400);
  });

  test('with everything done but the signature one may still decline', async () => {
    const c1 = await frozen();
    const { at, textSha256 } = await ceremonyUntilInk(app, c1.chenAtStation, c1.caseId);
    const { complete } = await signPlace(c1.chenAtStation, at, textSha256);
    await must(c1.chenAtStation.post(`${at}/decline`, { reason: '再想想' }));
    await expect(complete()).rejects.toThrow('NOT_FOUND');
    expect((await steps(c1.caseId, 'DECLINED'))[0]?.data).toMatchObject({ stage: 'PHOTO' });
  });

  test('changed text: every signature falls, and everybody sees whose (人民调解法 29)', async () => {
    const c1 = await frozen();
    await signAll(app, c1.zhouPhone, c1.caseId);
    const more = draftUpdate([{ id: 'x9', kind: 'other', text: '另行约定。' }], '补充').update;
    await must(c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, { update: more }));
    for (const client of [c1.zhouPhone, c1.chenAtStation, c1.mediator]) {
      const { body } = await client.get<{ versionNumber: number; names: string[] }[]>(
        `/api/cases/${c1.caseId}/fallen-versions`,
      );
      expect(body).toMatchObject([{ versionNumber: 1, names: ['周建波'] }]);
    }
  });
});

describe('the signer’s photo (个人信息保护法 29)', () => {
  const send = async (client: Client, at: string, file: Buffer, consentVersion: number) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(file)], 'photo.png'));
    form.set('consentVersion', String(consentVersion));
    const answer = await client.raw(`${at}/photo`, { method: 'POST', body: form });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('who read the text aloud is named; a photo needs the shown consent, is kept encrypted and seen by few', async () => {
    const c1 = await frozen();
    const { at, state } = await myPlace(c1.chenAtStation, c1.caseId);
    await must(c1.chenAtStation.post(`${at}/open`));
    const textSha256 = createHash('sha256').update(state.canonicalText).digest('hex');
    const how = 'READ_ALOUD_BY_PERSON';
    for (const half of [
      { how, language: '宁波话' },
      { how, reader: '方慧' },
      { how: 'READ_ALOUD_BY_BROWSER' },
    ])
      expect(code(await c1.chenAtStation.post(`${at}/read`, { textSha256, ...half }))).toBe('BAD_REQUEST');
    const whole = { how, reader: '方慧', language: '宁波话', seconds: 95 };
    await must(c1.chenAtStation.post(`${at}/read`, { textSha256, ...whole }));
    expect((await steps(c1.caseId, 'READ'))[0]?.data).toMatchObject({ ...whole, voice: null });

    await must(c1.mediator.post(`${at}/questions-aloud`, aloud));
    await must(c1.chenAtStation.post(`${at}/ink`, ink));
    await must(c1.chenAtStation.post(`${at}/presence`));
    const photo = (file: Buffer, version: number) => send(c1.chenAtStation, at, file, version);
    expect(code(await photo(solidPng(40, 40), photoConsent.version + 1))).toBe('VERSION_CHANGED');
    expect(code(await photo(Buffer.from('no picture'), photoConsent.version))).toBe('FILE_TYPE_REFUSED');
    expect(await steps(c1.caseId, 'PHOTO')).toEqual([]);
    await must(photo(solidPng(40, 40), photoConsent.version));
    const [row] = await steps(c1.caseId, 'PHOTO');
    const facts = row?.data as { imageSha256: string; storageKey: string; consentSha256: string };
    expect(facts).toMatchObject({ taken: true, consentVersion: photoConsent.version });
    expect(facts.consentSha256).toBe(createHash('sha256').update(photoConsent.zh).digest('hex'));
    const stored = Buffer.from(await app.deps.storage.get(facts.storageKey));
    expect(stored.includes('WEBP')).toBe(false);
    expect((await c1.director.get(`${at}/photo`)).status).toBe(403);
    const seen = Buffer.from(await (await c1.mediator.raw(`${at}/photo`)).arrayBuffer());
    expect(createHash('sha256').update(seen).digest('hex')).toBe(facts.imageSha256);
    const looks = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.auditEvent.count({ where: { caseId: c1.caseId, action: 'see-signer-photo' } }),
    );
    expect(looks).toBe(1);
  });
});

test('the station’s screen: who is called next ends the session of the one before (domain.md 7)', async () => {
  const c1 = await frozen();
  const director = await app.asStaff('fanghui', { atStation: true });
  await must(director.post('/api/account/pin', { pin: '246810' }));
  const hand = async (partyId: string) => {
    const station = await app.asStaff('fanghui', { atStation: true });
    const answer = await station.raw('/api/hand-overs', {
      method: 'POST',
      body: JSON.stringify({ caseId: c1.caseId, partyId, purpose: 'SIGN' }),
      headers: { 'content-type': 'application/json' },
    });
    const cookie = answer.headers.getSetCookie().find((c) => c.startsWith('tongxi_party=')) ?? '';
    expect(answer.status).toBe(200);
    const headers = { cookie: cookie.split(';')[0] ?? '', 'x-tongxi': '1', 'x-tongxi-as': 'party' };
    return (path: string) => app.anonymous.raw(path, { headers });
  };
  const chen = await hand(c1.chen);
  expect((await chen(`/api/cases/${c1.caseId}/ceremony`)).status).toBe(200);
  const zhou = await hand(c1.zhou);
  expect((await chen(`/api/cases/${c1.caseId}/ceremony`)).status).toBe(401);
  expect((await zhou(`/api/cases/${c1.caseId}/ceremony`)).status).toBe(200);
});
