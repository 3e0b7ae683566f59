import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { voiceWebhook } from './webhook.ts';

test('the gateway gets number, station and id, signed over the raw body; a refusal is an error', async () => {
  const got: { body: string; signature: unknown }[] = [];
  let status = 202;
  const gateway = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    got.push({ body: Buffer.concat(chunks).toString(), signature: request.headers['x-tongxi-signature'] });
    response.writeHead(status).end();
  });
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/call`;
  const voice = voiceWebhook({ url, secret: 's'.repeat(32) });
  const call = { to: '13900000003', station: '禾岸村共享法庭', phone: '0574-1', idempotencyKey: 'k1' };
  await voice.call(call);
  const signature = createHmac('sha256', 's'.repeat(32))
    .update(got[0]?.body ?? '')
    .digest('hex');
  expect(got[0]?.signature).toBe(`sha256=${signature}`);
  expect(JSON.parse(got[0]?.body ?? '')).toEqual({
    to: '13900000003',
    station: '禾岸村共享法庭',
    phone: '0574-1',
    id: 'k1',
  });
  status = 500;
  await expect(voice.call(call)).rejects.toThrow('500');
  gateway.close();
});
