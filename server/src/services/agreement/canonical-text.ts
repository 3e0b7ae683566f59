import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** RFC 8785 form of a version's content: byte for byte what signers' browsers show and hash. */
export function canonicalText(document: unknown): string {
  const text = canonicalize(document);
  if (text === undefined) throw new Error('a version is always JSON');
  return text;
}

/** SHA-256 (hex) of the canonical text. */
export function canonicalSha256(document: unknown): string {
  return createHash('sha256').update(canonicalText(document)).digest('hex');
}
