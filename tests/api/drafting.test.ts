import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Comparison, DraftHistory } from '../../server/src/contract/compare.ts';
import {
  addTerm,
  type DraftState,
  type DraftTerm,
  draftProse,
  editText,
  moveTerm,
  readDraft,
  setPart,
  termMap,
} from '../../server/src/contract/draft.ts';
import type { CaseWordings, WordingVersionView } from '../../server/src/contract/wording.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { frozenAgreement } from '../factories/draft.ts';
import { solidPng } from '../factories/files.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
let at: string;
beforeAll(async () => {
  app = await testApp();
  c1 = await openedSession(app);
  at = `/api/cases/${c1.caseId}`;
}, 120_000);
afterAll(() => app.stop());

const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const draft = async (who: Client = c1.mediator) => (await who.get<DraftState>(`${at}/draft`)).body;

/** A browser's document: follows the server when asked, sends what it wrote when it is online. */
function browser(client: Client) {
  const doc = new Y.Doc();
  let unsent: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin) => {
    if (origin !== 'remote') unsent.push(update);
  });
  return {
    doc,
    pull: async () => Y.applyUpdate(doc, Buffer.from((await draft(client)).state, 'base64'), 'remote'),
    push: async () => {
      const update = Buffer.from(Y.mergeUpdates(unsent)).toString('base64');
      const answer = await client.post<{ seq: number }>(`${at}/draft/updates`, { update });
      if (answer.status === 200) unsent = [];
      return answer;
    },
  };
}
const write = (doc: Y.Doc, id: string, key: string, text: string) =>
  editText(termMap(doc, id)?.get(key) as Y.Text, text);
const other = (id: string, text: string): DraftTerm => ({ id, kind: 'other', text });

describe('templates and clauses (administrator edits, every version is kept)', () => {
  test('a draft starts from the court’s own version and says which; later versions leave it as it was', async () => {
    const admin = await app.asStaff('wangmin');
    expect((await c1.mediator.get('/api/wordings')).body.code).toBe('DUTY_MISSING');
    const [builtIn] = (await admin.get<WordingVersionView[]>('/api/wordings/NEIGHBOURS')).body;
    expect(builtIn).toMatchObject({ number: 0, by: null });
    const template = { ...builtIn?.template, disputed: '{申请人}家厨房受损的原因。' };
    const saved = await admin.post('/api/wordings/NEIGHBOURS', { from: 0, note: '按本镇情况', template });
    expect(saved.body).toEqual({ number: 1 });
    // Somebody else's edit is not overwritten, and no version is ever rewritten.
    const late = await admin.post('/api/wordings/NEIGHBOURS', { from: 0, note: '晚了', template });
    expect(late.body).toMatchObject({ code: 'CONFLICT', details: { number: 1 } });
    await expect(database((tx) => tx.wordingVersion.updateMany({ data: { note: '改写' } }))).rejects.toThrow(
      /never change/,
    );
    const twice = { ...template, terms: [builtIn?.template?.terms[0], builtIn?.template?.terms[0]] };
    expect(
      (await admin.post('/api/wordings/NEIGHBOURS', { from: 1, note: '重', template: twice })).body.code,
    ).toBe('BAD_REQUEST');

    const choices = (await c1.mediator.get<CaseWordings>(`${at}/draft/wordings`)).body;
    expect(choices.templates[0]).toMatchObject({ key: 'NEIGHBOURS', number: 1, own: true });
    expect(choices.clauses.length).toBeGreaterThan(20);
    const start = (who: Client) => who.post(`${at}/draft/template`, { key: 'NEIGHBOURS' });
    expect((await start(c1.director)).body.code).toBe('DUTY_MISSING');
    expect((await start(c1.mediator)).status).toBe(200);
    expect((await start(c1.mediator)).body).toMatchObject({
      code: 'CONFLICT',
      details: { reason: 'has-terms' },
    });
    const started = await draft();
    const content = readDraft(docOf(started));
    expect(content.disputed).toBe('陈阿根家厨房受损的原因。');
    expect(content.facts).toContain('渗漏');
    expect(content.terms.map((t) => t.kind)).toEqual(['act', 'payment', 'other', 'waiver']);
    expect(JSON.stringify(content)).not.toMatch(/\{申请人\}|\{被申请人\}|00000000000a/);
    expect(started.template).toEqual({ key: 'NEIGHBOURS', number: 1 });
    expect(started.findings.some((f) => f.code === 'BLANK_LEFT' && f.level === 'stop')).toBe(true);
    // Unfinished, it is read over on paper all the same.
    expect((await c1.mediator.raw(`${at}/draft.docx`)).status).toBe(200);
    const agreement = await database((tx) => tx.agreement.findFirstOrThrow({ where: { caseId: c1.caseId } }));
    expect(agreement).toMatchObject({
      templateNumber: 1,
      templateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });

    await admin.post('/api/wordings/NEIGHBOURS', { from: 1, note: '再改', template: builtIn?.template });
    expect((await draft()).template).toEqual({ key: 'NEIGHBOURS', number: 1 });
    const all = (await admin.get<WordingVersionView[]>('/api/wordings/NEIGHBOURS')).body;
    expect(all.map((v) => [v.number, v.note])).toEqual([
      [2, '再改'],
      [1, '按本镇情况'],
      [0, ''],
    ]);
    expect(all[1]?.sha256).toBe(agreement.templateSha256);
    const library = (await admin.get<WordingVersionView[]>('/api/wordings/CLAUSES')).body[0];
    const clauses = library?.clauses?.slice(0, 3);
    expect((await admin.post('/api/wordings/CLAUSES', { from: 0, note: '精简', clauses })).status).toBe(200);
    expect((await c1.mediator.get<CaseWordings>(`${at}/draft/wordings`)).body.clauses).toHaveLength(3);
  }, 90_000);
});

