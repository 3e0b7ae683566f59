import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpTranscriber } from '../../server/src/adapters/transcriber/http.ts';
import type { RecordView } from '../../server/src/contract/record.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { openDrafts } from '../../server/src/services/transcription/drafts.ts';
import { wavOf } from '../../web/src/features/transcription/wav.ts';
import { openedSession } from '../factories/case.ts';
import { type Client, type TestApp, testApp } from '../setup/test-app.ts';

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
let recogniser: Server;
/** What our own recogniser hears, and what it answers to each piece. */
const heard: { language: string | null; bytes: number; headers: string }[] = [];
let reply = (): { status: number; text: string } => ({ status: 200, text: '去年十月起漏水。' });
beforeAll(async () => {
  recogniser = createServer(async (request, response) => {
    let bytes = 0;
    for await (const piece of request) bytes += (piece as Buffer).length;
    const { searchParams } = new URL(request.url ?? '', 'http://x');
    heard.push({
      language: searchParams.get('language'),
      bytes,
      headers: JSON.stringify(request.rawHeaders),
    });
    const { status, text } = reply();
    response.writeHead(status).end(JSON.stringify({ text }));
  });
  recogniser.listen(0, '127.0.0.1');
  await once(recogniser, 'listening');
  app = await testApp();
  c1 = await openedSession(app);
});
afterAll(async () => {
  recogniser.close();
  await app.stop();
});

type Drafts = {
  state: string;
  hurdle: string | null;
  missing: string[];
  trouble: boolean;
  lines: { id: string; at: string; speaker: string; text: string }[];
};
const session = () => `/api/sessions/${c1.sessionId}`;
const at = () => `${session()}/transcription`;
const drafts = async (client = c1.mediator) => (await client.get<Drafts>(at())).body;
const stateFor = async (client: Client) =>
  (await client.get<{ transcription: string | null }>(session())).body.transcription;
const piece = wavOf(Float32Array.from({ length: 32_000 }, (_, i) => Math.sin(i / 8) / 2));
const send = async (client: Client, body: Uint8Array<ArrayBuffer> = piece, type = 'audio/wav') => {
  const answer = await client.raw(`${at()}/sound`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: answer.status, ...((await answer.json()) as { code?: string }) };
};
const consent = (agreed: boolean) =>
  c1.zhouPhone.post(`/api/cases/${c1.caseId}/parties/${c1.zhou}/consents`, {
    answers: [{ item: 'RECORDING', agreed }],
  });
const start = (client = c1.mediator) => client.post<{ code: string }>(`${at()}/start`, { language: 'wuu' });

test('without a recogniser nothing of it is there; with one it is off until whoever writes the record begins', async () => {
  expect(await stateFor(c1.zhouPhone)).toBeNull();
  expect((await c1.mediator.get(at())).status).toBe(404);
  expect((await send(c1.zhouPhone)).status).toBe(404);
  const url = `http://127.0.0.1:${(recogniser.address() as AddressInfo).port}/asr`;
  app.deps.transcription = { transcriber: httpTranscriber({ url, token: null }), drafts: openDrafts() };
  expect(await stateFor(c1.zhouPhone)).toBe('OFF');
  expect((await send(c1.zhouPhone)).code).toBe('CONFLICT');
  expect((await start(c1.zhouPhone)).status).toBe(401);
  await consent(false);
  expect((await start()).body).toMatchObject({
    code: 'CONSENT_MISSING',
    details: { name: '周建波', item: 'RECORDING' },
  });
  expect(await drafts()).toMatchObject({ state: 'OFF', hurdle: 'CONSENT', missing: ['周建波'] });
  expect(heard).toEqual([]);
  await consent(true);
  expect((await start()).status).toBe(200);
  expect([await stateFor(c1.zhouPhone), await stateFor(c1.mediator)]).toEqual(['ON', 'ON']);
});

test('a piece of the own microphone becomes a draft by name and time, seen by none but who writes the record', async () => {
  expect(await send(c1.zhouPhone)).toMatchObject({ status: 200 });
  expect(heard).toMatchObject([{ language: 'wuu', bytes: piece.length }]);
  expect(heard[0]?.headers).not.toMatch(new RegExp(`${c1.sessionId}|${c1.caseId}|tongxi_party`));
  expect((await drafts()).lines).toMatchObject([{ speaker: '周建波', text: '去年十月起漏水。' }]);
  expect((await c1.zhouPhone.get(at())).status).toBe(401);
  const record = async (client: Client) =>
    JSON.stringify((await client.get(`${session()}/records/TALKS`)).body);
  for (const client of [c1.zhouPhone, c1.mediator]) expect(await record(client)).not.toContain('漏水');
  // Only plain sound of ten seconds at most goes on to the recogniser.
  expect((await send(c1.zhouPhone, new Uint8Array(400_000))).code).toBe('TOO_LARGE');
  expect((await send(c1.zhouPhone, new Uint8Array(4000))).code).toBe('BAD_REQUEST');
  expect((await send(c1.zhouPhone, piece, 'application/octet-stream')).code).toBe('BAD_REQUEST');
  expect((await send(app.anonymous)).status).toBe(401);
  expect(heard).toHaveLength(1);
});

