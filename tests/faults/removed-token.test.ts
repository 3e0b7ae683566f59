import { createRequire } from 'node:module';
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inCourt } from '../../server/src/services/transact.ts';
import { openSession } from '../factories/case.ts';
import { createCourt, type SeededCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { serviceClients } from '../setup/service-clients.ts';

const fromServer = createRequire(new URL('../../server/package.json', import.meta.url));
const fromSdk = createRequire(fromServer.resolve('livekit-server-sdk'));
const { SignalResponse } = fromSdk('@livekit/protocol') as {
  SignalResponse: { fromBinary(bytes: Uint8Array): { message: { case: string; value: unknown } } };
};

let app: Awaited<ReturnType<typeof runApp>>;
let court: SeededCourt;
let c1: Awaited<ReturnType<typeof openSession>>;
const rooms: Room[] = [];
beforeAll(async () => {
  app = await runApp();
  court = await createCourt(app.deps, { suffix: '-removed', passwordHash: 'none' });
  c1 = await openSession(serviceClients(app, court));
}, 120_000);
afterAll(async () => {
  for (const room of rooms) await room.disconnect().catch(() => undefined);
  await dispose();
  await app?.stop();
});

const signalling = () => app.url.replace(/^http/, 'ws');
async function connect(token: string): Promise<Room> {
  const room = new Room();
  rooms.push(room);
  await room.connect(signalling(), token, { autoSubscribe: true, dynacast: false });
  return room;
}

/** The token that the video server itself pushes to a connected client, read off the signalling as a browser gets it. */
async function refreshedToken(token: string): Promise<{ token: string; closed: Promise<number> }> {
  const socket = new WebSocket(`${signalling()}/rtc?access_token=${token}&protocol=16&auto_subscribe=1`);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<number>((done) => socket.addEventListener('close', ({ code }) => done(code)));
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('no signalling')));
    socket.addEventListener('message', ({ data }) => {
      const { message } = SignalResponse.fromBinary(new Uint8Array(data as ArrayBuffer));
      if (message.case === 'refreshToken') resolve({ token: String(message.value), closed });
    });
  });
}

const refusals = () =>
  inCourt(app.deps.db, court.courtId, (tx) =>
    tx.auditEvent.findMany({ where: { action: 'refused:SIGNALLING' }, orderBy: { seq: 'asc' } }),
  );
const people = async () => (await app.deps.video.listParticipants(c1.room)).map((p) => p.identity);

test('a removed person’s socket is cut, and the token that the video server refreshed does not let them back', async () => {
  const answer = await c1.zhouPhone.post<{ token: string }>(`/api/sessions/${c1.sessionId}/token`);
  const { token, closed } = await refreshedToken(answer.body.token);
  expect(token).not.toBe(answer.body.token);
  expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).exp).toBeGreaterThan(
    Date.now() / 1000 + 300,
  );
  const at = `/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}`;
  expect((await c1.mediator.post(`${at}/remove`, { reason: '扰乱秩序' })).status).toBe(200);
  await closed;
  await vi.waitFor(async () => expect(await people()).not.toContain(c1.seats.party.identity), 15_000);
  await expect(connect(token)).rejects.toThrow();
  expect(await people()).not.toContain(c1.seats.party.identity);
  const [row] = await refusals();
  expect(row?.data).toMatchObject({ removed: true, room: c1.room });
  const again = await c1.zhouPhone.post(`/api/sessions/${c1.sessionId}/token`);
  expect(again.body.code).toBe('REMOVED_FROM_SESSION');
});

test('after the session the room is gone, and an old token does not build it anew', async () => {
  const answer = await c1.director.post<{ token: string }>(`/api/sessions/${c1.sessionId}/token`);
  const room = await connect(answer.body.token);
  const out = new Promise<void>((done) => room.once(RoomEvent.Disconnected, () => done()));
  const ended = await c1.mediator.post(`/api/sessions/${c1.sessionId}/end`, {
    result: 'TO_CONTINUE',
    reason: '',
  });
  expect(ended.status).toBe(200);
  await out;
  await vi.waitFor(async () => expect(await app.deps.video.listRooms()).not.toContain(c1.room), 15_000);
  await expect(connect(answer.body.token)).rejects.toThrow();
  expect(await app.deps.video.listRooms()).not.toContain(c1.room);
});
