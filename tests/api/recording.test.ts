import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../../server/src/services/context.ts';
import { endPart } from '../../server/src/services/recording/begin-part.ts';
import { closeRecording } from '../../server/src/services/recording/close-recording.ts';
import { deleteDueRecordings } from '../../server/src/services/recording/delete-recordings.ts';
import { watchRecordings } from '../../server/src/services/recording/watch-recordings.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { reconcileVideo } from '../../server/src/services/video/reconcile.ts';
import { openedSession } from '../factories/case.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
beforeAll(async () => {
  app = await testApp();
  c1 = await openedSession(app);
});
afterAll(() => app.stop());

type State = {
  status: string | null;
  hurdle: string | null;
  stopReason: string | null;
  trouble: boolean;
  people: { name: string; agreed: boolean }[];
  mine: { agreed: boolean } | null;
};
type Recording = {
  id: string;
  status: string;
  chunkCount: number;
  closed: boolean;
  deletedAt: string | null;
  parts: { number: number; size: number; ready: boolean; chapters: { text: string }[] }[];
};

const at = () => `/api/sessions/${c1.sessionId}/recording`;
const state = async (client: Client) => (await client.get<State>(at())).body;
const start = (confirmed: string[] = []) =>
  c1.mediator.post<{ recordingId: string; code: string; details: object }>(`${at()}/start`, { confirmed });
const database = <T>(work: Parameters<typeof inCourt<T>>[2]) => inCourt(app.deps.db, app.court.courtId, work);
const consent = (agreed: boolean) =>
  c1.zhouPhone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, {
    answers: [{ item: 'RECORDING', agreed }],
  });
const system = (): Ctx => ({
  deps: app.deps,
  principal: { kind: 'system', courtId: app.court.courtId },
  requestId: 't',
  ip: 't',
});
const recordings = async () =>
  (await c1.director.get<Recording[]>(`/api/cases/${c1.caseId}/recordings`)).body;

/** The layout page of the newest part, as a recording browser opens it. */
async function openLayout(nth: number) {
  await app.settle(() => app.recorder.orders.length >= nth);
  const ticket = app.recorder.orders[nth - 1]?.layoutUrl.split('#')[1] ?? '';
  const post = (path: string, body?: Uint8Array<ArrayBuffer>) =>
    app.anonymous.raw(`/api/recorder/${path}`, {
      method: 'POST',
      headers: { 'x-tongxi-recorder': ticket, 'content-type': 'application/octet-stream' },
      ...(body ? { body } : {}),
    });
  const part = await database((tx) =>
    tx.recordingPart.findUniqueOrThrow({ where: { id: app.recorder.orders[nth - 1]?.partId ?? '' } }),
  );
  return {
    identity: part.identity,
    hello: async () => (await (await post('hello')).json()) as { token: string; seats: { label: string }[] },
    piece: async (sequence: number, text: string, last = false) =>
      (await post(`pieces/${sequence}${last ? '?last=1' : ''}`, new TextEncoder().encode(text))).status,
    bare: post,
  };
}

test('not without the yes of everybody present, by name; not by a party', async () => {
  expect(await state(c1.mediator)).toMatchObject({ status: null, hurdle: null });
  expect((await state(c1.mediator)).people.map((p) => p.name).sort()).toEqual(
    expect.arrayContaining(['周建波', '陈阿根', '赵素琴']),
  );
  await consent(false);
  expect((await state(c1.mediator)).hurdle).toBe('CONSENT');
  expect(await state(c1.zhouPhone)).toMatchObject({ people: [], hurdle: null, mine: { agreed: false } });
  const refused = await start();
  expect(refused.body).toMatchObject({
    code: 'CONSENT_MISSING',
    details: { name: '周建波', item: 'RECORDING' },
  });
  await consent(true);
  expect((await c1.zhouPhone.post(`${at()}/start`, {})).status).toBe(401);
  // Somebody without a consent sheet is asked by the host.
  const aunt = await c1.director.post<{ attendeeId: string }>(
    `/api/sessions/${c1.sessionId}/seats/${c1.seats.station.id}/attendees`,
    { name: '王阿姨' },
  );
  expect((await start()).body).toMatchObject({ code: 'CONSENT_MISSING', details: { name: '王阿姨' } });
  await c1.director.delete(`/api/sessions/${c1.sessionId}/attendees/${aunt.body.attendeeId}`);
});

