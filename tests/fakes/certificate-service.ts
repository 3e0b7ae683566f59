import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeBinding } from '../../server/src/adapters/signing/binding-extension.ts';
import { openCa } from '../../server/src/adapters/signing/open-ca.ts';

/**
 * The reference server of docs/certificate-service.md: a provider that certifies keys as the contract asks, with lists
 * made when asked for. `spoil` lets a test answer wrongly.
 */
export async function certificateService(options: {
  dir: string;
  token: string;
  spoil?: (answer: { certificate: string; chain: string[] }) => unknown;
}) {
  const provider = { courtId: '0190c0aa-0000-7000-8000-0000000000ca', courtName: '某电子认证服务有限公司' };
  const given = new Map<string, string>();
  let ca: Awaited<ReturnType<typeof openCa>> | null = null;
  const server = createServer(async (request, response) => {
    const { url: path = '' } = request;
    if (ca === null) return response.writeHead(503).end();
    if (path.endsWith('.crl')) {
      const list = path.includes('court-') ? ca.courtList(provider, []) : ca.rootList('signer');
      return response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(await list);
    }
    if (request.headers.authorization !== `Bearer ${options.token}`) return response.writeHead(401).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as { csr: string; extension: string };
    const key = String(request.headers['idempotency-key']);
    let answer = given.get(key);
    if (answer === undefined) {
      const { role, ...binding } = decodeBinding(new Uint8Array(Buffer.from(body.extension, 'base64')));
      if (role === 'platform' || role === 'committee') return response.writeHead(422).end();
      const csr = new Uint8Array(Buffer.from(body.csr, 'base64'));
      const issued = await ca.issueCertificate(csr, { ...binding, role }, provider);
      const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64');
      const made = { certificate: base64(issued.certificate), chain: issued.chain.map(base64) };
      answer = JSON.stringify(options.spoil?.(made) ?? made);
      given.set(key, answer);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ca = await openCa({
    dir: options.dir,
    passphrase: 'provider',
    demo: false,
    publicUrl: url,
    names: { signer: '某电子认证服务有限公司根证书', policy: null },
  });
  const opened = ca;
  return {
    url,
    provider,
    root: opened.signerRoot,
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
