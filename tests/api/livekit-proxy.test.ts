import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { livekitVideo } from '../../server/src/adapters/livekit/video.ts';
import { roomGrants } from '../../server/src/domain/room-grants.ts';
import { type LivekitProxy, livekitProxy } from '../../server/src/http/livekit-proxy.ts';
import { mayConnect } from '../../server/src/services/video/may-connect.ts';
import { openedSession } from '../factories/case.ts';
import { type TestApp, testApp } from '../setup/test-app.ts';

const secret = 's'.repeat(32);
const wrongSecret = 'w'.repeat(32);
const grants = roomGrants({
  seatKind: 'PARTY',
  stage: 'OPEN',
  removed: false,
  host: false,
  beingChecked: false,
});

let app: TestApp;
let c1: Awaited<ReturnType<typeof openedSession>>;
let proxy: LivekitProxy;
let front: Server;
let livekit: Server;
/** What the private video server was asked. */
let asked: { url: string; headers: IncomingMessage['headers'] }[] = [];
const sockets = new Set<Duplex>();

beforeAll(async () => {
  app = await testApp();
  c1 = await openedSession(app);
  livekit = createServer((req, res) => {
    asked.push({ url: req.url ?? '', headers: req.headers });
    res.end('success');
  });
  livekit.on('upgrade', (req, socket) => {
    asked.push({ url: req.url ?? '', headers: req.headers });
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  const port = await listen(livekit);
  proxy = livekitProxy(app.deps, { url: `ws://127.0.0.1:${port}`, key: 'key', secret });
  front = createServer((_req, res) => res.end('page'));
  front.on('upgrade', (req, socket, head) => {
    sockets.add(socket);
    if (!proxy.upgrade(req, socket, head)) socket.destroy();
  });
  await listen(front);
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  front.close();
  livekit.close();
  await app.stop();
});

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

const tokenOf = (room: string, identity: string, by = secret, ttlSeconds = 60) =>
  livekitVideo({ url: 'ws://unused', key: 'key', secret: by }).issueToken({
    room,
    identity,
    grants,
    ttlSeconds,
  });

type Opened = { status: number; socket: Duplex | null };

function open(path: string, headers: Record<string, string> = {}): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const upgrade = request({
      host: '127.0.0.1',
      port: (front.address() as AddressInfo).port,
      path,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        cookie: 'tongxi_party=secret',
        ...headers,
      },
    });
    upgrade.on('upgrade', (_answer, socket) => {
      sockets.add(socket);
      resolve({ status: 101, socket });
    });
    upgrade.on('response', (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, socket: null });
    });
    upgrade.on('error', reject);
    upgrade.end();
  });
}

const party = () => tokenOf(c1.room, c1.seats.party.identity);

test('a seat inside is let through, both ways, without our cookies', async () => {
  const { status, socket } = await open(`/rtc/v1?access_token=${await party()}&protocol=16`);
  expect(status).toBe(101);
  const echoed = new Promise<string>((resolve) => socket?.once('data', (data) => resolve(String(data))));
  socket?.write('hello');
  expect(await echoed).toBe('hello');
  expect(asked[0]?.url).toMatch(/^\/rtc\/v1\?protocol=16&access_token=/);
  expect(asked[0]?.headers.cookie).toBeUndefined();
  expect(asked[0]?.headers['sec-websocket-key']).toBeDefined();
});

test('no token, a forged, an expired one, another room, an unknown seat', async () => {
  expect((await open('/rtc')).status).toBe(401);
  const forged = await tokenOf(c1.room, c1.seats.party.identity, wrongSecret);
  expect((await open(`/rtc?access_token=${forged}`)).status).toBe(401);
  const expired = await tokenOf(c1.room, c1.seats.party.identity, secret, -120);
  expect((await open(`/rtc?access_token=${expired}`)).status).toBe(401);
  const elsewhere = await tokenOf('another-room', c1.seats.party.identity);
  expect((await open(`/rtc?access_token=${elsewhere}`)).status).toBe(403);
  const nobody = await tokenOf(c1.room, 'nobody');
  expect((await open(`/rtc?access_token=${nobody}`)).status).toBe(403);
  expect(asked).toEqual([]);
});

