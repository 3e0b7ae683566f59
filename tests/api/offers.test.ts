import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Comparison } from '../../server/src/contract/compare.ts';
import type { DraftState } from '../../server/src/contract/draft.ts';
import type { OfferList } from '../../server/src/contract/offer.ts';
import type { Term } from '../../server/src/contract/terms.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { identifiedAgent, verifiedAgent } from '../factories/representation.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const nonce = () => crypto.randomUUID().replaceAll('-', '');

async function talks() {
  const c1 = await openedSession(app);
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  const at = `/api/cases/${c1.caseId}`;
  const pay = (yuan: number, purpose = '赔偿陈阿根'): Term => ({
    id: 'offered',
    kind: 'payment',
    payerId: c1.zhou,
    payeeId: c1.chen,
    amountFen: yuan * 100,
    method: 'CASH',
    account: null,
    instalments: [{ id: 'i', due: null, amountFen: yuan * 100, received: true }],
    purpose,
  });
  const offer = async (who: Client, term: Term, more: Record<string, unknown> = {}) =>
    who.post<{ offerId: string; code?: string; details?: Record<string, unknown> }>(`${at}/offers`, {
      term,
      ...more,
    });
  const answer = (who: Client, offerId: string, accept: boolean) =>
    who.post(`${at}/offers/${offerId}/answer`, { accept });
  const recommend = async (term: Term) =>
    (await c1.mediator.post<{ offerId: string }>(`${at}/recommendations`, { term })).body.offerId;
  const blind = (who: Client, offerId: string, word: 'Y' | 'N') =>
    who.post(`${at}/recommendations/${offerId}/answer`, { answer: word, nonce: nonce() });
  const list = async (who: Client) => (await who.get<OfferList>(`${at}/offers`)).body.offers;
  const draft = async (who: Client = c1.mediator) => (await who.get<DraftState>(`${at}/draft`)).body;
  return { ...c1, chenAtStation, at, pay, offer, answer, recommend, blind, list, draft };
}

