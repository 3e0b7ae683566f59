import { X509Certificate } from 'node:crypto';
import { contentOf, membersOf, oidKey } from '../../contract/der.ts';
import { DomainError } from '../../domain/errors.ts';
import { extensionsOf } from './certificate-fields.ts';
import { parseRevocationList } from './revocation-list.ts';

const DISTRIBUTION_POINTS = oidKey('2.5.29.31');
const MAX_LIST = 5 * 1024 * 1024;

/** Brings the bytes behind an address. */
export type Fetcher = (url: string) => Promise<Uint8Array>;

/**
 * Revocation lists of certificates that are not ours, from the address that each names itself (RFC 5280 4.2.1.13).
 * `ours` tells which issuers make their lists here. TIMESTAMP_UNAVAILABLE when one cannot be had: an archive without
 * it would prove nothing.
 */
export async function fetchLists(
  certificates: Uint8Array[],
  ours: Uint8Array[],
  fetcher: Fetcher = fetchList,
): Promise<Uint8Array[]> {
  const known = ours.map((der) => new X509Certificate(der));
  const urls = new Set<string>();
  for (const certificate of certificates) {
    const facts = new X509Certificate(certificate);
    if (known.some((issuer) => facts.checkIssued(issuer))) continue;
    const url = distributionPoint(certificate);
    if (url === null) throw new DomainError('TIMESTAMP_UNAVAILABLE', { reason: 'no revocation list named' });
    urls.add(url);
  }
  try {
    return await Promise.all(
      [...urls].map(async (url) => {
        const der = await fetcher(url);
        parseRevocationList(der);
        return der;
      }),
    );
  } catch {
    throw new DomainError('TIMESTAMP_UNAVAILABLE', { reason: 'revocation list unavailable' });
  }
}

/** The first HTTP(S) address of a certificate's revocation list; null when it names none. */
export function distributionPoint(certificate: Uint8Array): string | null {
  const value = extensionsOf(certificate).get(DISTRIBUTION_POINTS)?.value;
  if (value === undefined) return null;
  for (const point of membersOf(value)) {
    const named = membersOf(point).find(({ tag }) => tag === 0xa0);
    const full = named === undefined ? undefined : membersOf(named, 0xa0).find(({ tag }) => tag === 0xa0);
    for (const one of full === undefined ? [] : membersOf(full, 0xa0)) {
      const url = one.tag === 0x86 ? Buffer.from(contentOf(one, 0x86)).toString('latin1') : '';
      if (/^https?:\/\//.test(url)) return url;
    }
  }
  return null;
}

async function fetchList(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  const size = Number(response.headers.get('content-length') ?? 0);
  if (!response.ok || size > MAX_LIST || response.body === null) throw new Error('no list');
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of response.body) {
    total += part.length;
    if (total > MAX_LIST) throw new Error('list too long');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
