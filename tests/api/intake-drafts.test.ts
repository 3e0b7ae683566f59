import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { c1Intake } from '../factories/case.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const typed = (facts: string, name = '') => ({
  disputeType: 'LOAN',
  facts,
  parties: [
    {
      side: 'APPLICANT',
      kind: 'PERSON',
      name,
      phone: '1391111',
      idNumber: '33029919580115',
      agents: [{ name: '李律师', special: true, powers: ['SETTLE'] }],
    },
    { side: 'RESPONDENT', kind: 'ORGANISATION', name: '' },
  ],
});
type Draft = {
  id: string;
  version: number;
  content: { facts: string; parties: { idNumber: string; agents: { name: string; powers: string[] }[] }[] };
};
type Row = { id: string; names: string[] };

async function started(facts = '借款未还') {
  const director = await app.asStaff('fanghui');
  const { status, body } = await director.post<Draft>('/api/intake-drafts', {
    stationId: app.court.stationId,
    content: typed(facts, '陈阿根'),
  });
  expect(status).toBe(200);
  return { director, id: body.id, at: `/api/intake-drafts/${body.id}` };
}

test('what was typed is there on another device of the same person, and encrypted at rest', async () => {
  const { id, at } = await started();
  const tablet = await app.asStaff('fanghui', { atStation: true });
  const list = await tablet.get<Row[]>('/api/intake-drafts');
  expect(list.body.find((d) => d.id === id)?.names).toEqual(['陈阿根']);
  const { body } = await tablet.get<Draft>(at);
  expect([body.version, body.content.facts, body.content.parties[0]?.idNumber]).toEqual([
    1,
    '借款未还',
    '33029919580115',
  ]);
  expect(body.content.parties[0]?.agents[0]).toMatchObject({ name: '李律师', powers: ['SETTLE'] });
  const row = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.intakeDraft.findUniqueOrThrow({ where: { id } }),
  );
  expect(Buffer.from(row.dataEnc).includes('陈阿根')).toBe(false);
});

test('of two saves of one version one wins, and the other is told', async () => {
  const { director, at } = await started();
  const saves = await Promise.all(
    ['甲', '乙'].map((facts) => director.post(at, { version: 1, content: typed(facts) })),
  );
  expect(saves.map((s) => s.status).sort()).toEqual([200, 409]);
  const { body } = await director.get<Draft>(at);
  expect(body.version).toBe(2);
  expect(body.content.facts).toBe(saves[0]?.status === 200 ? '甲' : '乙');
});

test('nobody else sees, changes, discards or registers it', async () => {
  const { id, at } = await started();
  const mediator = await app.asStaff('zhaosuqin');
  expect((await mediator.get('/api/intake-drafts')).status).toBe(403);
  const other = await app.secondCourt();
  const stranger = await app.asStaff('fanghui', { court: other });
  expect((await stranger.get<Row[]>('/api/intake-drafts')).body).toEqual([]);
  expect((await stranger.get(at)).status).toBe(404);
  expect((await stranger.post(at, { version: 1, content: typed('x') })).status).toBe(404);
  expect((await stranger.delete(at)).status).toBe(404);
  const content = typed('x');
  const foreign = await stranger.post('/api/intake-drafts', { stationId: app.court.stationId, content });
  expect(foreign.status).toBe(404);
  const stolen = await stranger.post('/api/cases', { ...c1Intake(other.stationId), draftId: id });
  expect(stolen.status).toBe(409);
});

test('registering ends the draft; a second registration of it is refused and uses no number', async () => {
  const { director, id, at } = await started();
  const input = { ...c1Intake(app.court.stationId), draftId: id };
  const both = await Promise.all([
    director.post<{ number: string }>('/api/cases', input),
    director.post<{ number: string }>('/api/cases', input),
  ]);
  expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
  expect((await director.get(at)).status).toBe(404);
  const next = await director.post<{ number: string }>('/api/cases', c1Intake(app.court.stationId));
  const sequence = (number = '') => Number(number.match(/(\d+)号$/)?.[1]);
  const won = both.find((b) => b.status === 200)?.body.number;
  expect(sequence(next.body.number)).toBe(sequence(won) + 1);
});

test('a refused registration keeps the draft', async () => {
  const { director, id, at } = await started();
  const bad = c1Intake(app.court.stationId);
  const refused = await director.post('/api/cases', {
    ...bad,
    draftId: id,
    parties: bad.parties.map((p) => ({ ...p, idNumber: '330299195801150010' })),
  });
  expect(refused.status).toBe(400);
  expect((await director.get(at)).status).toBe(200);
});

test('discarded is gone', async () => {
  const { director, at } = await started();
  expect((await director.delete(at)).status).toBe(200);
  expect((await director.get(at)).status).toBe(404);
  expect((await director.delete(at)).status).toBe(404);
  expect((await director.post(at, { version: 1, content: typed('x') })).status).toBe(404);
});

test('several parties a side, organisations among them, become one case', async () => {
  const director = await app.asStaff('fanghui');
  const base = c1Intake(app.court.stationId);
  const { status, body } = await director.post<{ id: string }>('/api/cases', {
    ...base,
    parties: [
      ...base.parties,
      { side: 'APPLICANT', kind: 'PERSON', name: '陈小根', usesStation: true },
      {
        side: 'RESPONDENT',
        kind: 'ORGANISATION',
        name: '云桥装饰有限公司',
        representative: '周建国',
        phone: '13911113333',
      },
    ],
  });
  expect(status).toBe(200);
  const seen = await director.get<{ title: string; parties: { name: string; representative: string }[] }>(
    `/api/cases/${body.id}`,
  );
  expect(seen.body.parties).toHaveLength(4);
  expect(seen.body.title).toBe('陈阿根等2人 与 周建波等2人 · 相邻纠纷');
  expect(seen.body.parties.find((p) => p.name === '云桥装饰有限公司')?.representative).toBe('周建国');
});