describe('offers, term by term', () => {
  let c1: Awaited<ReturnType<typeof talks>>;
  beforeAll(async () => {
    c1 = await talks();
  });

  test('offered, countered, accepted: it stands in the draft in the name of whose offer it was', async () => {
    const first = await c1.offer(c1.zhouPhone, c1.pay(3000), { note: '一次付清' });
    const counter = await c1.offer(c1.chenAtStation, c1.pay(4800), { counters: first.body.offerId });
    expect(await c1.list(c1.mediator)).toMatchObject([
      { number: 2, by: '陈阿根', counters: 1, state: 'OPEN', waitsFor: ['周建波'], accepted: [] },
      { number: 1, by: '周建波', state: 'COUNTERED', note: '一次付清' },
    ]);
    expect((await c1.answer(c1.chenAtStation, counter.body.offerId, true)).body.code).toBe('FORBIDDEN');
    expect((await c1.answer(c1.zhouPhone, first.body.offerId, true)).body.code).toBe('CONFLICT');
    expect((await c1.answer(c1.zhouPhone, counter.body.offerId, true)).status).toBe(200);
    const { wording, seq } = await c1.draft();
    expect(wording.map((w) => w.text)).toEqual([
      '周建波赔偿陈阿根人民币肆仟捌佰元整（¥4,800.00）：签署当日付¥4,800.00，陈阿根当场确认收到。付款方式：现金。',
    ]);
    const compared = await c1.mediator.get<Comparison>(`${c1.at}/draft/compare?from=s0&to=s${seq}`);
    expect(compared.body.sections.find((s) => s.kind === 'term')).toMatchObject({
      before: null,
      after: 1,
      pieces: [{ kind: 'added', author: { name: '陈阿根', source: 'OFFER' } }],
    });
  });

  test('an offer for a term of the draft replaces it; a no ends one, its author takes one back', async () => {
    const one = await c1.offer(c1.mediator, c1.pay(1000));
    expect((await c1.list(c1.zhouPhone))[0]).toMatchObject({ by: '赵素琴', waitsFor: ['陈阿根', '周建波'] });
    await c1.answer(c1.zhouPhone, one.body.offerId, true);
    expect((await c1.draft()).wording).toHaveLength(1);
    await c1.answer(c1.chenAtStation, one.body.offerId, true);
    const termId = (await c1.draft()).wording[1]?.termId ?? '';
    const two = await c1.offer(c1.chenAtStation, c1.pay(2000), { replaces: termId });
    await c1.answer(c1.zhouPhone, two.body.offerId, true);
    expect((await c1.draft()).wording[1]).toMatchObject({
      termId,
      text: expect.stringContaining('¥2,000.00'),
    });
    const no = await c1.offer(c1.zhouPhone, c1.pay(1));
    expect((await c1.answer(c1.chenAtStation, no.body.offerId, false)).status).toBe(200);
    const back = await c1.offer(c1.zhouPhone, c1.pay(2));
    const take = (who: Client) => who.post(`${c1.at}/offers/${back.body.offerId}/withdraw`);
    expect((await take(c1.chenAtStation)).body.code).toBe('FORBIDDEN');
    expect((await take(c1.zhouPhone)).status).toBe(200);
    expect((await take(c1.zhouPhone)).body.code).toBe('CONFLICT');
    expect((await c1.list(c1.mediator)).slice(0, 4).map((o) => o.state)).toEqual([
      'WITHDRAWN',
      'DECLINED',
      'ACCEPTED',
      'ACCEPTED',
    ]);
  });

  test('two accept and withdraw at the same moment: one wins', async () => {
    const { body } = await c1.offer(c1.zhouPhone, c1.pay(5));
    const both = await Promise.all([
      c1.answer(c1.chenAtStation, body.offerId, true),
      c1.zhouPhone.post(`${c1.at}/offers/${body.offerId}/withdraw`),
    ]);
    expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
    const [offer] = await c1.list(c1.mediator);
    expect((await c1.draft()).wording).toHaveLength(offer?.state === 'ACCEPTED' ? 3 : 2);
  });

  test('人民调解法第4条 and 民诉法解释第358条: what could not stand in an agreement is not offered either', async () => {
    const fee = await c1.offer(c1.zhouPhone, { id: 'o', kind: 'other', text: '周建波承担调解费' });
    expect(fee.body).toMatchObject({
      code: 'DRAFT_INVALID',
      details: { finding: 'FEE_FORBIDDEN', basis: '人民调解法第4条' },
    });
    const sum = await c1.offer(c1.zhouPhone, { ...c1.pay(5), amountFen: 1 } as Term);
    expect(sum.body.details).toMatchObject({ finding: 'SUM_DIFFERS', basis: '民诉法解释第358条' });
    const stranger = { ...c1.pay(5), payeeId: crypto.randomUUID() } as Term;
    expect((await c1.offer(c1.zhouPhone, stranger)).body.details).toMatchObject({ finding: 'UNKNOWN_PARTY' });
    expect((await c1.list(c1.mediator)).filter((o) => o.state === 'OPEN')).toEqual([]);
  });

  test('who is not at the table sees none: director, judge, another case’s party', async () => {
    await c1.offer(c1.zhouPhone, c1.pay(5));
    const judge = await app.asStaff('linyiming');
    expect((await judge.get(`${c1.at}/offers`)).body.code).toBe('DUTY_MISSING');
    expect((await c1.director.get(`${c1.at}/offers`)).body.code).toBe('DUTY_MISSING');
    const other = await openedSession(app);
    expect((await other.zhouPhone.get(`${c1.at}/offers`)).body.code).toBe('NOT_FOUND');
  });

  test('民事诉讼法第62条、民诉法解释第89条: an agent without special authority offers and accepts nothing', async () => {
    const agentId = await verifiedAgent({ ...c1, partyId: c1.zhou, agent: { special: false, powers: [] } });
    await identifiedAgent({ ...c1, partyId: c1.zhou, agentId });
    const agent = await app.asParty({ caseId: c1.caseId, agentId });
    const made = await c1.offer(c1.chenAtStation, c1.pay(4800));
    const shown = await c1.recommend(c1.pay(4000));
    for (const refused of [
      await c1.offer(agent, c1.pay(1)),
      await c1.answer(agent, made.body.offerId, true),
      await c1.blind(agent, shown, 'Y'),
    ])
      expect(refused.body).toMatchObject({
        code: 'SPECIAL_AUTHORITY_REQUIRED',
        details: { basis: '民事诉讼法第62条、民诉法解释第89条（参照）' },
      });
    expect((await c1.list(agent)).every((o) => !o.mine.canAnswer && !o.mine.canCounter)).toBe(true);
    await database((tx) =>
      tx.agent.update({ where: { id: agentId }, data: { special: true, powers: ['SETTLE'] } }),
    );
    expect((await c1.answer(agent, made.body.offerId, true)).status).toBe(200);
  });
});

