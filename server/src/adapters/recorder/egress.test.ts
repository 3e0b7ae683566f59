import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EgressInfo, EgressStatus, TokenVerifier, WebEgressRequest } from 'livekit-server-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { egressRecorder } from './egress.ts';

const courtId = '0190c0aa-0000-7000-8000-000000000001';
const partId = '0190c0aa-0000-7000-8000-000000000002';
const keys = { key: 'devkey', secret: 'a-secret-of-at-least-thirty-two-bytes' };

/** LiveKit's Egress service and a bucket in one, as far as the adapter speaks with them. */
const asked: { path: string; body: Buffer; auth: string }[] = [];
const bucket = new Map<string, string>();
let status = EgressStatus.EGRESS_ACTIVE;
let segments = 0;
let known = true;
let server: Server;
let recorder: ReturnType<typeof egressRecorder>;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const info = () =>
  new EgressInfo({
    egressId: 'EG_1',
    status,
    segmentResults: [{ segmentCount: BigInt(segments) }],
  });

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const json = (code: number, body: unknown) => {
      response.writeHead(code, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (path.startsWith('/twirp/livekit.Egress/')) {
      asked.push({ path, body: await bodyOf(request), auth: request.headers.authorization ?? '' });
      if (path.endsWith('/ListEgress')) return json(200, { items: known ? [info().toJson()] : [] });
      if (path.endsWith('/StopEgress') && status === EgressStatus.EGRESS_COMPLETE)
        return json(412, {
          code: 'failed_precondition',
          msg: 'egress with status EGRESS_COMPLETE cannot be stopped',
        });
      return json(200, info().toJson());
    }
    const key = path.replace(/^\/records\//, '');
    if (request.method === 'DELETE') {
      bucket.delete(key);
      response.writeHead(204).end();
    } else if (bucket.has(key)) response.writeHead(200).end(bucket.get(key));
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  recorder = egressRecorder({
    livekit: { url: url.replace('http', 'ws'), ...keys },
    bucket: {
      endpoint: url,
      bucket: 'records',
      region: 'us-east-1',
      accessKeyId: 'a',
      secretAccessKey: 'b',
      addressing: 'path',
    },
  });
});
afterAll(() => void server.close());
beforeEach(() => {
  asked.length = 0;
  bucket.clear();
  status = EgressStatus.EGRESS_ACTIVE;
  segments = 0;
  known = true;
});

test('starts web egress of the layout page with its ticket, segments into the bucket, by a token that may record', async () => {
  const started = await recorder.start({
    courtId,
    recordingId: courtId,
    partId,
    layoutUrl: 'https://mediation.example/recorder#court.secret',
  });
  expect(started).toEqual({ handle: 'EG_1' });
  const [call] = asked;
  const request = WebEgressRequest.fromJsonString(call?.body.toString() ?? '');
  expect(call?.path).toBe('/twirp/livekit.Egress/StartWebEgress');
  expect(request.url).toBe('https://mediation.example/recorder?mode=egress#court.secret');
  expect(request.awaitStartSignal).toBe(true);
  expect(request.segmentOutputs[0]?.filenamePrefix).toBe(`${courtId}/egress/${partId}`);
  expect(request.segmentOutputs[0]?.output.case).toBe('s3');
  const claims = await new TokenVerifier(keys.key, keys.secret).verify(call?.auth.slice(7) ?? '');
  expect(claims.video).toMatchObject({ roomRecord: true });
});

test('every status of Egress either goes on or is over; what it does not know is over', async () => {
  const alive: string[] = [];
  for (const [name, value] of Object.entries(EgressStatus).filter(([, v]) => typeof v === 'number')) {
    status = value as EgressStatus;
    if (await recorder.alive('EG_1')) alive.push(name);
  }
  expect(alive.sort()).toEqual(['EGRESS_ACTIVE', 'EGRESS_ENDING', 'EGRESS_STARTING']);
  known = false;
  expect(await recorder.alive('EG_1')).toBe(false);
});

test('fetches new segments in order, and removes them from the bucket once they are kept', async () => {
  segments = 3;
  for (const n of [0, 1, 2]) bucket.set(`${courtId}/egress/${partId}_0000${n}.ts`, `segment ${n}`);
  const collected = await recorder.collect?.({ courtId, partId }, 'EG_1', 1);
  expect(collected?.pieces.map((piece) => Buffer.from(piece).toString())).toEqual(['segment 1', 'segment 2']);
  expect(collected?.complete).toBe(false);
  expect(bucket.size).toBe(3);
  await collected?.forget();
  // The first too: a process killed after keeping it could not remove it.
  expect([...bucket.keys()]).toEqual([]);
  status = EgressStatus.EGRESS_FAILED;
  expect((await recorder.collect?.({ courtId, partId }, 'EG_1', 3))?.complete).toBe(true);
});

test('what comes after a part was given up is removed unread, until Egress is over', async () => {
  const givenUp = '0190c0aa-0000-7000-8000-000000000003';
  segments = 2;
  for (const n of [0, 1, 2]) bucket.set(`${courtId}/egress/${givenUp}_0000${n}.ts`, `segment ${n}`);
  const order = { courtId, partId: givenUp };
  expect(await recorder.discard?.(order, 'EG_1')).toBe(false);
  expect([...bucket.keys()]).toEqual([]);
  // The last one, as long as it took to upload.
  bucket.set(`${courtId}/egress/${givenUp}_00003.ts`, 'segment 3');
  segments = 4;
  status = EgressStatus.EGRESS_COMPLETE;
  expect(await recorder.discard?.(order, 'EG_1')).toBe(true);
  expect([...bucket.keys()]).toEqual([]);
});

test('stopping what is over already is fine; any other refusal is not', async () => {
  await recorder.stop('EG_1');
  expect(JSON.parse(asked[0]?.body.toString() ?? '')).toMatchObject({ egressId: 'EG_1' });
  status = EgressStatus.EGRESS_COMPLETE;
  await recorder.stop('EG_1');
  const away = egressRecorder({
    livekit: { url: 'ws://127.0.0.1:9', ...keys },
    bucket: {
      endpoint: 'http://127.0.0.1:9',
      bucket: 'records',
      region: 'r',
      accessKeyId: 'a',
      secretAccessKey: 'b',
      addressing: 'path',
    },
  });
  await expect(away.stop('EG_1')).rejects.toThrow();
});
