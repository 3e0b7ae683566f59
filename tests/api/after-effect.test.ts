import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardedPdf } from '../../server/src/adapters/pdf/guarded-pdf.fixture.ts';
import {
  type AfterEffectView,
  formKinds,
  type ServedDocument,
} from '../../server/src/contract/after-effect.ts';
import type { CorrectionsView } from '../../server/src/contract/correction.ts';
import type { IntakeContent } from '../../server/src/contract/intake.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession, plannedCase } from '../factories/case.ts';
import { solidPng } from '../factories/files.ts';
import { sealedCase } from '../factories/sealed.ts';
import { pdfText } from '../setup/pdf-text.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof sealedCase>>;
beforeAll(async () => {
  app = await testApp();
  c1 = await sealedCase(app);
}, 240_000);
afterAll(() => app.stop());

const dayMs = 86_400_000;
const dayAt = (plus: number) => new Date(Date.now() + 8 * 3600_000 + plus * dayMs).toISOString().slice(0, 10);
const view = async () => (await c1.director.get<AfterEffectView>(`${c1.at}/after-effect`)).body;
async function pdf(by: Client, path: string): Promise<Uint8Array> {
  const answer = await by.raw(path);
  expect([path, answer.status]).toEqual([path, 200]);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const keep = process.env.TONGXI_KEEP_DIR;
  if (keep) {
    await mkdir(keep, { recursive: true });
    await writeFile(join(keep, path.split('/').slice(-1)[0] ?? 'file'), bytes);
  }
  return bytes;
}
const words = async (bytes: Uint8Array) => (await pdfText(bytes)).replace(/\s/g, '');