/** Every row of every table as text, by table. */
async function everyRow(): Promise<Map<string, Set<string>>> {
  return database(async (tx) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`;
    const all = tables.map(
      ({ name }) => `SELECT '${name}' AS name, row_to_json(t)::text AS row FROM "${name}" t`,
    );
    const found = await tx.$queryRawUnsafe<{ name: string; row: string }[]>(all.join(' UNION ALL '));
    const rows = new Map<string, Set<string>>(tables.map(({ name }) => [name, new Set()]));
    for (const { name, row } of found) rows.get(name)?.add(row);
    return rows;
  });
}

/** What is left of a row without what differs between any two: ids, moments, hashes, counters, sealed bytes. */
const plain = (text: string): string =>
  text
    .replace(/\\{1,4}x([0-9a-f]*)/g, (_all, hex: string) => `bytes(${hex.length})`)
    .replace(
      /("body":)"([A-Za-z0-9+/=]+)"/g,
      (_all, key: string, sealed: string) => `${key}"sealed(${sealed.length})"`,
    )
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'id')
    .replace(/[0-9a-f]{32,64}/g, 'hash')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?/g, 'moment')
    .replace(/("|\\")(seq|number)("|\\") ?: ?"?\d+"?/g, '$2');

describe('the mediator’s recommendation is answered unseen', () => {
  let c1: Awaited<ReturnType<typeof talks>>;
  let judge: Client;
  beforeAll(async () => {
    c1 = await talks();
    judge = await app.asStaff('linyiming');
  });

  /** Everything that anybody could notice of zhou's one answer. */
  async function tracesOf(word: 'Y' | 'N') {
    const offerId = await c1.recommend(c1.pay(4800));
    const before = await everyRow();
    const said = vi.spyOn(app.deps.log, 'info');
    const started = await c1.zhouPhone.raw(`${c1.at}/recommendations/${offerId}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ answer: word, nonce: nonce() }),
    });
    const logged = said.mock.calls.map(([line]) => plain(JSON.stringify({ ...(line as object), ms: 0 })));
    said.mockRestore();
    const answer = [started.status, await started.text(), started.headers.get('content-length')];
    const rows: string[] = [];
    for (const [table, now] of await everyRow())
      for (const row of now) if (!before.get(table)?.has(row)) rows.push(`${table} ${plain(row)}`);
    const views: string[] = [];
    const see = async (who: Client, path: string, part: (body: never) => unknown = (body) => body) => {
      const { status, body } = await who.get(`${c1.at}${path}`);
      views.push(`${path} ${status} ${plain(JSON.stringify(part(body as never)))}`);
    };
    for (const who of [c1.mediator, c1.zhouPhone, c1.chenAtStation]) {
      await see(who, '');
      await see(who, '/draft');
      await see(who, '/offers', (list: OfferList) => list.offers[0]);
    }
    for (const who of [c1.mediator, judge])
      await see(who, '/timeline', (acts: unknown[]) => acts.slice(0, 2));
    await see(c1.mediator, '/draft/history');
    return { answer, logged, rows: rows.sort(), views, offerId };
  }

  test('of one yes nobody learns: answer, rows, events, audit, log and every view are those of one no', async () => {
    const yes = await tracesOf('Y');
    // It is final, and the same person cannot read it back.
    const again = await c1.blind(c1.zhouPhone, yes.offerId, 'N');
    expect(again.body).toMatchObject({ code: 'CONFLICT', details: { reason: 'answered' } });
    expect((await c1.list(c1.zhouPhone))[0]?.mine).toMatchObject({ answered: true, canAnswer: false });
    // No side door: a recommendation is not accepted openly, countered, or answered by staff.
    expect((await c1.answer(c1.chenAtStation, yes.offerId, true)).body.code).toBe('FORBIDDEN');
    const counter = await c1.offer(c1.chenAtStation, c1.pay(1), { counters: yes.offerId });
    expect(counter.body.code).toBe('FORBIDDEN');
    expect((await c1.blind(c1.mediator, yes.offerId, 'Y')).status).toBe(401);
    // Taken back after one answer, the seal is gone unopened.
    expect((await c1.mediator.post(`${c1.at}/offers/${yes.offerId}/withdraw`)).status).toBe(200);
    expect(await database((tx) => tx.offerAnswer.count())).toBe(0);
    expect((await c1.blind(c1.chenAtStation, yes.offerId, 'Y')).body.code).toBe('CONFLICT');

    const no = await tracesOf('N');
    await c1.mediator.post(`${c1.at}/offers/${no.offerId}/withdraw`);
    expect(yes.answer).toEqual(no.answer);
    expect(yes.logged).toEqual(no.logged);
    expect(yes.rows).toEqual(no.rows);
    expect(yes.views).toEqual(no.views);
    // The rows are really those of an answer, and its word is sealed.
    expect(yes.rows.filter((row) => row.startsWith('OfferAnswer '))).toEqual([
      expect.stringMatching(/"sealed":"bytes\(\d+\)"/),
    ]);
    expect(yes.rows.some((row) => row.startsWith('AuditEvent ') && row.includes('answer-offer'))).toBe(true);
    expect(yes.rows.some((row) => row.startsWith('LiveEvent '))).toBe(true);
    expect(yes.rows.join()).not.toMatch(/"answer":|"Y"|"N"/);
  }, 90_000);

  test('yes and no, no and yes, no and no: not taken, and nothing of it is kept', async () => {
    const seen = [];
    for (const [zhou, chen] of [
      ['Y', 'N'],
      ['N', 'Y'],
      ['N', 'N'],
    ] as const) {
      const offerId = await c1.recommend(c1.pay(4800));
      await c1.blind(c1.zhouPhone, offerId, zhou);
      await c1.blind(c1.chenAtStation, offerId, chen);
      const [newest] = await c1.list(c1.mediator);
      seen.push([plain(JSON.stringify(newest)), (await c1.draft()).wording]);
      expect(await database((tx) => tx.offerAnswer.count({ where: { offerId } }))).toBe(0);
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[1]).toEqual(seen[2]);
    expect(seen[0]?.[0]).toContain('NOT_TAKEN');
    expect(seen[0]?.[1]).toEqual([]);
  });

  test('both yes, in any order or at once: it becomes a term in the mediator’s name', async () => {
    const offerId = await c1.recommend(c1.pay(4800));
    expect((await c1.list(c1.chenAtStation))[0]).toMatchObject({
      blind: true,
      accepted: [],
      waitsFor: [],
      mine: { canAnswer: true, canCounter: false },
    });
    const both = await Promise.all([
      c1.blind(c1.zhouPhone, offerId, 'Y'),
      c1.blind(c1.chenAtStation, offerId, 'Y'),
    ]);
    expect(both.map((a) => a.status)).toEqual([200, 200]);
    const { wording, seq } = await c1.draft();
    expect(wording).toMatchObject([{ text: expect.stringContaining('¥4,800.00') }]);
    const compared = await c1.zhouPhone.get<Comparison>(`${c1.at}/draft/compare?from=s0&to=s${seq}`);
    expect(compared.body.sections.find((s) => s.kind === 'term')?.pieces[0]?.author).toEqual({
      name: '赵素琴',
      source: 'RECOMMENDATION',
    });
  });

  test('an answer without its random value is refused: the request’s hash would tell', async () => {
    const at = `${c1.at}/recommendations/${await c1.recommend(c1.pay(1))}/answer`;
    for (const body of [{ answer: 'Y' }, { answer: 'Y', nonce: 'short' }, { answer: 'YES', nonce: nonce() }])
      expect((await c1.zhouPhone.post(at, body)).body.code).toBe('BAD_REQUEST');
  });
});

