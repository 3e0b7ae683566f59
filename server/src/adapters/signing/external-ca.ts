import { createHash, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { DomainError } from '../../domain/errors.ts';
import type { CertificateSubject, IssuedCertificate } from '../../ports/signing.ts';
import { type CertificateBinding, encodeBinding } from './binding-extension.ts';
import { bindingOf, pathToRoot, publicKeyOf } from './certificate-path.ts';
import { readCertificateRequest } from './certificate-request.ts';

/** A licensed provider's service for event certificates (docs/certificate-service.md). */
export type ExternalCa = {
  /** How documents name the provider, e.g. its name and licence number. */
  provider: string;
  /** Its self-signed roots (DER). */
  roots: Uint8Array[];
  /** A one-time certificate for the key in a PKCS#10 request. CERTIFICATE_INVALID, UNAVAILABLE. */
  issue(csr: Uint8Array, subject: CertificateSubject): Promise<IssuedCertificate>;
};

const LIMIT_MS = 15_000;
const MAX_ANSWER = 64 * 1024;
/** A certificate must outlive its signature's first years, or the file would break before it is archived anew. */
const MIN_YEARS = 3;
const Answer = z.object({ certificate: z.base64(), chain: z.array(z.base64()).max(4) });

/**
 * Client of such a service. What comes back is checked in full: the request's key, the binding word for word, a path to
 * one of the roots, non-repudiation, at least three years. Asked with an idempotency key, so a lost answer costs no
 * second certificate.
 */
export function externalCa(options: {
  url: string;
  token: string;
  provider: string;
  roots: Uint8Array[];
}): ExternalCa {
  const { provider, roots } = options;
  return {
    provider,
    roots,
    async issue(csr, subject) {
      const publicKey = readCertificateRequest(csr);
      const { courtId, courtName, role, personId, name, caseNumber, verification, baseSha256 } = subject;
      const binding = { role, courtId, courtName, personId, name, caseNumber, verification, baseSha256 };
      const { certificate, chain } = await ask(options, csr, binding);
      const path = { certificate, enclosed: chain, roots, purpose: 'signer' as const, at: [new Date()] };
      const found = pathToRoot(path);
      const given = bindingOf(certificate);
      const latest = new Date();
      latest.setUTCFullYear(latest.getUTCFullYear() + MIN_YEARS);
      const holds =
        found !== null &&
        given !== null &&
        Buffer.from(encodeBinding(given)).equals(encodeBinding(binding)) &&
        publicKeyOf(certificate).equals(publicKey) &&
        new Date(new X509Certificate(certificate).validTo) >= latest;
      if (!holds) throw new DomainError('CERTIFICATE_INVALID', { reason: 'certificate-service' });
      const facts = new X509Certificate(certificate);
      return {
        certificate,
        chain: found.slice(1, -1),
        serial: facts.serialNumber.toLowerCase(),
        notBefore: new Date(facts.validFrom),
        notAfter: new Date(facts.validTo),
      };
    },
  };
}

async function ask(
  { url, token }: { url: string; token: string },
  csr: Uint8Array,
  binding: CertificateBinding,
): Promise<{ certificate: Uint8Array; chain: Uint8Array[] }> {
  try {
    const request = Buffer.from(csr).toString('base64');
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': createHash('sha256').update(csr).digest('hex'),
      },
      body: JSON.stringify({
        csr: request,
        subject: binding,
        extension: Buffer.from(encodeBinding(binding)).toString('base64'),
      }),
    });
    const text = await response.text();
    if (!response.ok || text.length > MAX_ANSWER) throw new Error('no certificate');
    const answer = Answer.parse(JSON.parse(text));
    const bytes = (value: string) => new Uint8Array(Buffer.from(value, 'base64'));
    return { certificate: bytes(answer.certificate), chain: answer.chain.map(bytes) };
  } catch {
    throw new DomainError('UNAVAILABLE', { reason: 'certificate-service' });
  }
}
