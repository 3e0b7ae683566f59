import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { knownPushHosts } from '../../config.ts';
import { encryptMessage } from './encrypt-message.ts';
import { webPush } from './web-push.ts';

const url = (text: string) => Buffer.from(text, 'base64url');

test('a message is encrypted exactly as RFC 8291 appendix A shows', () => {
  const sealed = encryptMessage(
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    { salt: url('DGv6ra1nlYgDCS1FRnbzlw'), privateKey: url('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw') },
  );
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

const got: { auth: string; headers: Record<string, unknown> }[] = [];
let status = 201;
const service = createServer((request, response) => {
  got.push({ auth: request.headers.authorization ?? '', headers: request.headers });
  request.resume();
  response.writeHead(status).end();
});
await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
afterAll(() => service.close());
const endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/push/1`;
const target = {
  endpoint,
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const config = { key, subject: 'https://court.example', hosts: knownPushHosts };
const message = { title: 't', body: 'b', url: '/' };

test('the service is told who sends by a signed token for it alone; a dead subscription is told as gone', async () => {
  const push = webPush({ ...config, loopback: true });
  expect(await push.send(target, message)).toBe('sent');
  const [, jwt = '', k] = /^vapid t=([^,]+), k=(.+)$/.exec(got[0]?.auth ?? '') ?? [];
  expect(k).toBe(push.publicKey);
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  expect(JSON.parse(url(claims).toString())).toMatchObject({
    aud: new URL(endpoint).origin,
    sub: 'https://court.example',
  });
  const point = url(push.publicKey);
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, url(signature))).toBe(true);
  expect(got[0]?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' });
  status = 410;
  expect(await push.send(target, message)).toBe('gone');
  // A request that is refused for good is not tried again; our own key or clock, haste and an outage are.
  for (status of [400, 413]) expect(await push.send(target, message)).toBe('gone');
  for (status of [401, 403, 408, 429, 503])
    await expect(push.send(target, message)).rejects.toThrow(String(status));
});

test('nothing is sent to a host that is no known push service', async () => {
  const push = webPush(config);
  const before = got.length;
  expect(await push.send(target, message)).toBe('gone');
  expect(got.length).toBe(before);
  expect(push.accepts('https://fcm.googleapis.com/fcm/send/abc')).toBe(true);
  expect(push.accepts('https://web.push.apple.com/abc')).toBe(true);
  for (const wrong of [
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://push.apple.com.evil.example/x',
    'https://10.0.0.1/x',
    'no address',
  ])
    expect(push.accepts(wrong)).toBe(false);
});