test('runs once its first piece is here, hidden, and receives nothing while a private talk runs', async () => {
  const started = await start();
  expect(started.status).toBe(200);
  expect((await start()).body.code).toBe('CONFLICT');
  const page = await openLayout(1);
  expect((await state(c1.zhouPhone)).status).toBe('STARTING');
  expect((await page.hello()).seats.map((s) => s.label)).toContain('周建波');
  const grants = app.video.calls.findLast((call) => call.verb === 'issueToken')?.grants;
  expect(grants).toMatchObject({ hidden: true, canPublish: false, canSubscribe: true, roomAdmin: false });
  expect(await mayConnect(app.deps, c1.room, page.identity)).toBe(true);
  // Nobody else gets in with a made-up ticket, and no page of ours may ask for a seat by it.
  const forged = await app.anonymous.raw('/api/recorder/hello', {
    method: 'POST',
    headers: { 'x-tongxi-recorder': `${app.court.courtId}.${'x'.repeat(43)}` },
  });
  expect(forged.status).toBe(401);
  for (const nonsense of ['', '-'.repeat(36), `${'-'.repeat(36)}.x`, 'x.y.z']) {
    const headers = { 'x-tongxi-recorder': nonsense };
    expect((await app.anonymous.raw('/api/recorder/hello', { method: 'POST', headers })).status).toBe(401);
  }
  expect(await page.piece(0, 'first ')).toBe(200);
  expect(await page.piece(0, 'first ')).toBe(200);
  expect(await page.piece(2, 'too early')).toBe(409);
  expect(await state(c1.zhouPhone)).toMatchObject({ status: 'RUNNING', trouble: false });

  app.video.connect(c1.room, page.identity);
  await reconcileVideo(app.deps);
  expect(app.video.rooms.get(c1.room)?.get(page.identity)?.grants).toMatchObject({
    canPublish: false,
    canSubscribe: true,
  });
  const talk = await c1.mediator.post<{ caucusId: string }>(`/api/sessions/${c1.sessionId}/caucus`, {
    seatIds: [c1.seats.mediator.id, c1.seats.party.id],
    side: 'RESPONDENT',
    hears: ['赵素琴', '周建波'],
  });
  expect(talk.status).toBe(200);
  // Before anybody is in the second room, the recorder in the first hears nothing any more.
  const closed = () => app.video.rooms.get(c1.room)?.get(page.identity)?.grants.canSubscribe === false;
  expect(closed()).toBe(true);
  await reconcileVideo(app.deps);
  expect(closed()).toBe(true);
  const inTalk = await database((tx) => tx.caucus.findUniqueOrThrow({ where: { id: talk.body.caucusId } }));
  expect(await mayConnect(app.deps, inTalk.room, page.identity)).toBe(false);
  await database((tx) =>
    tx.caucus.update({ where: { id: inTalk.id }, data: { status: 'ENDED', endedAt: new Date() } }),
  );
  await reconcileVideo(app.deps);
  expect(closed()).toBe(false);
});

test('a killed recorder goes on as the next part, and the record states the gap', async () => {
  const first = app.recorder.orders[0]?.partId ?? '';
  app.recorder.dead.add(first);
  await watchRecordings(app.deps);
  const page = await openLayout(2);
  expect(await page.piece(0, 'second ')).toBe(200);
  expect((await state(c1.mediator)).status).toBe('RUNNING');
  const lines = await c1.mediator.get<{ lines: { text: string }[] }>(
    `/api/sessions/${c1.sessionId}/records/TALKS`,
  );
  const texts = lines.body.lines.map((l) => l.text).filter((text) => text.includes('录音录像'));
  expect(texts.map((text) => text.slice(0, 8))).toEqual([
    '经在场各方同意，',
    '录音录像中断。',
    '录音录像恢复，为',
  ]);
});

