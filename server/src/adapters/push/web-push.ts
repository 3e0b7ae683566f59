import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Push } from '../../ports/alerts.ts';
import { encryptMessage } from './encrypt-message.ts';

const SEND_MS = 10_000;
/** A call that nobody has seen for so long no longer rings. */
const TTL_SECONDS = 120;
/** Refusals that say nothing against the subscription. */
const passing = [401, 403, 408, 429];
/** RFC 8292: at most 24 hours. */
const JWT_SECONDS = 12 * 3600;

/**
 * Web Push by RFC 8030 with VAPID (RFC 8292). `key`: PKCS #8 in base64; `subject`: a web address of whoever runs this;
 * `hosts`: push services that are trusted. Plain http is for the tests' own service on this machine alone.
 */
export function webPush(config: { key: string; subject: string; hosts: string; loopback?: boolean }): Push {
  const key = createPrivateKey({ key: Buffer.from(config.key, 'base64'), type: 'pkcs8', format: 'der' });
  const publicKey = publicPoint(key);
  const hosts = config.hosts.split(/[\s,]+/).filter(Boolean);
  const isKnown = (host: string) =>
    hosts.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one));
  const accepts = (endpoint: string): boolean => {
    if (!URL.canParse(endpoint)) return false;
    const { protocol, hostname, port, username } = new URL(endpoint);
    if (config.loopback && protocol === 'http:' && hostname === '127.0.0.1') return true;
    return protocol === 'https:' && port === '' && username === '' && isKnown(hostname);
  };
  return {
    publicKey,
    accepts,
    async send(target, message) {
      if (!accepts(target.endpoint)) return 'gone';
      const body = encryptMessage(Buffer.from(JSON.stringify(message)), target);
      const answer = await fetch(target.endpoint, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(SEND_MS),
        headers: {
          authorization: `vapid t=${token(key, new URL(target.endpoint).origin, config.subject)}, k=${publicKey}`,
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(TTL_SECONDS),
          urgency: 'high',
        },
        body: new Uint8Array(body),
      });
      await answer.body?.cancel();
      if (answer.ok) return 'sent';
      // 404 and 410: the subscription is over (RFC 8030 7.3); other refusals of the request will not change either,
      // except those of our key or clock, of haste and of slowness.
      if (answer.status >= 400 && answer.status < 500 && !passing.includes(answer.status)) return 'gone';
      throw new Error(`push service answered ${answer.status}`);
    },
  };
}

function publicPoint(key: KeyObject): string {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return point.toString('base64url');
}

function token(key: KeyObject, audience: string, subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + JWT_SECONDS;
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: audience, exp, sub: subject })}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
