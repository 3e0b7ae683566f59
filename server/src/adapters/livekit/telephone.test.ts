import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenVerifier } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { livekitTelephone } from './telephone.ts';

const keys = { key: 'devkey', secret: 'a-secret-of-at-least-thirty-two-bytes' };

test('LiveKit’s SIP service is asked to dial into the room as the seat, without showing the number there', async () => {
  const asked: { path: string; body: Record<string, unknown>; auth: string }[] = [];
  let status = 200;
  const service = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
    asked.push({ path: request.url ?? '', body, auth: request.headers.authorization ?? '' });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        status === 200 ? { participantId: 'PA_1' } : { code: 'invalid_argument', msg: 'no trunk' },
      ),
    );
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const url = `ws://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const telephone = livekitTelephone({ url, ...keys, trunk: 'ST_court' });
  const call = { room: 'r1', identity: 'seat-1', to: '13911112222' };
  await telephone.dial(call);
  expect(asked[0]?.path).toBe('/twirp/livekit.SIP/CreateSIPParticipant');
  expect(asked[0]?.body).toMatchObject({
    sipTrunkId: 'ST_court',
    sipCallTo: '13911112222',
    roomName: 'r1',
    participantIdentity: 'seat-1',
    hidePhoneNumber: true,
  });
  expect(JSON.stringify(asked[0]?.body).match(/13911112222/g)).toHaveLength(1);
  const claims = await new TokenVerifier(keys.key, keys.secret).verify((asked[0]?.auth ?? '').slice(7));
  expect(claims.sip).toEqual({ call: true });
  status = 400;
  await expect(telephone.dial(call)).rejects.toThrow();
  service.close();
});
