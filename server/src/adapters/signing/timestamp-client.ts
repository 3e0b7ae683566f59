import { randomBytes } from 'node:crypto';
import {
  contentOf,
  copy,
  integer,
  membersOf,
  octets,
  oid,
  sequence,
  TAG,
  tlv,
  toHex,
} from '../../contract/der.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { OID_SHA256 } from './signed-data.ts';
import { checkTimestampToken, plainToken } from './timestamp-token.ts';

/** Carries a DER TimeStampReq to an authority and brings its DER TimeStampResp back. */
export type TimestampTransport = (request: Uint8Array) => Promise<Uint8Array>;

const MAX_RESPONSE = 32_768;

/** A checked answer: the token, its time, and when our own clock (ms) sent the question and had the answer. */
export type Stamped = { token: Uint8Array; time: Date; sent: number; received: number };

/** A client of one authority. */
export type TimestampClient = Timestamp & { ask(digest: Uint8Array): Promise<Stamped> };

/**
 * RFC 3161 client, the same for the built-in authority and for one at a URL: fresh nonce, certificate
 * asked for, answer checked in full. Whatever fails becomes DomainError('TIMESTAMP_UNAVAILABLE').
 */
export function timestampClient(options: {
  transport: TimestampTransport;
  roots: Uint8Array[];
  maxTokenBytes: number;
}): TimestampClient {
  const client: TimestampClient = {
    maxTokenBytes: options.maxTokenBytes,
    stamp: async (digest) => (await client.ask(digest)).token,
    async ask(digest) {
      const sent = Date.now();
      try {
        const nonce = freshNonce();
        const imprint = sequence(sequence(oid(OID_SHA256)), octets(digest));
        const wantCertificate = tlv(TAG.boolean, Uint8Array.of(0xff));
        const request = sequence(integer(1), imprint, integer(nonce), wantCertificate);
        const token = tokenOf(await options.transport(request));
        const { roots } = options;
        const facts = checkTimestampToken(token, { digest, roots, now: new Date(), nonce: toHex(nonce) });
        if (facts === null || token.length > options.maxTokenBytes) throw new Error('token does not hold');
        return {
          token: plainToken(token, facts.path),
          time: facts.time,
          sent,
          received: Date.now(),
        };
      } catch {
        throw new DomainError('TIMESTAMP_UNAVAILABLE');
      }
    },
  };
  return client;
}

/** Transport over HTTP (RFC 3161 3.4): 10 s, 32 KB, no redirects. */
export function timestampOverHttp(url: string, timeoutMs = 10_000): TimestampTransport {
  return async (request) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: copy(request),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || !type.startsWith('application/timestamp-reply') || response.body === null) {
      throw new Error('no time-stamp reply');
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.length;
      if (size > MAX_RESPONSE) throw new Error('reply too long');
      parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
  };
}

/** The token of a granted response (status 0 or 1); throws otherwise. */
function tokenOf(response: Uint8Array): Uint8Array {
  const [status, token] = membersOf(response);
  const code = contentOf(membersOf(status)[0], TAG.integer);
  if (code.length !== 1 || (code[0] ?? 9) > 1 || token === undefined) throw new Error('not granted');
  return token.raw;
}

/** 8 random bytes as a positive integer of fixed length, so that tokens keep their size. */
function freshNonce(): Uint8Array {
  const bytes = new Uint8Array(randomBytes(8));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
