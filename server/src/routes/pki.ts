import { copy } from '../contract/der.ts';
import { DomainError } from '../domain/errors.ts';
import { resource } from '../http/app-env.ts';
import { limitBody, rateLimit } from '../http/guards.ts';
import {
  answerStatus,
  readCourtCertificate,
  readCourtList,
  readSm2PublicKey,
} from '../services/verify/certificate-status.ts';

const ROOT = /^(signer|timestamp)-root\.(crl|cer)$/;
const COURT = /^court-([0-9a-f-]{36})\.(crl|cer)$/;

/**
 * Revocation lists, issuers' certificates and OCSP, for anybody and without an account: the addresses stand in every
 * certificate. Outside /api, because verifiers of other makers send none of our headers.
 */
export function pkiRoutes() {
  const app = resource();
  app.use('/pki/*', rateLimit(600, 60), limitBody);
  app.get('/pki/:file', async (c) => {
    const { deps } = c.var;
    const { file } = c.req.param();
    const der = (bytes: Uint8Array, list: boolean) =>
      c.body(copy(bytes), 200, {
        'content-type': list ? 'application/pkix-crl' : 'application/pkix-cert',
        'cache-control': list ? 'no-store' : 'max-age=86400',
      });
    const [, sm2] = /^court-([0-9a-f-]{36})\.sm2\.pem$/.exec(file) ?? [];
    if (sm2 !== undefined)
      return c.body(await readSm2PublicKey(deps, sm2), 200, { 'content-type': 'application/x-pem-file' });
    const [, root, rootKind] = ROOT.exec(file) ?? [];
    if (root === 'signer' || root === 'timestamp') {
      const { status } = deps.signing;
      return rootKind === 'crl'
        ? der(await status.rootList(root), true)
        : der(await status.rootCertificate(root), false);
    }
    const [, court, kind] = COURT.exec(file) ?? [];
    if (court === undefined) throw new DomainError('NOT_FOUND');
    return kind === 'crl'
      ? der(await readCourtList(deps, court), true)
      : der(await readCourtCertificate(deps, court), false);
  });
  app.post('/pki/:issuer/ocsp', async (c) => {
    const request = new Uint8Array(await c.req.arrayBuffer());
    const [, court = ''] = /^court-([0-9a-f-]{36})$/.exec(c.req.param('issuer')) ?? [];
    return ocspAnswer(c, await answerStatus(c.var.deps, court, request));
  });
  // RFC 6960 A.1.1: small requests also come by GET, as base64 in the path.
  app.get('/pki/:issuer/ocsp/:request{.+}', async (c) => {
    const [, court = ''] = /^court-([0-9a-f-]{36})$/.exec(c.req.param('issuer')) ?? [];
    const request = new Uint8Array(Buffer.from(decodeURIComponent(c.req.param('request')), 'base64'));
    return ocspAnswer(c, await answerStatus(c.var.deps, court, request));
  });
  return app;
}

const ocspAnswer = (
  c: { body(data: Uint8Array<ArrayBuffer>, status: 200, headers: Record<string, string>): Response },
  der: Uint8Array,
) => c.body(copy(der), 200, { 'content-type': 'application/ocsp-response', 'cache-control': 'no-store' });
