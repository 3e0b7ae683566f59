import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ContentInfo, SignedData, TimeStampResp } from 'pkijs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copy, integer, membersOf, octets, oid, sequence } from '../../contract/der.ts';
import { builtInTsa } from './built-in-tsa.ts';
import { type BuiltInCa, openCa } from './open-ca.ts';
import { openSample, tsaOf } from './sample-agreement.fixture.ts';
import { type TimestampTransport, timestampClient, timestampOverHttp } from './timestamp-client.ts';
import { checkTimestampToken } from './timestamp-token.ts';

const DIGEST = new Uint8Array(32).fill(7);
let ca: BuiltInCa;
let tsa: TimestampTransport;
let close: () => Promise<void>;

beforeAll(async () => {
  const opened = await openSample();
  close = opened.close;
  ca = await openCa({ dir: opened.dir, passphrase: 'sample', demo: true });
  tsa = tsaOf(ca);
});
afterAll(() => close());

const client = (transport: TimestampTransport = tsa, maxTokenBytes = 2000) =>
  timestampClient({ transport, roots: [ca.timestampRoot], maxTokenBytes });
const unavailable = expect.objectContaining({ code: 'TIMESTAMP_UNAVAILABLE' });

describe('a token', () => {
  test('has the digest, real time in milliseconds and the authority', async () => {
    const before = Date.now();
    const token = await client().stamp(DIGEST);
    const facts = checkTimestampToken(token, { digest: DIGEST, roots: [ca.timestampRoot], now: new Date() });
    expect(facts?.time.getTime()).toBeGreaterThanOrEqual(before);
    expect(facts?.time.getTime()).toBeLessThanOrEqual(Date.now());
    expect(facts?.authority).toContain('内置时间戳');
  });

  test('is accepted by an independent implementation', async () => {
    const data = Buffer.from('text');
    const digest = createHash('sha256').update(data).digest();
    const token = ContentInfo.fromBER(copy(await client().stamp(digest)));
    const signed = new SignedData({ schema: token.content });
    const { signatureVerified } = await signed.verify({
      signer: 0,
      data: copy(data).buffer,
      extendedMode: true,
    });
    expect(signatureVerified).toBe(true);
  });

  test('does not hold for another digest, other roots, another nonce or when changed', async () => {
    const token = await client().stamp(DIGEST);
    const right = { digest: DIGEST, roots: [ca.timestampRoot], now: new Date() };
    expect(checkTimestampToken(token, right)).not.toBeNull();
    expect(checkTimestampToken(token, { ...right, digest: new Uint8Array(32) })).toBeNull();
    expect(checkTimestampToken(token, { ...right, roots: [ca.signerRoot] })).toBeNull();
    expect(checkTimestampToken(token, { ...right, nonce: '4a' })).toBeNull();
    expect(checkTimestampToken(new Uint8Array(), right)).toBeNull();
    for (let at = 0; at < token.length; at += 1) {
      const changed = Buffer.from(token);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(checkTimestampToken(changed, right), `offset ${at}`).toBeNull();
    }
  });
});

describe('the client', () => {
  test.each<[string, TimestampTransport]>([
    ['a rejection', async () => sequence(sequence(integer(2)))],
    ['garbage', async () => new Uint8Array(100)],
    ['no answer', () => Promise.reject(new Error('connection refused'))],
    ['a granted status without a token', async () => sequence(sequence(integer(0)))],
  ])('turns %s into TIMESTAMP_UNAVAILABLE', async (_, transport) => {
    await expect(client(transport).stamp(DIGEST)).rejects.toEqual(unavailable);
  });

  test('refuses an old answer, an answer to another request and one that is too long', async () => {
    let first: Uint8Array | undefined;
    const replay: TimestampTransport = async (request) => {
      first ??= await tsa(request);
      return first;
    };
    const replaying = client(replay);
    await replaying.stamp(DIGEST);
    await expect(replaying.stamp(DIGEST)).rejects.toEqual(unavailable);
    const other = sequence(
      integer(1),
      sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(new Uint8Array(32))),
    );
    await expect(client(() => tsa(other)).stamp(DIGEST)).rejects.toEqual(unavailable);
    await expect(client(tsa, 500).stamp(DIGEST)).rejects.toEqual(unavailable);
  });

  test('refuses an authority without the purpose, though its certificate is ours', async () => {
    const seal = await ca.platformSigner({ courtId: '1', courtName: '某法院' });
    const impostor = timestampClient({
      transport: builtInTsa(seal),
      roots: [ca.signerRoot],
      maxTokenBytes: 4000,
    });
    await expect(impostor.stamp(DIGEST)).rejects.toEqual(unavailable);
  });
});

describe('the authority', () => {
  test.each([
    ['SHA-1', sequence(integer(1), sequence(sequence(oid('1.3.14.3.2.26')), octets(new Uint8Array(20))))],
    [
      'a short digest',
      sequence(integer(1), sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(new Uint8Array(20)))),
    ],
    ['garbage', new Uint8Array(10)],
  ])('rejects %s', async (_, request) => {
    const answer = TimeStampResp.fromBER(copy(await tsa(request)));
    expect(answer.status.status).toBe(2);
    expect(answer.timeStampToken).toBeUndefined();
  });

  test('leaves its certificate out unless asked', async () => {
    const request = sequence(integer(1), sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(DIGEST)));
    const token = membersOf(await tsa(request))[1]?.raw ?? new Uint8Array();
    const signed = new SignedData({ schema: ContentInfo.fromBER(copy(token)).content });
    expect(signed.certificates ?? []).toEqual([]);
  });
});

test('over HTTP: the same client, with limits on time, size and kind of answer', async () => {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const reply = { 'content-type': 'application/timestamp-reply' };
    if (request.url === '/slow') return;
    if (request.url === '/html') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (request.url === '/moved') response.writeHead(302, { location: '/ok' }).end();
    else if (request.url === '/big') response.writeHead(200, reply).end(Buffer.alloc(100_000));
    else if (request.url === '/ok') response.writeHead(200, reply).end(await tsa(Buffer.concat(parts)));
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const at = (path: string) => client(timestampOverHttp(`http://127.0.0.1:${port}${path}`, 300));
  expect((await at('/ok').stamp(DIGEST)).length).toBeGreaterThan(900);
  for (const path of ['/slow', '/html', '/moved', '/big', '/error']) {
    await expect(at(path).stamp(DIGEST)).rejects.toEqual(unavailable);
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