test('参照在线调解规则第18条、民诉法解释第107条: when talks fail, no concession is left anywhere', async () => {
  const c1 = await talks();
  const secret = '愿意多让步七百元';
  const open = await c1.offer(c1.zhouPhone, c1.pay(700, secret), { note: secret });
  await c1.answer(c1.chenAtStation, open.body.offerId, true);
  await c1.offer(c1.zhouPhone, c1.pay(701, secret));
  const shown = await c1.recommend(c1.pay(702, secret));
  await c1.blind(c1.zhouPhone, shown, 'Y');
  expect((await c1.draft()).wording[0]?.text).toContain(secret);
  const ended = await c1.mediator.post(`${c1.at}/end`, { code: 'DIVERGENCE', reason: '金额相差过大' });
  expect(ended.status).toBe(200);

  const hex = Buffer.from(secret).toString('hex');
  for (const [table, rows] of await everyRow())
    for (const row of rows) {
      const ofCase = row.includes(c1.caseId) || row.includes(secret) || row.includes(hex);
      expect([table, ofCase && (row.includes(secret) || row.includes(hex))]).toEqual([table, false]);
    }
  for (const who of [c1.mediator, c1.zhouPhone, c1.chenAtStation, c1.director])
    for (const path of [
      '',
      '/offers',
      '/draft',
      '/draft/updates?since=0',
      '/draft/history',
      '/timeline',
      '/flags',
    ]) {
      const body = JSON.stringify((await who.get(`${c1.at}${path}`).catch(() => ({}))) ?? {});
      expect([path, body.includes(secret), body.includes('¥700.00')]).toEqual([path, false, false]);
    }
  for (const path of ['records/TALKS', 'records/UNDISPUTED_FACTS', 'records/FACTS']) {
    const answer = await c1.mediator.raw(`/api/sessions/${c1.sessionId}/${path}`);
    expect((await answer.text()).includes(secret)).toBe(false);
  }
  const pdf = await c1.director.raw(`${c1.at}/print/notice`);
  expect(Buffer.from(await pdf.arrayBuffer()).includes(secret)).toBe(false);
  expect((await c1.offer(c1.zhouPhone, c1.pay(1))).body.code).toBe('ILLEGAL_TRANSITION');
}, 90_000);
