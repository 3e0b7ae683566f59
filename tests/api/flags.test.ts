import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseView } from '../../server/src/contract/case.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { c1Terms, draftUpdate } from '../factories/draft.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.stop());

const view = async (client: Client, caseId: string) =>
  (await client.get<CaseView>(`/api/cases/${caseId}`)).body;

/** C1 with facts that somebody should look at, agreed by both. */
async function agreedText(facts: string) {
  const c1 = await openedSession(app);
  await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.case.update({ where: { id: c1.caseId }, data: { facts } }),
  );
  const chenAtStation = await app.asParty({ caseId: c1.caseId, partyId: c1.chen, via: 'HAND_OVER' });
  await c1.mediator.post(`/api/cases/${c1.caseId}/draft/updates`, {
    update: draftUpdate(c1Terms(c1.chen, c1.zhou)).update,
  });
  const { body } = await c1.mediator.get<{ contentSha256: string }>(`/api/cases/${c1.caseId}/draft`);
  for (const party of [c1.zhouPhone, chenAtStation])
    await party.post(`/api/cases/${c1.caseId}/draft/agree`, { contentSha256: body.contentSha256 });
  const freeze = () =>
    c1.mediator.post(`/api/cases/${c1.caseId}/agreement/freeze`, {
      contentSha256: body.contentSha256,
      paper: false,
    });
  return { ...c1, freeze, path: `/api/cases/${c1.caseId}/flags` };
}

describe('soft flags: a person looks before anybody signs (domain.md section 6)', () => {
  test('the mediator and the judge see them; the text waits for a look, by name and with a note', async () => {
    const c1 = await agreedText('约定月息3分，他曾威胁我。');
    const shown = (await view(c1.mediator, c1.caseId)).flags;
    expect(shown).toMatchObject([
      { flag: 'INTEREST_OVER_CAP', subject: expect.stringMatching(/^36% > /), look: null },
      { flag: 'VIOLENCE', subject: '威胁', look: null },
    ]);
    expect((await view(c1.zhouPhone, c1.caseId)).flags).toEqual([]);
    expect((await view(c1.director, c1.caseId)).flags).toEqual([]);
    const refused = await c1.freeze();
    expect([refused.status, refused.body.code]).toEqual([409, 'FLAGS_OPEN']);
    const [interest, violence] = shown;
    const look = (client: Client, flag: typeof interest, result: string) =>
      client.post(c1.path, { flag: flag?.flag, subject: flag?.subject, result, note: '分别谈话核实' });
    expect((await look(c1.director, interest, 'CLEAR')).body.code).toBe('DUTY_MISSING');
    expect((await look(c1.zhouPhone, interest, 'CLEAR')).status).toBe(401);
    const judge = await app.asStaff('linyiming');
    expect((await look(judge, interest, 'CLEAR')).status).toBe(200);
    expect((await look(c1.mediator, violence, 'CONCERN')).status).toBe(200);
    expect((await c1.freeze()).body.code).toBe('FLAGS_OPEN');
    expect((await look(c1.mediator, violence, 'CLEAR')).status).toBe(200);
    expect((await view(judge, c1.caseId)).flags).toMatchObject([
      { look: { by: '林一鸣', duty: 'GUIDING_JUDGE', result: 'CLEAR', note: '分别谈话核实' } },
      { look: { by: '赵素琴', duty: 'MEDIATOR', result: 'CLEAR' } },
    ]);
    expect((await c1.freeze()).status).toBe(200);
  });

  test('what changed is looked at again; a look at something else does not count', async () => {
    const c1 = await agreedText('约定月息3分。');
    const [flag] = (await view(c1.mediator, c1.caseId)).flags;
    const clear = { flag: flag?.flag, subject: flag?.subject, result: 'CLEAR', note: '已降到上限内' };
    const other = await c1.mediator.post(c1.path, { ...clear, subject: '24% > 12%' });
    expect(other.body.code).toBe('NOT_FOUND');
    expect((await c1.mediator.post(c1.path, clear)).status).toBe(200);
    await inCourt(app.deps.db, app.court.courtId, (tx) =>
      tx.case.update({ where: { id: c1.caseId }, data: { facts: '约定月息5分。' } }),
    );
    expect((await view(c1.mediator, c1.caseId)).flags).toMatchObject([
      { subject: expect.stringMatching(/^60% > /), look: null },
    ]);
    expect((await c1.freeze()).body.code).toBe('FLAGS_OPEN');
  });

  test('one person who acts for both sides is seen by number, whatever the name', async () => {
    const c1 = await openedSession(app);
    for (const [partyId, name] of [
      [c1.chen, '王晨'],
      [c1.zhou, '王 晨'],
    ])
      await c1.director.post(`/api/cases/${c1.caseId}/parties/${partyId}/agents`, {
        name,
        phone: '13911115555',
      });
    expect((await view(c1.mediator, c1.caseId)).flags).toMatchObject([
      { flag: 'ONE_AGENT_BOTH_SIDES', subject: '王晨' },
    ]);
  });
});
