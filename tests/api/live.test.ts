import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { plannedCase } from '../factories/case.ts';
import { draftUpdate } from '../factories/draft.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);

/** Whether a stream of these topics is opened, and closed again. */
const listen = async (client: Client, topics: string, as = '') => {
  const answer = await client.raw(`/api/live?topics=${topics}${as}`);
  await answer.body?.cancel().catch(() => undefined);
  return answer.status;
};

/** An open stream: what it said so far, and its end. */
async function stream(client: Client, topics: string, as = '') {
  const answer = await client.raw(`/api/live?topics=${topics}${as}`);
  const reader = answer.body?.getReader();
  const state = { heard: '', ended: false };
  void (async () => {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      state.heard += new TextDecoder().decode(part.value);
    }
    state.ended = true;
  })();
  await app.settle(() => state.heard.includes('event: ready'));
  return state;
}

describe('nobody hears of what they may not read', () => {
  test('家属代收 and a station device with nobody signed in', async () => {
    const { caseId, sessionId, zhou } = await plannedCase(app);
    const family = await app.asParty({ caseId, partyId: zhou, answeredAs: 'FAMILY' });
    for (const topic of [`case:${caseId}`, `draft:${caseId}`, `session:${sessionId}`]) {
      expect(await listen(family, topic, '&as=party')).toBe(403);
      expect(await listen(app.asDevice(), topic)).toBe(403);
    }
    expect(await listen(app.asDevice(), `station:${app.court.stationId}`)).toBe(200);
  });

  test('a mediator with an offer only', async () => {
    const { caseId, mediator } = await plannedCase(app);
    const offered = { where: { caseId, duty: 'MEDIATOR' as const } };
    await database((tx) => tx.appointment.updateMany({ ...offered, data: { status: 'OFFERED' } }));
    expect(await listen(mediator, `draft:${caseId}`)).toBe(403);
    expect(await listen(mediator, `case:${caseId}`)).toBe(403);
    await database((tx) => tx.appointment.updateMany({ ...offered, data: { status: 'ACCEPTED' } }));
    expect(await listen(mediator, `draft:${caseId}`)).toBe(200);
  });

  test('an invited person hears and lists nothing before every party agreed to them, and never the draft', async () => {
    const { caseId, mediator, chen, zhou, director } = await plannedCase(app);
    const staffUserId = app.court.staff.linxiao;
    await mediator.post(`/api/cases/${caseId}/observers`, { staffUserId, duty: 'INVITED' });
    const invited = await app.asStaff('linxiao');
    expect((await invited.get(`/api/cases/${caseId}`)).status).toBe(403);
    expect(await listen(invited, `case:${caseId}`)).toBe(403);
    expect((await invited.get<{ id: string }[]>('/api/cases')).body.map((c) => c.id)).not.toContain(caseId);
    for (const partyId of [chen, zhou])
      await director.post(`/api/cases/${caseId}/parties/${partyId}/observers/${staffUserId}`, {
        agreed: true,
      });
    expect(await listen(invited, `case:${caseId}`)).toBe(200);
    expect((await invited.get<{ id: string }[]>('/api/cases')).body.map((c) => c.id)).toContain(caseId);
    expect(await listen(invited, `draft:${caseId}`)).toBe(403);
  });

  test('of a page’s several topics those are left out; the text travels on its own', async () => {
    const { caseId, mediator, zhou } = await plannedCase(app);
    const phone = await app.asParty({ caseId, partyId: zhou });
    const other = await plannedCase(app);
    const both = await stream(phone, `case:${caseId},case:${other.caseId}`, '&as=party');
    const draft = await stream(phone, `draft:${caseId}`, '&as=party');
    await mediator.post(`/api/cases/${caseId}/draft/updates`, { update: draftUpdate([]).update });
    await other.mediator.post(`/api/cases/${other.caseId}/draft/updates`, { update: draftUpdate([]).update });
    await app.settle(() => draft.heard.includes('draft.update') && both.heard.includes('"kind":"changed"'));
    // A side hears that something changed, not what: that may be the other side's alone.
    expect(both.heard).not.toContain('edit-draft');
    expect(both.heard).not.toContain('draft.update');
    expect(both.heard).not.toContain(other.caseId);
  });
});

describe('a stream ends', () => {
  test('with the session behind it, at once', async () => {
    const { caseId, zhou, director, mediator } = await plannedCase(app);
    await director.post(`/api/cases/${caseId}/parties/${zhou}/invitation`);
    const phone = await app.asParty({ caseId, partyId: zhou });
    const open = await stream(phone, `draft:${caseId}`, '&as=party');
    await director.delete(`/api/cases/${caseId}/parties/${zhou}/invitation`);
    await app.settle(() => open.ended);
    await mediator.post(`/api/cases/${caseId}/draft/updates`, { update: draftUpdate([]).update });
    expect(open.heard).not.toContain('draft.update');
  });

  test('with the right to hear, at the next look; looking is no use of the session', async () => {
    const { caseId, mediator } = await plannedCase(app);
    const open = await stream(mediator, `draft:${caseId}`);
    const long = new Date(Date.now() - 3600_000);
    const staffUserId = app.court.staff.zhaosuqin;
    await database((tx) =>
      tx.staffSession.updateMany({ where: { staffUserId }, data: { lastSeenAt: long } }),
    );
    await app.settle(() => open.heard.includes(': quiet'));
    const seen = await database((tx) => tx.staffSession.findMany({ where: { staffUserId } }));
    expect(seen.every((session) => session.lastSeenAt.getTime() === long.getTime())).toBe(true);
    await database((tx) =>
      tx.appointment.updateMany({ where: { caseId, staffUserId }, data: { status: 'REPLACED' } }),
    );
    await app.settle(() => open.ended);
  });

  test('when the screen is handed over', async () => {
    const { caseId, chen, director } = await plannedCase(app);
    await director.post('/api/account/pin', { pin: '482915' });
    const open = await stream(director, `case:${caseId}`);
    expect((await director.post('/api/hand-overs', { caseId, partyId: chen })).status).toBe(200);
    await app.settle(() => open.ended);
  });
});

describe('nothing is missed', () => {
  test('between a page’s loading and its first stream; what was missed comes before “ready”', async () => {
    const c1 = await plannedCase(app);
    await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
      update: draftUpdate([], '漏水。').update,
    });
    const { heard } = await stream(c1.director, `draft:${c1.caseId}`, '&age=1000');
    expect(heard).toMatch(/draft\.update[\s\S]*event: ready/);
    const late = await stream(c1.director, `draft:${c1.caseId}`);
    expect(late.heard).not.toContain('draft.update');
  });

  test('when the listening connection breaks: pages load afresh, and one connection takes its place', async () => {
    const { caseId, mediator } = await plannedCase(app);
    const open = await stream(mediator, `case:${caseId}`);
    const owner = new pg.Client({ connectionString: app.databaseUrl });
    await owner.connect();
    const listening = `FROM pg_stat_activity WHERE application_name = 'tongxi-live' AND datname = current_database()`;
    try {
      await owner.query(`SELECT pg_terminate_backend(pid) ${listening}`);
      await app.settle(() => open.heard.includes('event: reset'));
      await new Promise((resolve) => setTimeout(resolve, 200)); // a twin would come within moments
      expect((await owner.query(`SELECT pid ${listening}`)).rowCount).toBe(1);
    } finally {
      await owner.end();
    }
  });
});
