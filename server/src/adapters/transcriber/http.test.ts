import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { httpTranscriber } from './http.ts';

test('the recogniser gets sound, language and token, nothing else; only a plain line of text is taken from it', async () => {
  const got: { url: string; headers: Record<string, unknown>; body: Buffer }[] = [];
  let reply = { status: 200, body: JSON.stringify({ text: ' 去年十月\u0000起\n漏水。 ' }) };
  const recogniser = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    got.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) });
    response.writeHead(reply.status, { location: '/elsewhere' }).end(reply.body);
  });
  recogniser.listen(0, '127.0.0.1');
  await once(recogniser, 'listening');
  const url = `http://127.0.0.1:${(recogniser.address() as AddressInfo).port}/asr?model=court`;
  const wav = new Uint8Array([82, 73, 70, 70, 0, 255]);
  const ask = (token: string | null = 'secret') =>
    httpTranscriber({ url, token }).transcribe({ wav, language: 'wuu' });
  expect(await ask()).toBe('去年十月 起 漏水。');
  expect(got[0]).toMatchObject({
    url: '/asr?model=court&language=wuu',
    headers: { 'content-type': 'audio/wav', authorization: 'Bearer secret' },
  });
  expect([...(got[0]?.body ?? [])]).toEqual([...wav]);
  await ask(null);
  expect(got[1]?.headers.authorization).toBeUndefined();
  for (const [status, body, said] of [
    [500, '', '500'],
    [302, '', 'fetch failed'],
    [200, '漏水 is no JSON', 'no JSON'],
    [200, '{"text":7}', 'no text'],
    [200, JSON.stringify({ text: 'x'.repeat(70_000) }), 'too much'],
  ] as const) {
    reply = { status, body };
    await expect(ask(), said).rejects.toThrow(said);
  }
  reply = { status: 200, body: JSON.stringify({ text: `${'x'.repeat(1999)}𠮷𠮷` }) };
  expect((await ask()).isWellFormed()).toBe(true);
  recogniser.close();
});
