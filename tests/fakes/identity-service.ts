import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID provider on loopback that signs in whomever the test says. */
export async function identityService(clientId: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let issuer = '';
  const codes = new Map<string, { nonce: string; claims: Record<string, unknown> }>();
  const seen: { verifier: string | null; secret: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration')
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    if (request.url === '/jwks')
      return json(200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'k' }],
      });
    if (request.url !== '/token') return json(404, {});
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      seen.push({ verifier: form.get('code_verifier'), secret: request.headers.authorization });
      const known = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      if (!known) return json(400, { error: 'invalid_grant' });
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        aud: clientId,
        iat: now,
        exp: now + 60,
        sub: 'person-1',
        nonce: known.nonce,
      };
      const head = `${b64({ alg: 'RS256', kid: 'k' })}.${b64({ ...claims, ...known.claims })}`;
      const signature = createSign('sha256').update(head).sign(privateKey).toString('base64url');
      json(200, { access_token: 'a', token_type: 'Bearer', id_token: `${head}.${signature}` });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    seen,
    /** The person signs in there: what the browser brings back for this authorisation request. */
    signIn(authorizationUrl: string, claims: Record<string, unknown>): string {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomUUID();
      codes.set(code, { nonce: asked.get('nonce') ?? '', claims });
      return `?code=${code}&state=${asked.get('state')}`;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
