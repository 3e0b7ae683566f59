import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { s3Storage } from './s3.ts';

const key = '5b0a2f0e-27cf-4bd6-a6a0-74aeffcd9c1c/agreement/one.pdf';
let close: (() => void) | undefined;
afterEach(() => close?.());

/** A store that answers as told and remembers what it was asked. */
async function store(answer: (request: IncomingMessage) => number) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    request.resume().on('end', () => response.writeHead(answer(request)).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close = () => server.close();
  const options = {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}/`,
    bucket: 'court',
    region: 'cn-east-1',
    accessKeyId: 'id',
    secretAccessKey: 'never-sent',
    addressing: 'path' as const,
  };
  return { asked, options };
}

test('a write is conditional and signed over its bytes; the secret is not in it', async () => {
  const { asked, options } = await store(() => 200);
  await s3Storage(options).put(key, Buffer.from('one'));
  expect(asked[0]?.url).toBe(`/court/${key}`);
  expect(asked[0]?.headers).toMatchObject({
    'if-none-match': '*',
    'x-amz-content-sha256': '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/cn-east-1\/s3\/aws4_request, SignedHeaders=host;if-none-match;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(JSON.stringify(asked[0]?.rawHeaders)).not.toContain('never-sent');
});

test('a store that overwrites in spite of the condition is refused', async () => {
  const { options } = await store(() => 200);
  await expect(s3Storage(options).check()).rejects.toThrow('overwrites in spite of If-None-Match');
});

test('a refusal by the store throws with its status and leaves nothing believed', async () => {
  const { options } = await store(() => 403);
  const storage = s3Storage(options);
  await expect(storage.put(key, Buffer.from('one'))).rejects.toThrow('S3: the store refused to write (403)');
  await expect(storage.exists(key)).rejects.toThrow('(403)');
  await expect(storage.remove(key)).rejects.toThrow('(403)');
});