describe('two browsers write at once', () => {
  test('offline edits meet on the server: no word is lost, moved terms keep what was written in them', async () => {
    const one = browser(c1.mediator);
    const two = browser(await app.asStaff('zhaosuqin'));
    await one.pull();
    addTerm(one.doc, other('a', '双方和睦相处。'));
    addTerm(one.doc, other('b', '费用自理。'));
    expect((await one.push()).status).toBe(200);
    await one.pull();
    await two.pull();
    // Both are offline now.
    write(one.doc, 'a', 'text', '双方今后和睦相处。');
    draftProse(one.doc, 'facts').insert(0, '经现场查看，');
    write(two.doc, 'a', 'text', '双方和睦相处，不再争吵。');
    moveTerm(two.doc, 'a', 1);
    addTerm(two.doc, other('c', '另行约定。'));
    expect((await two.push()).status).toBe(200);
    expect((await one.push()).status).toBe(200);
    for (const each of [one, two]) await each.pull();
    const content = readDraft(one.doc);
    expect(readDraft(two.doc)).toEqual(content);
    expect(content.facts).toMatch(/^经现场查看，/);
    expect(content.terms.find((t) => t.id === 'a')?.text).toBe('双方今后和睦相处，不再争吵。');
    expect(content.terms.slice(-3).map((t) => t.id)).toEqual(['b', 'a', 'c']);
    expect(readDraft(docOf(await draft()))).toEqual(content);
  }, 60_000);

  test('a character that no document could show is nobody’s loss, but stands against freezing by name', async () => {
    const one = browser(c1.mediator);
    await one.pull();
    addTerm(one.doc, other('rare', '交还木匾“\u{30000}”一块。'));
    expect((await one.push()).status).toBe(200);
    const stop = { level: 'stop', code: 'NOT_DRAWABLE', termId: 'rare', detail: '“\u{30000}”（U+30000）' };
    expect((await draft()).findings).toContainEqual(expect.objectContaining(stop));
    write(one.doc, 'rare', 'text', '交还木匾一块。');
    expect((await one.push()).status).toBe(200);
    expect((await draft()).findings.map((f) => f.code)).not.toContain('NOT_DRAWABLE');
  }, 60_000);

  test('words in another author’s name are refused and change nothing', async () => {
    const one = browser(c1.mediator);
    await one.pull();
    draftProse(one.doc, 'disputed').insert(0, '是否漏水。');
    expect((await one.push()).status).toBe(200);
    const before = await draft();
    await database((tx) =>
      tx.appointment.create({
        data: {
          courtId: app.court.courtId,
          caseId: c1.caseId,
          staffUserId: app.court.staff.fanghui,
          duty: 'MEDIATOR',
          status: 'ACCEPTED',
          offeredAt: new Date(),
        },
      }),
    );
    const thief = new Y.Doc();
    Y.applyUpdate(thief, Buffer.from(before.state, 'base64'));
    thief.clientID = one.doc.clientID;
    draftProse(thief, 'disputed').insert(0, '冒名');
    const update = Buffer.from(Y.encodeStateAsUpdate(thief)).toString('base64');
    const answer = await c1.director.post(`${at}/draft/updates`, { update });
    expect(answer.body).toMatchObject({ code: 'DRAFT_INVALID', details: { reason: 'author' } });
    expect((await draft(c1.director)).seq).toBe(before.seq);
    // In one's own name it is fine, and the comparison names both.
    const two = browser(c1.director);
    await two.pull();
    draftProse(two.doc, 'disputed').insert(5, '是否下雨。');
    expect((await two.push()).status).toBe(200);
    const { seq } = await draft(c1.director);
    const compared = await c1.director.get<Comparison>(
      `${at}/draft/compare?from=s${before.seq - 1}&to=s${seq}`,
    );
    const disputed = compared.body.sections.find((s) => s.key === 'disputed');
    expect(new Set(disputed?.pieces.flatMap((p) => (p.author ? [p.author.name] : [])))).toEqual(
      new Set(['赵素琴', '方慧']),
    );
  }, 60_000);

  test('bytes that are no update, unknown kinds, a wrong order: refused, nothing is stored', async () => {
    const wrong = new Y.Doc();
    addTerm(wrong, { id: 'x', kind: 'fine', text: 'x' });
    const disordered = new Y.Doc();
    addTerm(disordered, other('y', 'y'));
    termMap(disordered, 'y')?.set('order', 'first');
    const { seq } = await draft(c1.director);
    for (const update of [
      Buffer.from('no update').toString('base64'),
      ...[wrong, disordered].map((doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')),
    ])
      expect((await c1.director.post(`${at}/draft/updates`, { update })).body.code).toBe('DRAFT_INVALID');
    expect((await draft(c1.director)).seq).toBe(seq);
  }, 60_000);
});

describe('frozen versions', () => {
  test('any two are compared word by word; after the first freeze a change voids visibly', async () => {
    const next = await openedSession(app);
    const path = `/api/cases/${next.caseId}`;
    const chenAtStation = await app.asParty({ caseId: next.caseId, partyId: next.chen, via: 'HAND_OVER' });
    await frozenAgreement({ ...next, chenAtStation });
    const change = async (work: (doc: Y.Doc) => void) => {
      const { state } = (await next.mediator.get<DraftState>(`${path}/draft`)).body;
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Buffer.from(state, 'base64'));
      const known = Y.encodeStateVector(doc);
      work(doc);
      const update = Buffer.from(Y.encodeStateAsUpdate(doc, known)).toString('base64');
      return next.mediator.post(`${path}/draft/updates`, { update });
    };
    const changed = await change((doc) => {
      write(doc, 't3', 'text', '其余双方互不追究');
      moveTerm(doc, 't3', -1);
    });
    expect(changed.status).toBe(200);
    const history = (await next.zhouPhone.get<DraftHistory>(`${path}/draft/history`)).body;
    expect(history.versions).toMatchObject([{ ref: 'v1', by: '赵素琴', voidedAt: expect.any(String) }]);
    const { seq } = (await next.mediator.get<DraftState>(`${path}/draft`)).body;
    const { sections } = (await next.zhouPhone.get<Comparison>(`${path}/draft/compare?from=v1&to=s${seq}`))
      .body;
    expect(sections.find((s) => s.key === 't3')).toMatchObject({
      before: 3,
      after: 2,
      pieces: [
        { kind: 'same', text: '其余' },
        { kind: 'added', text: '双方', author: { name: '赵素琴', source: 'EDIT' } },
        { kind: 'same' },
      ],
    });
    expect(sections.find((s) => s.key === 't1')?.pieces.every((p) => p.kind === 'same')).toBe(true);
    const wrong = await next.mediator.get(`${path}/draft/compare?from=s${seq}&to=v1`);
    expect(wrong.body.code).toBe('BAD_REQUEST');
    expect((await next.mediator.get(`${path}/draft/compare?from=s0&to=v9`)).body.code).toBe('NOT_FOUND');

    // A receipt that is no photograph of this case is never frozen; one that is, both sides see.
    const form = new FormData();
    form.set('file', new File([new Uint8Array(solidPng(40, 40))], '收款.png'));
    form.set('kind', 'RECEIPT');
    const sent = await next.director.raw(`${path}/attachments`, { method: 'POST', body: form });
    const photo = (await sent.json()) as { id: string };
    expect((await next.zhouPhone.raw(`${path}/attachments/${photo.id}/picture`)).status).toBe(200);
    const freezeWith = async (receiptId: string) => {
      await change((doc) =>
        setPart(termMap(doc, 't2') as Y.Map<unknown>, {
          id: 'i1',
          due: null,
          amountFen: 200_000,
          received: true,
          receiptId,
        }),
      );
      const { contentSha256 } = (await next.mediator.get<DraftState>(`${path}/draft`)).body;
      for (const party of [next.zhouPhone, chenAtStation])
        await party.post(`${path}/draft/agree`, { contentSha256 });
      return next.mediator.post(`${path}/agreement/freeze`, { contentSha256, paper: false });
    };
    expect((await freezeWith(crypto.randomUUID())).body).toMatchObject({
      code: 'DRAFT_INVALID',
      details: { field: 'receiptId' },
    });
    expect((await freezeWith(photo.id)).status).toBe(200);
  }, 90_000);
});

function docOf(state: DraftState): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(state.state, 'base64'));
  return doc;
}