describe('C1 after its seal', () => {
  test('served: one party takes it itself, for the other somebody of the family with a reason', async () => {
    const { services } = await view();
    const of = (name: string) => services.find((s) => s.name === name)?.id;
    const half = await c1.director.post(`${c1.at}/services/${of('周建波')}/sign-for`, {
      receivedBy: '周某，配偶',
    });
    expect(half.status).toBe(400);
    const other = { receivedBy: '周某，配偶', note: '本人外出' };
    expect((await c1.director.post(`${c1.at}/services/${of('周建波')}/sign-for`, other)).status).toBe(200);
    expect((await c1.director.post(`${c1.at}/services/${of('周建波')}/sign-for`, {})).status).toBe(409);
    expect((await c1.sealHolder.post(`${c1.at}/services/${of('陈阿根')}/sign-for`, {})).status).toBe(403);
    expect((await c1.director.post(`${c1.at}/services/${of('陈阿根')}/sign-for`, {})).status).toBe(200);
  });

  test('addresses: by oneself, by the station for the other, never for the other side', async () => {
    const given = {
      electronic: true,
      receiver: '周建波',
      address: '明州区云桥镇禾岸村3组5号',
      phone: '13911112222',
    };
    const of = (id: string) => `${c1.at}/parties/${id}/service-address`;
    expect((await c1.zhouPhone.post(of(c1.zhou), given)).status).toBe(200);
    expect((await c1.zhouPhone.post(of(c1.chen), given)).status).toBe(404);
    // What no form can show would keep the whole volume from being bound.
    expect((await c1.zhouPhone.post(of(c1.zhou), { ...given, address: '禾岸村😀' })).body).toMatchObject({
      code: 'CHARACTER_NOT_DRAWABLE',
    });
    const chen = { electronic: false, receiver: '陈阿根', address: '明州区云桥镇禾岸村3组12号' };
    expect((await c1.director.post(of(c1.chen), chen)).status).toBe(200);
    expect((await view()).addresses.map((a) => a.electronic)).toEqual([false, true]);
    // What everybody takes home tells nobody where the other side is to be reached.
    const home = await words(await pdf(c1.director, `${c1.at}/print-all.pdf`));
    expect(home).toContain('文书签收单');
    expect(home).not.toContain('13911112222');
  });

  test('a slip is corrected by a paper of its own: everybody agrees, the sealed file stays as it is', async () => {
    const list = async () => (await c1.mediator.get<CorrectionsView>(`${c1.at}/corrections`)).body;
    const documentId = (await list()).correctable[0]?.documentId ?? '';
    const slip = { documentId, was: '渗漏', corrected: '渗水', reason: '用字有误' };
    const propose = (by: Client, change = {}) => by.post(`${c1.at}/corrections`, { ...slip, ...change });
    expect((await propose(c1.director)).status).toBe(403);
    expect((await propose(c1.mediator, { was: '漏电' })).body).toMatchObject({
      code: 'CORRECTION_NOT_IN_TEXT',
    });
    const money = { was: '4,800.00', corrected: '4,080.00' };
    expect((await propose(c1.mediator, money)).body).toMatchObject({ code: 'CORRECTION_OF_SUBSTANCE' });
    const before = await pdf(c1.zhouPhone, `${c1.at}/agreement.pdf`);
    const made = await propose(c1.mediator);
    const { correctionId } = made.body as { correctionId: string };
    expect((await propose(c1.mediator)).status).toBe(409);
    const answer = (by: Client) => by.post(`${c1.at}/corrections/${correctionId}/answer`, { agreed: true });
    expect((await answer(c1.mediator)).status).toBe(401);
    expect((await answer(c1.zhouPhone)).status).toBe(200);
    expect((await answer(c1.zhouPhone)).status).toBe(409);
    expect((await list()).corrections[0]?.status).toBe('PROPOSED');
    expect((await answer(c1.chenAtStation)).status).toBe(200);
    await app.settle(async () => (await list()).corrections[0]?.status === 'MADE');
    expect((await c1.mediator.post(`${c1.at}/corrections/${correctionId}/withdraw`)).status).toBe(409);
    const [served] = (await c1.zhouPhone.get<ServedDocument[]>(`${c1.at}/served`)).body;
    expect(served?.title).toBe('补正书');
    const text = await words(await pdf(c1.zhouPhone, `${c1.at}/served/${served?.documentId}`));
    for (const word of ['补正书', '“渗漏”', '“渗水”', '本人在站点屏幕上同意补正', '赵素琴'])
      expect(text).toContain(word);
    const after = await pdf(c1.zhouPhone, `${c1.at}/agreement.pdf`);
    expect(Buffer.from(after)).toEqual(Buffer.from(before));
    // Served like every other paper: signed for at the station, so that the file can be closed.
    const waiting = (await view()).services.filter((s) => s.title === '补正书' && s.status !== 'READ');
    // The receipt that is printed lists the agreement, signed for above, and no such paper.
    expect((await c1.director.post(`${c1.at}/parties/${c1.chen}/receipt`)).status).toBe(404);
    for (const { id } of waiting)
      expect((await c1.director.post(`${c1.at}/services/${id}/sign-for`, {})).status).toBe(200);
  });

  test('one no ends a correction, and the mediator takes another back', async () => {
    const list = async () => (await c1.mediator.get<CorrectionsView>(`${c1.at}/corrections`)).body;
    const documentId = (await list()).correctable[0]?.documentId ?? '';
    const slip = { documentId, was: '渗漏', corrected: '漏水', reason: '用字有误' };
    const propose = async () =>
      (await c1.mediator.post<{ correctionId: string }>(`${c1.at}/corrections`, slip)).body.correctionId;
    const first = await propose();
    const no = await c1.zhouPhone.post(`${c1.at}/corrections/${first}/answer`, { agreed: false });
    expect(no.status).toBe(200);
    const second = await propose();
    const database = <T>(work: Parameters<typeof inCourt<T>>[2]) =>
      inCourt(app.deps.db, app.court.courtId, work);
    const voided = (voidedAt: Date | null) =>
      database((tx) =>
        tx.draftVersion.updateMany({
          where: { documents: { some: { id: documentId } } },
          data: { voidedAt },
        }),
      );
    // What is void by now is not corrected any more.
    await voided(new Date());
    const late = await c1.zhouPhone.post(`${c1.at}/corrections/${second}/answer`, { agreed: true });
    expect(late.status).toBe(404);
    await voided(null);
    // Everybody agreed, and the paper is not drawn yet: it is no longer the mediator's to take back.
    const word = {
      courtId: app.court.courtId,
      correctionId: second,
      agreed: true,
      handedOver: false,
      at: new Date(),
    };
    await database((tx) =>
      tx.correctionWord.createMany({ data: [c1.chen, c1.zhou].map((partyId) => ({ ...word, partyId })) }),
    );
    expect((await c1.mediator.post(`${c1.at}/corrections/${second}/withdraw`)).status).toBe(409);
    await database((tx) =>
      tx.correctionWord.updateMany({
        where: { correctionId: second, partyId: c1.zhou },
        data: { agreed: false },
      }),
    );
    expect((await c1.mediator.post(`${c1.at}/corrections/${second}/withdraw`)).status).toBe(200);
    expect((await list()).corrections.map((one) => one.status)).toEqual(['WITHDRAWN', 'REFUSED', 'MADE']);
  });

  test('rejected by the court: the ruling is served, and the director writes down which way both go', async () => {
    const made = await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.confirmation.create({
        data: { courtId: app.court.courtId, caseId: c1.caseId, status: 'APPLIED', appliedAt: new Date() },
      }),
    );
    const court = { item: 'COURT_ACCESS', agreed: true };
    for (const party of [c1.chen, c1.zhou])
      await c1.director.post(`${c1.at}/parties/${party}/consents`, { answers: [court] });
    const judge = await app.asStaff('chenjing');
    const step = async (who: Client) => (await who.get<{ nextStep: string }>(c1.at)).body.nextStep;
    const choose = (way: string) => c1.director.post(`${c1.at}/confirmation/after-rejection`, { way });
    expect((await choose('SUE')).status).toBe(409);
    const reason = '内容不明确，无法确定期限';
    const ruled = await judge.post(`${c1.at}/confirmation/rule`, { ruling: 'REJECT', reason });
    expect([ruled.status, ruled.body]).toEqual([200, expect.anything()]);
    expect(await step(c1.director)).toBe('AFTER_REJECTION');
    const [served] = (await c1.zhouPhone.get<ServedDocument[]>(`${c1.at}/served`)).body;
    const text = await words(await pdf(c1.zhouPhone, `${c1.at}/served/${served?.documentId}`));
    expect(text).toContain('民事裁定书');
    expect(text).toContain(reason);
    expect(text).toContain('驳回申请人陈阿根与申请人周建波的申请');
    expect((await c1.mediator.post(`${c1.at}/confirmation/after-rejection`, { way: 'SUE' })).status).toBe(
      403,
    );
    const again = await choose('MEDIATE_AGAIN');
    const { draftId } = again.body as { draftId: string };
    const draft = await c1.director.get<{ content: IntakeContent }>(`/api/intake-drafts/${draftId}`);
    expect(draft.body.content.parties.map((p) => [p.name, p.idNumber.length])).toEqual([
      ['陈阿根', 18],
      ['周建波', 18],
    ]);
    expect(draft.body.content.facts).toContain('裁定驳回');
    expect((await choose('SUE')).body).toMatchObject({ code: 'CONFLICT' });
    expect(await step(c1.director)).not.toBe('AFTER_REJECTION');
    // What follows is about this agreement alone again.
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.confirmation.update({ where: { id: made.id }, data: { status: 'WITHDRAWN' } }),
    );
  });

  test('overdue is a breach only after its day; reminded, performed, closed', async () => {
    const { performances } = await view();
    const open = performances.filter((p) => p.status === 'PENDING');
    expect(open).toHaveLength(2);
    const [act, rest] = open;
    const at = (id = '') => `${c1.at}/performances/${id}`;
    expect((await c1.director.post(at(act?.id), { event: 'breach' })).status).toBe(400);
    expect((await c1.director.post(at(act?.id), { event: 'perform', on: dayAt(1) })).status).toBe(400);
    expect((await c1.director.post(`${c1.at}/archive`)).status).toBe(409);
    app.setClock(new Date(Date.now() + 9 * dayMs));
    expect((await c1.director.post(at(act?.id), { event: 'breach' })).body).toEqual({
      caseStatus: 'BREACHED',
    });
    expect((await view()).remedies).toEqual(['REMIND', 'SUE']);
    const remind = { event: 'remind', note: '电话督促，答应三日内修好' };
    expect((await c1.director.post(at(act?.id), remind)).body).toEqual({ caseStatus: 'PERFORMING' });
    await c1.director.post(at(act?.id), { event: 'perform', on: dayAt(8), note: '闭水试验合格' });
    const last = await c1.director.post(at(rest?.id), { event: 'perform', on: dayAt(9) });
    expect(last.body).toEqual({ caseStatus: 'CLOSED' });
  });

  test('a visit completes the file; each form is drawn in Chinese; the draft is no longer exported', async () => {
    expect((await c1.director.post(`${c1.at}/archive`)).body).toMatchObject({ code: 'FILE_INCOMPLETE' });
    const visit = { way: 'PHONE', performed: true, text: '双方均表示防水已修好、余款已收到。' };
    expect((await c1.director.post(`${c1.at}/follow-ups`, visit)).status).toBe(200);
    expect((await view()).missing).toEqual([]);
    const titles: Record<string, string> = {
      acceptance: '人民调解受理登记表',
      address: '送达地址确认书',
      proof: '电子送达凭证',
      'follow-up': '人民调解回访记录',
      performance: '调解协议履行情况登记表',
    };
    for (const kind of formKinds) {
      if (titles[kind])
        expect(await words(await pdf(c1.director, `${c1.at}/forms/${kind}`))).toContain(titles[kind]);
      else expect((await c1.director.raw(`${c1.at}/forms/${kind}`)).status).toBe(404);
    }
    expect((await c1.director.raw(`${c1.at}/draft.docx`)).status).toBe(409);
  });

  test('the volume: archive order, bookmarks, the signed original inside', async () => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(await solidPng(300, 200))], '漏水照片.png'));
    form.set('kind', 'EVIDENCE');
    await c1.director.raw(`${c1.at}/attachments`, { method: 'POST', body: form });
    // A bank's statement: anybody may open it, an owner's password guards it; and what it would run stays out.
    form.set('file', new File([new Uint8Array(await guardedPdf('STATEMENT'))], '流水.pdf'));
    await c1.director.raw(`${c1.at}/attachments`, { method: 'POST', body: form });
    for (const nobody of [c1.zhouPhone, c1.sealHolder])
      expect([401, 403]).toContain((await nobody.raw(`${c1.at}/dossier.pdf`)).status);
    const bytes = await pdf(c1.director, `${c1.at}/dossier.pdf`);
    const text = (await pdfText(bytes)).replace(/[ \t]/g, '');
    const order = [
      '人民调解受理登记表',
      '人民调解权利义务告知书',
      '证据材料',
      '人民调解协议书',
      '履行凭证',
      '卷宗情况说明',
    ];
    expect(text).toMatch(/人民调解卷宗[\s\S]*卷内目录/);
    expect(text).toContain('STATEMENT');
    const contents = text.slice(text.indexOf('卷内目录'));
    const places = order.map((title) => contents.indexOf(title));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place >= 0)).toBe(true);
    const raw = Buffer.from(bytes).toString('latin1');
    expect(raw).toContain('/Outlines');
    expect(raw).toContain('/EmbeddedFile');
    const agreement = await c1.director.raw(`${c1.at}/agreement.pdf`);
    const original = Buffer.from(await agreement.arrayBuffer());
    const { createHash } = await import('node:crypto');
    expect(text.replace(/\s/g, '')).toContain(createHash('sha256').update(original).digest('hex'));
  });

  test('archived: nothing changes any more', async () => {
    expect((await c1.mediator.post(`${c1.at}/archive`)).status).toBe(403);
    expect((await c1.director.post(`${c1.at}/archive`)).status).toBe(200);
    const visit = { way: 'PHONE', performed: true, text: '再次回访' };
    expect((await c1.director.post(`${c1.at}/follow-ups`, visit)).status).toBe(409);
    const given = { electronic: false, receiver: '周建波', address: '改到别处' };
    expect((await c1.zhouPhone.post(`${c1.at}/parties/${c1.zhou}/service-address`, given)).status).toBe(409);
    const form = new FormData();
    form.set('file', new File([new Uint8Array(await solidPng(20, 20))], '后补.png'));
    form.set('kind', 'EVIDENCE');
    const late = await c1.director.raw(`${c1.at}/attachments`, { method: 'POST', body: form });
    expect(late.status).toBe(409);
    app.setClock(null);
  });
});