test('withdrawn consent stops it at once; what there is can be played by those entitled, and is signed', async () => {
  const page = await openLayout(2);
  await consent(false);
  expect(await state(c1.mediator)).toMatchObject({ status: 'STOPPED', stopReason: 'CONSENT_WITHDRAWN' });
  expect(await mayConnect(app.deps, c1.room, page.identity)).toBe(false);
  expect((await page.hello()).token).toBeNull();
  expect(await page.piece(1, 'third', true)).toBe(200);
  expect(await page.piece(2, 'after the end')).toBe(401);
  const [recording] = await recordings();
  if (!recording) throw new Error('no recording');
  await closeRecording(system(), recording.id);
  expect(await recordings()).toMatchObject([
    { closed: true, chunkCount: 3, parts: [{ number: 1 }, { number: 2 }] },
  ]);
  const path = `/api/cases/${c1.caseId}/recordings/${recording.id}`;
  const whole = await c1.director.raw(`${path}/parts/2?download=1`);
  expect(await whole.text()).toBe('second third');
  const range = await c1.mediator.raw(`${path}/parts/2`, { headers: { range: 'bytes=7-11' } });
  expect([range.status, range.headers.get('content-range'), await range.text()]).toEqual([
    206,
    'bytes 7-11/12',
    'third',
  ]);
  const beyond = await c1.mediator.raw(`${path}/parts/2`, { headers: { range: 'bytes=99-' } });
  expect(beyond.status).toBe(416);
  expect((await c1.zhouPhone.raw(`${path}/parts/2`)).status).toBe(401);
  const administrator = await app.asStaff('wangmin');
  expect((await administrator.raw(`${path}/parts/2`)).status).toBe(404);
  const audited = await app.deps.statements.inCourt(
    app.court.courtId,
    (tx) =>
      tx.$queryRaw<
        { action: string }[]
      >`SELECT action FROM "AuditEvent" WHERE action LIKE '%-recording' ORDER BY seq`,
  );
  // Playing from the middle is playing; its further ranges are the same one.
  expect(audited.map((row) => row.action).filter((a) => /^(play|download)-/.test(a))).toEqual([
    'download-recording',
    'play-recording',
  ]);
  const sound = await c1.director.post(`${path}/check`);
  expect(sound.body).toMatchObject({ links: 3, faults: [] });
  expect((sound.body as { stamps: number }).stamps).toBeGreaterThan(0);
});

test('a changed byte in a stored file is found without opening it', async () => {
  const [recording] = await recordings();
  const chunk = await database((tx) =>
    tx.recordingChunk.findFirstOrThrow({ where: { recordingId: recording?.id ?? '', index: 1 } }),
  );
  const bytes = Buffer.from(await app.deps.storage.get(chunk.storageKey));
  expect(bytes.toString('latin1')).not.toContain('second');
  const file = join(app.database.dir, 'storage', chunk.storageKey);
  const check = async () =>
    (await c1.director.post(`/api/cases/${c1.caseId}/recordings/${recording?.id}/check`)).body;
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  await rm(file);
  await writeFile(file, bytes);
  expect(await check()).toMatchObject({ faults: [{ fault: 'FILE', where: 'chunk 1' }] });
  await rm(file);
  expect(await check()).toMatchObject({ faults: [{ fault: 'FILE', where: 'chunk 1' }] });
});

