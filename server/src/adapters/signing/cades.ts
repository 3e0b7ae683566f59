import { createHash } from 'node:crypto';
import { tlv } from '../../contract/der.ts';
import { buildSignedAttributes, OID_DATA } from '../../contract/signing-client.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Signer } from '../../ports/signer.ts';
import type { Timestamp } from '../../ports/timestamp.ts';
import { fillGap, type Revision } from './pdf-revision.ts';
import { buildSignedData } from './signed-data.ts';

/** Unsigned attribute id-aa-timeStampToken (RFC 3161 appendix A). */
export const OID_TIMESTAMP_TOKEN = '1.2.840.113549.1.9.16.2.14';

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The CMS of one PAdES signature at level B-T. */
export function buildCades(input: {
  signedAttributes: Uint8Array;
  signature: Uint8Array;
  certificate: Uint8Array;
  chain: Uint8Array[];
  token: Uint8Array;
}): Uint8Array {
  const unsigned = { type: OID_TIMESTAMP_TOKEN, value: input.token };
  return buildSignedData({ ...input, contentType: OID_DATA, content: null, unsigned });
}

/**
 * Octets to reserve for a signature by this certificate. Close to what will be used, because other verifiers
 * overlook changes in the zeros behind a CMS.
 */
export async function cadesRoom(
  signer: { certificate: Uint8Array; chain: Uint8Array[] },
  maxTokenBytes: number,
): Promise<number> {
  const empty = new Uint8Array(32);
  const { certificate, chain } = signer;
  const signedAttributes = await buildSignedAttributes({ digest: empty, certificate, textSha256: empty });
  // A DER ECDSA signature on P-256 has at most 72 octets.
  const [signature, token] = [new Uint8Array(72), tlv(0x30, new Uint8Array(maxTokenBytes))];
  return buildCades({ signedAttributes, signature, certificate, chain, token }).length;
}

/** SHA-256 over everything but the gap: what the message digest attribute carries. */
export function rangeDigest(head: Uint8Array, revision: Revision): Buffer {
  const { bytes, gap } = revision;
  return sha256(head, bytes.subarray(0, gap.start - head.length), bytes.subarray(gap.end - head.length));
}

/** Time-stamps a signature value, writes the CMS into the gap and returns the whole new file and token. */
export async function finish(input: {
  head: Uint8Array;
  revision: Revision;
  signedAttributes: Uint8Array;
  signature: Uint8Array;
  certificate: Uint8Array;
  chain: Uint8Array[];
  timestamp: Timestamp;
}): Promise<{ pdf: Uint8Array; token: Uint8Array }> {
  const token = await input.timestamp.stamp(sha256(input.signature));
  const filled = fillGap(input.revision, buildCades({ ...input, token }), input.head.length);
  if (filled === null) throw new DomainError('TIMESTAMP_UNAVAILABLE', { reason: 'token too large' });
  return { pdf: Buffer.concat([input.head, filled]), token };
}

/** Signs a revision with a lasting key behind the signer port. */
export async function signWith(
  signer: Signer,
  input: { head: Uint8Array; revision: Revision; textSha256: Uint8Array; timestamp: Timestamp },
): Promise<{ pdf: Uint8Array; token: Uint8Array }> {
  const { certificate, chain } = signer;
  const digest = rangeDigest(input.head, input.revision);
  const signedAttributes = await buildSignedAttributes({ digest, certificate, textSha256: input.textSha256 });
  const signature = await signer.sign(signedAttributes);
  return finish({ ...input, signedAttributes, signature, certificate, chain });
}