test('an oral agreement: everybody, nobody wants it written, performed on the spot', async () => {
  const open = await openedSession(app);
  const at = `/api/cases/${open.caseId}`;
  const said = {
    content: '周建波当场向陈阿根道歉并赔偿200元。',
    performed: '200元已当场付清。',
    agreedBy: [open.chen, open.zhou],
    noWritingAsked: true,
    performedAtOnce: true,
    notMajor: true,
  };
  expect((await open.director.post(`${at}/agreement/oral`, said)).status).toBe(403);
  for (const change of [
    { agreedBy: [open.chen, open.chen] },
    { noWritingAsked: false },
    { performedAtOnce: false },
  ])
    expect((await open.mediator.post(`${at}/agreement/oral`, { ...said, ...change })).body).toMatchObject({
      code: 'ORAL_NOT_ALLOWED',
    });
  expect((await open.mediator.post(`${at}/agreement/oral`, said)).status).toBe(200);
  expect((await open.director.get(at)).body).toMatchObject({ status: 'CLOSED', endCode: 'AGREEMENT' });
  expect(await words(await pdf(open.director, `${at}/forms/oral`))).toContain('口头协议登记表');
  expect((await open.mediator.post(`${at}/agreement/oral`, said)).status).toBe(409);
});

test('talks that end without an agreement: the notice is drawn once, served, and says no word of the talks', async () => {
  const planned = await plannedCase(app);
  const zhouPhone = await app.asParty({ caseId: planned.caseId, partyId: planned.zhou, via: 'LINK' });
  const at = `/api/cases/${planned.caseId}`;
  expect((await planned.director.post(`${at}/termination-notice`)).status).toBe(409);
  await planned.director.post(`${at}/end`, { code: 'DIVERGENCE', reason: '周建波说最多给一千元' });
  expect((await planned.director.post(`${at}/termination-notice`)).status).toBe(200);
  expect((await planned.director.post(`${at}/termination-notice`)).status).toBe(409);
  const after = await planned.director.get<AfterEffectView>(`${at}/after-effect`);
  expect(after.body.services.map((s) => s.title)).toEqual(['终止调解通知书', '终止调解通知书']);
  // Nothing was sent to a telephone: it is handed over, and what is handed over are the bytes whose hash is kept.
  expect(after.body.services.map((s) => [s.channel, s.status])).toEqual([
    ['STATION', 'PENDING'],
    ['ONLINE', 'PENDING'],
  ]);
  const printed = await pdf(planned.director, `${at}/forms/termination`);
  const { createHash } = await import('node:crypto');
  const kept = await app.deps.statements.inCourt(
    app.court.courtId,
    (tx) =>
      tx.$queryRaw<
        { sha256: string }[]
      >`SELECT sha256 FROM "Document" WHERE "caseId" = ${planned.caseId}::uuid`,
  );
  expect(kept).toEqual([{ sha256: createHash('sha256').update(printed).digest('hex') }]);
  const text = await words(printed);
  expect(text).toContain('终止调解通知书');
  expect(text).not.toContain('一千元');
  // Each side reads on its own page what was served on it; the reading is kept, and told to nobody else.
  const [own] = (await zhouPhone.get<ServedDocument[]>(`${at}/served`)).body;
  expect(own).toMatchObject({ title: '终止调解通知书', readAt: null });
  const read = await pdf(zhouPhone, `${at}/served/${own?.documentId}`);
  expect(Buffer.from(read)).toEqual(Buffer.from(printed));
  const readBy = (await planned.director.get<AfterEffectView>(`${at}/after-effect`)).body.services;
  expect(readBy.map((s) => s.status)).toEqual(['PENDING', 'READ']);
  expect((await zhouPhone.raw(`${at}/served/${planned.caseId}`)).status).toBe(404);
  expect((await c1.zhouPhone.raw(`${at}/served/${own?.documentId}`)).status).toBe(404);
  expect((await planned.director.get(`${at}/served`)).status).toBe(401);
});
