import { createHash, createHmac } from 'node:crypto';

export type SignedCall = {
  method: 'GET' | 'POST';
  host: string;
  /** API name and version, e.g. SendSms, 2017-05-25. */
  action: string;
  version: string;
  query: Record<string, string>;
  body?: string;
  accessKeyId: string;
  accessKeySecret: string;
  at: Date;
  /** Unique per call: the service refuses a nonce that it has seen. */
  nonce: string;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** RFC 3986: everything but unreserved characters is escaped, a space is %20. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Parameters in order of their names, escaped. */
export function canonicalQuery(query: Record<string, string>): string {
  return Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`)
    .join('&');
}

/**
 * Headers of a call to Alibaba Cloud's RPC interfaces, signature version 3 (ACS3-HMAC-SHA256): host and every
 * x-acs header are signed together with method, query and the body's hash.
 */
export function signCall(call: SignedCall): Record<string, string> {
  const bodyHash = sha256(call.body ?? '');
  const headers: Record<string, string> = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': call.at.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    call.method,
    '/',
    canonicalQuery(call.query),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    bodyHash,
  ].join('\n');
  const signature = createHmac('sha256', call.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${call.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...headers, authorization };
}
