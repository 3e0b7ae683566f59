import { afterAll, beforeAll, expect, test } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { openedSession } from '../factories/case.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
beforeAll(async () => {
  app = await testApp();
  c1 = await openedSession(app);
});
afterAll(() => app.stop());

type Seat = {
  id: string;
  kind: string;
  label: string;
  language: string | null;
  hearsInterpreter: boolean;
  mine: boolean;
};
const at = () => `/api/sessions/${c1.sessionId}`;
const seats = async (client: Client) => (await client.get<{ seats: Seat[] }>(at())).body.seats;
const invite = (json: object) =>
  c1.mediator.post<{ code: string }>(`/api/cases/${c1.caseId}/observers`, json);
const grantsOf = async (client: Client) => {
  const before = app.video.calls.length;
  const answer = await client.post<{ code: string }>(`${at()}/token`);
  const call = app.video.calls.slice(before).find((one) => one.verb === 'issueToken');
  return call?.grants ?? answer.body.code;
};
const agree = (client: Client, partyId: string, staffUserId: string) =>
  client.post(`/api/cases/${c1.caseId}/parties/${partyId}/observers/${staffUserId}`, { agreed: true });

/** Invited, agreed to by both sides, in the lobby and let in. */
async function takePart(login: 'linxiao' | 'shenguoqiang', json: object): Promise<Client> {
  const staffUserId = app.court.staff[login];
  expect((await invite({ staffUserId, duty: 'INVITED', ...json })).status).toBe(200);
  const client = await app.asStaff(login);
  expect((await client.post(`${at()}/lobby`, {})).status).toBe(403);
  await agree(c1.director, c1.chen, staffUserId);
  await agree(c1.zhouPhone, c1.zhou, staffUserId);
  const entered = await client.post<{ seatId: string }>(`${at()}/lobby`, {});
  await c1.mediator.post(`${at()}/seats/${entered.body.seatId}/admit`);
  return client;
}

test('翻译: with both sides’ yes, a language of record; each listener chooses, and the interpreter is told who', async () => {
  const staffUserId = app.court.staff.linxiao;
  const nameless = await invite({ staffUserId, duty: 'INVITED', as: 'INTERPRETER' });
  expect(nameless.body.code).toBe('BAD_REQUEST');
  const interpreter = await takePart('linxiao', { as: 'INTERPRETER', language: '宁波话—普通话' });
  expect(await grantsOf(interpreter)).toMatchObject({
    canPublish: true,
    canSubscribe: true,
    canPublishSources: ['camera', 'microphone'],
  });
  const seat = (await seats(c1.zhouPhone)).find((one) => one.kind === 'INTERPRETER');
  expect(seat).toMatchObject({ language: '宁波话—普通话' });
  expect((await c1.zhouPhone.post(`${at()}/voice`, { interpreter: true })).status).toBe(200);
  const listening = async () =>
    (await seats(interpreter)).filter((one) => one.hearsInterpreter).map((one) => one.kind);
  expect(await listening()).toEqual(['PARTY']);
  await c1.zhouPhone.post(`${at()}/voice`, { interpreter: false });
  expect(await listening()).toEqual([]);
});

test('旁听: seen by name, sends nothing, raises no hand, writes no message', async () => {
  const observer = await takePart('shenguoqiang', { as: 'OBSERVER' });
  expect(await grantsOf(observer)).toMatchObject({
    canPublish: false,
    canSubscribe: true,
    canPublishSources: [],
    hidden: false,
  });
  expect((await seats(c1.zhouPhone)).find((one) => one.kind === 'OBSERVER')).toBeDefined();
  for (const [path, json] of [
    ['hand', { raised: true }],
    ['messages', { to: 'HOST', text: '我说一句' }],
  ] as const)
    expect((await observer.post<{ code: string }>(`${at()}/${path}`, json)).body.code).toBe('FORBIDDEN');
});

test('the record names the interpreter’s language and who only watched', async () => {
  await c1.mediator.post(`${at()}/lines`, { speaker: '陈阿根', text: '听懂了。' });
  const read = await c1.mediator.post<{ contentSha256: string }>(`${at()}/record/read-out`, {
    language: '普通话',
    reader: '方慧',
    result: 'TO_CONTINUE',
  });
  expect(read.status).toBe(200);
  const content = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.record.findFirstOrThrow({ where: { sessionId: c1.sessionId } }),
  );
  const { others, people } = content.content as { others: string[]; people: { name: string }[] };
  expect(others.toSorted()).toEqual(['林晓（翻译：宁波话—普通话）', '沈国强（旁听）'].toSorted());
  expect(people.map((one) => one.name)).toContain('林晓');
  expect(people.map((one) => one.name)).not.toContain('沈国强');
});