test('whoever is let in without a yes ends it before they are seen; a recorder that comes up too late is ended', async () => {
  const seat = `/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}`;
  await c1.mediator.post(`${seat}/remove`, { reason: '离席' });
  const { start: begin } = app.recorder;
  app.recorder.start = async (order) => {
    app.recorder.start = begin;
    expect((await c1.mediator.post(`${seat}/lift-removal`)).status).toBe(200);
    await c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/lobby`, {});
    expect((await c1.mediator.post(`${seat}/admit`)).status).toBe(200);
    expect(await state(c1.mediator)).toMatchObject({ status: 'STOPPED', stopReason: 'ARRIVAL' });
    await endPart(system(), order.partId);
    return begin(order);
  };
  expect((await start()).status).toBe(200);
  await app.settle(() => app.recorder.orders.length >= 3);
  await app.settle(() => app.recorder.stopped.includes(app.recorder.orders[2]?.partId ?? ''));
});

test('a browser that does not start: the host is told within ten seconds, and after three tries it has failed', async () => {
  await consent(true);
  app.recorder.broken = true;
  const { body } = await start();
  await app.settle(async () => (await state(c1.mediator)).trouble, 10_000);
  app.recorder.broken = false;
  await app.settle(() => app.recorder.orders.length >= 4);
  await database((tx) =>
    tx.recordingPart.updateMany({
      where: { recordingId: body.recordingId, endedAt: null },
      data: { startedAt: new Date(Date.now() - 9000) },
    }),
  );
  expect((await state(c1.mediator)).trouble).toBe(true);
  const ended = await c1.mediator.post(`/api/sessions/${c1.sessionId}/end`, { result: 'TO_CONTINUE' });
  expect(ended.status).toBe(200);
  expect(await state(c1.mediator)).toMatchObject({ status: 'STOPPED', stopReason: 'SESSION_OVER' });
});

test('what a recorder leaves after its part was given up is removed, and asked for no longer once nothing comes', async () => {
  const tools = app.deps.recording;
  if (!tools) throw new Error('no recorder');
  const asked: string[] = [];
  let complete = false;
  tools.recorder.discard = async ({ partId }) => {
    asked.push(partId);
    return complete;
  };
  await watchRecordings(app.deps);
  expect(asked.length).toBeGreaterThan(0);
  complete = true;
  await watchRecordings(app.deps);
  expect(asked).toHaveLength(new Set(asked).size * 2);
  const before = asked.length;
  await watchRecordings(app.deps);
  expect(asked).toHaveLength(before);
  tools.recorder.discard = null;
});

test('after its time it is deleted by rule: no key, no file, a certificate; the chain still holds', async () => {
  const [recording] = await recordings();
  const chunks = await database((tx) =>
    tx.recordingChunk.findMany({ where: { recordingId: recording?.id ?? '' } }),
  );
  await deleteDueRecordings(app.deps);
  expect((await recordings())[0]?.deletedAt).toBeNull();
  await database((tx) =>
    tx.case.update({ where: { id: c1.caseId }, data: { closedAt: new Date(Date.now() - 31 * 86_400_000) } }),
  );
  // Also where nothing is recorded any more (RECORDER=off).
  const { recording: _, ...off } = app.deps;
  await deleteDueRecordings(off);
  await deleteDueRecordings(app.deps);
  const path = `/api/cases/${c1.caseId}/recordings/${recording?.id}`;
  expect((await recordings())[0]).toMatchObject({ parts: [{ ready: false }, { ready: false }] });
  for (const chunk of chunks) expect(await app.deps.storage.exists(chunk.storageKey)).toBe(false);
  expect((await c1.director.raw(`${path}/parts/2`)).status).toBe(404);
  const { body } = await c1.director.get<{ certificate: string; timestampToken: string }>(`${path}/deletion`);
  expect(JSON.parse(body.certificate)).toMatchObject({
    rule: '结案后保存30天',
    chunkCount: 3,
    keyDestroyed: true,
    backups: expect.stringContaining('备份'),
  });
  expect(body.timestampToken.length).toBeGreaterThan(100);
  expect((await c1.director.post(`${path}/check`)).body).toMatchObject({
    deleted: true,
    links: 3,
    faults: [],
  });
});
