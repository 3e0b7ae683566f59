import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltInCa, openCa } from './open-ca.ts';
import { openSigning } from './open-signing.ts';
import { openSample, signSample, tsaOf } from './sample-agreement.fixture.ts';
import {
  type TimestampClient,
  type TimestampTransport,
  timestampClient,
  timestampOverHttp,
} from './timestamp-client.ts';
import { timestampSources } from './timestamp-sources.ts';
import { checkTimestampToken } from './timestamp-token.ts';

const DIGEST = new Uint8Array(32).fill(9);
const REPLY = { 'content-type': 'application/timestamp-reply' };
let ca: BuiltInCa;
let tsa: TimestampTransport;
let close: () => Promise<void>;
const servers: Server[] = [];

beforeAll(async () => {
  const opened = await openSample();
  close = opened.close;
  ca = await openCa({ dir: opened.dir, passphrase: 'sample', demo: true });
  tsa = tsaOf(ca);
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => close());

/** A real RFC 3161 server on loopback; `work` may answer badly. `asked` counts its requests. */
async function authority(work: (request: Uint8Array) => Promise<Uint8Array | number | null>) {
  const facts = { asked: 0, url: '' };
  const server = createServer(async (request, response) => {
    facts.asked += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const answer = await work(Buffer.concat(parts));
    if (answer === null) return;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200, REPLY).end(answer);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  facts.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return facts;
}

const clientOf = (url: string): TimestampClient =>
  timestampClient({ transport: timestampOverHttp(url, 200), roots: [ca.timestampRoot], maxTokenBytes: 4000 });
const code = (value: string, reason?: string) =>
  expect.objectContaining({ code: value, ...(reason ? { details: { reason } } : {}) });

/** Says times that are this much off. */
const shifted = (client: TimestampClient, ms: () => number): TimestampClient => ({
  ...client,
  async ask(digest) {
    const answer = await client.ask(digest);
    return { ...answer, time: new Date(answer.time.getTime() + ms()) };
  },
});

describe('over HTTP', () => {
  test('a good authority stamps; the other one is asked once, to compare', async () => {
    const [first, second] = [await authority(tsa), await authority(tsa)];
    const sources = timestampSources({ clients: [clientOf(first.url), clientOf(second.url)] });
    for (let n = 0; n < 3; n += 1) {
      const token = await sources.stamp(DIGEST);
      const right = { digest: DIGEST, roots: [ca.timestampRoot], now: new Date() };
      expect(checkTimestampToken(token, right)).not.toBeNull();
    }
    expect([first.asked, second.asked]).toEqual([4, 1]);
  });

  let replay: Uint8Array | null = null;
  const impostor = async (request: Uint8Array) => {
    const { builtInTsa } = await import('./built-in-tsa.ts');
    return builtInTsa(await ca.platformSigner({ courtId: '1', courtName: '某法院' }))(request);
  };
  test.each<[string, (request: Uint8Array) => Promise<Uint8Array | number | null>]>([
    [
      'replays an old token',
      async (request) => {
        replay ??= await tsa(request);
        return replay;
      },
    ],
    // The nonce stands in front of the last three octets, which ask for the certificate.
    ['answers another nonce', (request) => tsa(change(request, request.length - 5))],
    ['stamps another digest', (request) => tsa(change(request, 40))],
    ['answers 500', async () => 500],
    ['does not answer in time', async () => null],
    ['uses a key of another purpose', impostor],
  ])('one that %s is asked twice, then the second source stamps; alone it gives nothing', async (_, work) => {
    replay = await tsa(await requestBytes());
    const [bad, good] = [await authority(work), await authority(tsa)];
    await timestampSources({ clients: [clientOf(bad.url), clientOf(good.url)] }).stamp(DIGEST);
    expect(bad.asked).toBe(3);
    await expect(timestampSources({ clients: [clientOf(bad.url)] }).stamp(DIGEST)).rejects.toEqual(
      code('TIMESTAMP_UNAVAILABLE'),
    );
  });
});

/** A request of its own, so that a replayed answer belongs to somebody else's question. */
async function requestBytes(): Promise<Uint8Array> {
  let seen: Uint8Array = new Uint8Array();
  await timestampClient({
    transport: async (request) => {
      seen = request;
      return tsa(request);
    },
    roots: [ca.timestampRoot],
    maxTokenBytes: 4000,
  }).stamp(DIGEST);
  return seen;
}

function change(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe('signing stops', () => {
  const inProcess = () => timestampClient({ transport: tsa, roots: [ca.timestampRoot], maxTokenBytes: 4000 });

  test('when two sources differ by more than two seconds, and goes on when they agree again', async () => {
    let off = 0;
    const clients = [inProcess(), shifted(inProcess(), () => off)];
    await timestampSources({ clients }).stamp(DIGEST);
    off = -2500;
    await expect(timestampSources({ clients }).stamp(DIGEST)).rejects.toEqual(
      code('TIME_UNTRUSTED', 'sources-differ'),
    );
    off = 1500;
    await timestampSources({ clients }).stamp(DIGEST);
  });

  test('when this machine is more than two seconds off its only source', async () => {
    const sources = timestampSources({ clients: [shifted(inProcess(), () => 5000)] });
    await expect(sources.stamp(DIGEST)).rejects.toEqual(code('TIME_UNTRUSTED', 'clock-off'));
  });

  test('when the system says that its clock follows no time service', async () => {
    const at = (state: 'unsynchronised' | 'unknown') =>
      timestampSources({ clients: [inProcess()], clock: async () => state }).stamp(DIGEST);
    await expect(at('unsynchronised')).rejects.toEqual(code('TIME_UNTRUSTED', 'clock-unsynchronised'));
    await at('unknown');
  });

  test('when a token predates the last one, also the last one before a restart', async () => {
    let off = 0;
    const sources = timestampSources({ clients: [shifted(inProcess(), () => off)] });
    await sources.stamp(DIGEST);
    off = -1800;
    await expect(sources.stamp(DIGEST)).rejects.toEqual(code('TIME_UNTRUSTED', 'predates-last'));
    const lastToken = new Date(Date.now() + 60_000);
    await expect(timestampSources({ clients: [inProcess()], lastToken }).stamp(DIGEST)).rejects.toEqual(
      code('TIME_UNTRUSTED', 'predates-last'),
    );
  });
});

test('a whole agreement is signed and sealed by an external authority, and says whose time it is', async () => {
  const good = await authority(tsa);
  const sample = await openSample({
    timestampAuthorities: { urls: [good.url], roots: [ca.timestampRoot] },
    // The sample's own lists stand for those that an external authority serves.
    externalLists: async () => [await ca.rootList('timestamp')],
  });
  const { pdf } = await signSample(sample.kit);
  const report = await sample.kit.verify(pdf);
  expect(report.verdict).toBe('genuine');
  // The authority's root is a built-in one of another installation here, so time is not called external.
  expect(report.vouching).toEqual({ identity: 'DEMO', time: 'INSTALLATION', provider: null });
  expect(good.asked).toBeGreaterThan(6);
  await sample.close();
});

test('what the built-in authority stamped holds after another one was named, and before it is asked', async () => {
  const sample = await openSample();
  const { pdf } = await signSample(sample.kit);
  const stamp = await sample.kit.stampDigest(DIGEST);
  const later = await openSigning({
    dir: sample.dir,
    passphrase: 'sample',
    demo: true,
    timestampAuthorities: { urls: ['http://127.0.0.1:9/'], roots: [ca.timestampRoot] },
  });
  expect((await later.verify(pdf)).verdict).toBe('genuine');
  expect(later.readStamp(stamp.token, DIGEST)?.time).toEqual(stamp.time);
  await sample.close();
});
