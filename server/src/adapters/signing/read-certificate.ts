import { type KeyObject, X509Certificate } from 'node:crypto';

/** Certificates kept; a file of five signers has about a dozen, most of which come again in the next file. */
const KEPT = 300;

type ReadCertificate = { x509: X509Certificate; publicKey: KeyObject };
const kept = new Map<string, ReadCertificate>();

/**
 * The certificate and its key, parsed once for the same bytes: a signature's is looked at a dozen times, authorities'
 * ones with every signature. Facts of the bytes alone, so a hostile file can put nothing false in. Throws when the
 * bytes are no certificate.
 */
export function readCertificate(der: Uint8Array): ReadCertificate {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
  const known = kept.get(bytes);
  if (known) return known;
  const x509 = new X509Certificate(der);
  const read = { x509, publicKey: x509.publicKey };
  const oldest = kept.keys().next().value;
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(bytes, read);
  return read;
}

const issued = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>();
/** True when `parent` issued `child` by name and its key made `child`'s signature; asked once a pair. */
export function isIssuedBy(child: X509Certificate, parent: X509Certificate): boolean {
  const answers = issued.get(child) ?? new WeakMap<X509Certificate, boolean>();
  issued.set(child, answers);
  const known = answers.get(parent);
  if (known !== undefined) return known;
  const answer = child.checkIssued(parent) && child.verify(parent.publicKey);
  answers.set(parent, answer);
  return answer;
}