test('a second token beside the checked one never reaches LiveKit, in a header neither', async () => {
  const allowed = await party();
  const other = await tokenOf('another-room', 'somebody-else');
  await open(`/rtc?access_token=${allowed}&access_token=${other}`, { authorization: `Bearer ${other}` });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers.authorization).toBeUndefined();
  const sent = new URL(asked[0]?.url ?? '', 'http://local').searchParams.getAll('access_token');
  expect(sent).toEqual([allowed]);
});

test('only signalling is forwarded, however the path is written', async () => {
  const token = await party();
  for (const path of ['/twirp/livekit.RoomService/ListRooms', '/rtc/../twirp/x', '//evil/rtc', '/rtcx', '/'])
    await expect(open(`${path}?access_token=${token}`)).rejects.toThrow();
  expect((await proxy.validate(`/twirp/x/validate?access_token=${token}`)).status).toBe(404);
  expect(asked).toEqual([]);
});

test('the validation that clients ask after a failure says the same', async () => {
  expect(await proxy.validate(`/rtc/v1/validate?access_token=${await party()}`)).toEqual({
    status: 200,
    body: 'success',
  });
  const forged = await tokenOf(c1.room, c1.seats.party.identity, wrongSecret);
  expect((await proxy.validate(`/rtc/validate?access_token=${forged}`)).status).toBe(401);
  const elsewhere = await tokenOf('another-room', c1.seats.party.identity);
  expect((await proxy.validate(`/rtc/validate?access_token=${elsewhere}`)).status).toBe(403);
});

test('a removal cuts the open connection and one still being let in; the token stays dead', async () => {
  const token = await party();
  const { socket } = await open(`/rtc?access_token=${token}`);
  const closed = new Promise<void>((resolve) => socket?.once('close', () => resolve()));
  const entering = open(`/rtc?access_token=${token}`).catch(() => ({ status: 0, socket: null }));
  await new Promise((resolve) => front.once('upgrade', () => setTimeout(resolve, 1)));
  proxy.cut(c1.room, c1.seats.party.identity);
  await closed;
  const late = await entering;
  // Cut before LiveKit answered, or right after: never left open.
  if (late.socket && !late.socket.destroyed)
    await new Promise<void>((resolve) => late.socket?.once('close', () => resolve()));
  await c1.mediator.post(`/api/sessions/${c1.sessionId}/seats/${c1.seats.party.id}/remove`, {
    reason: '扰乱',
  });
  expect((await open(`/rtc?access_token=${token}`)).status).toBe(403);
  expect((await proxy.validate(`/rtc/validate?access_token=${token}`)).status).toBe(403);
});

test('whoever may no longer act is out of the room: a revoked link, a disabled colleague, a revoked device', async () => {
  const own = await openedSession(app);
  const may = (identity: string) => mayConnect(app.deps, own.room, identity);
  const removed = (identity: string) =>
    app.settle(() =>
      app.video.calls.some((call) => call.verb === 'removeParticipant' && call.identity === identity),
    );
  expect(await may(own.seats.party.identity)).toBe(true);
  const link = `/api/cases/${own.caseId}/parties/${own.zhou}/invitation`;
  await own.director.post(link);
  expect((await own.director.delete(link)).status).toBe(200);
  expect(await may(own.seats.party.identity)).toBe(false);
  await removed(own.seats.party.identity);

  const admin = await app.asStaff('wangmin');
  expect(await may(own.seats.mediator.identity)).toBe(true);
  const colleague = `/api/staff/${app.court.staff.zhaosuqin}`;
  expect((await admin.post(`${colleague}/disable`)).status).toBe(200);
  expect(await may(own.seats.mediator.identity)).toBe(false);
  await removed(own.seats.mediator.identity);
  expect((await admin.post(`${colleague}/enable`)).status).toBe(200);
  // Enabled again: the seat waits in the lobby like anybody's.
  expect(await may(own.seats.mediator.identity)).toBe(false);

  expect((await admin.delete(`/api/devices/${app.court.deviceId}`)).status).toBe(200);
  expect(await may(own.seats.station.identity)).toBe(false);
  await removed(own.seats.station.identity);
});