test('taken over it is a line with the time at which it was said; thrown away it is nowhere', async () => {
  reply = () => ({ status: 200, text: '不要这一句' });
  await send(c1.zhouPhone);
  const [first, second] = (await drafts()).lines;
  const line = { speaker: '周建波', text: '去年十月起漏水。', drafts: [first?.id ?? ''] };
  expect((await c1.zhouPhone.delete(`${at()}/drafts/${second?.id}`)).status).toBe(401);
  expect((await c1.mediator.post(`${session()}/lines`, line)).status).toBe(200);
  expect((await c1.mediator.delete(`${at()}/drafts/${second?.id}`)).status).toBe(200);
  expect((await c1.mediator.delete(`${at()}/drafts/${second?.id}`)).status).toBe(404);
  expect((await drafts()).lines).toEqual([]);
  const view = (await c1.mediator.get<RecordView>(`${session()}/records/TALKS`)).body;
  expect(view.lines.find((one) => one.kind === 'SAID')).toMatchObject({ at: first?.at, text: line.text });
});

test('nothing is heard in a pause, without somebody’s consent, or of a silenced seat; a talk that just ended counts', async () => {
  const count = heard.length;
  await c1.mediator.post(`${session()}/pause`, { reason: '休息' });
  expect([await stateFor(c1.zhouPhone), (await send(c1.zhouPhone)).code]).toEqual([
    'HELD',
    'SESSION_NOT_OPEN',
  ]);
  await c1.mediator.post(`${session()}/resume`);
  await consent(false);
  expect([await stateFor(c1.mediator), (await send(c1.mediator)).code]).toEqual(['HELD', 'CONSENT_MISSING']);
  await consent(true);
  const database = <T>(work: Parameters<typeof inCourt<T>>[2]) =>
    inCourt(app.deps.db, app.court.courtId, work);
  const silence = (micMutedByHost: boolean) =>
    database((tx) => tx.seat.update({ where: { id: c1.seats.party.id }, data: { micMutedByHost } }));
  await silence(true);
  expect((await send(c1.zhouPhone)).code).toBe('CONFLICT');
  await silence(false);
  const talk = await database(async (tx) => {
    const by = await tx.session.findUniqueOrThrow({ where: { id: c1.sessionId }, include: { seats: true } });
    const byId = by.seats.find((seat) => seat.kind === 'MEDIATOR')?.staffUserId ?? '';
    const { courtId, id } = by;
    return tx.caucus.create({
      data: {
        courtId,
        sessionId: id,
        byId,
        room: `t${id}`,
        status: 'OPEN',
        members: {},
        startedAt: new Date(),
      },
    });
  });
  expect((await send(c1.zhouPhone)).code).toBe('CAUCUS_RUNNING');
  const ended = (ago: number) =>
    database((tx) =>
      tx.caucus.update({
        where: { id: talk.id },
        data: { status: 'ENDED', endedAt: new Date(Date.now() - ago) },
      }),
    );
  await ended(1000);
  expect((await send(c1.zhouPhone)).code).toBe('CAUCUS_RUNNING');
  await ended(60_000);
  expect(heard).toHaveLength(count);
  // Withdrawn while the recogniser listens: what it answers then is not kept.
  const before = (await drafts()).lines.length;
  const transcription = app.deps.transcription;
  const own = transcription?.transcriber;
  if (!transcription || !own) throw new Error('no recogniser');
  transcription.transcriber = {
    async transcribe(sound) {
      const text = await own.transcribe(sound);
      await consent(false);
      return text;
    },
  };
  expect((await send(c1.zhouPhone)).code).toBe('CONSENT_MISSING');
  transcription.transcriber = own;
  await consent(true);
  expect((await drafts()).lines).toHaveLength(before);
});

test('a recogniser that fails is said to the recorder; read out, nothing that was only heard is left, in no row either', async () => {
  reply = () => ({ status: 500, text: '' });
  expect((await send(c1.zhouPhone)).code).toBe('UNAVAILABLE');
  expect((await drafts()).trouble).toBe(true);
  reply = () => ({ status: 200, text: '只是听到的一句' });
  await send(c1.zhouPhone);
  expect(await drafts()).toMatchObject({ trouble: false, lines: [{ text: '只是听到的一句' }] });
  const read = await c1.mediator.post(`${session()}/record/read-out`, {
    language: '宁波话',
    reader: '方慧',
    result: 'AGREED',
  });
  expect(read.status).toBe(200);
  expect(await drafts()).toMatchObject({ state: 'OFF', lines: [] });
  expect((await start()).body.code).toBe('ILLEGAL_TRANSITION');
  expect((await send(c1.zhouPhone)).code).toBe('CONFLICT');
  const audited = await inCourt(app.deps.db, app.court.courtId, (tx) =>
    tx.auditEvent.findMany({ select: { action: true, data: true } }),
  );
  expect(audited.some(({ action }) => action === 'transcribe')).toBe(true);
  const lines = await inCourt(app.deps.db, app.court.courtId, (tx) => tx.recordLine.findMany());
  expect(JSON.stringify([audited, lines])).not.toMatch(/只是听到|不要这一句/);
});
