import { constants, createHash, verify as verifySignature } from 'node:crypto';
import { contentOf, decode, membersOf, oidKey, TAG } from '../../contract/der.ts';
import {
  OID_CONTENT_TYPE,
  OID_ECDSA_SHA256,
  OID_MESSAGE_DIGEST,
  OID_SIGNING_CERTIFICATE_V2,
} from '../../contract/signing-client.ts';
import { issuerAndSerial, subjectKeyIdentifier } from './certificate-fields.ts';
import { readCertificate } from './read-certificate.ts';
import { OID_RSASSA_PSS, OID_SHA256, type SignedData, signedAttribute } from './signed-data.ts';

const OID_SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';

/** Digests that still count (ETSI TS 119 312); SHA-1 and older do not. */
const DIGESTS = new Map([
  [oidKey(OID_SHA256), 'sha256'],
  [oidKey('2.16.840.1.101.3.4.2.2'), 'sha384'],
  [oidKey('2.16.840.1.101.3.4.2.3'), 'sha512'],
]);
/** Signature algorithms with the digest they fix; null takes it from the digest algorithm. */
const SIGNATURES = new Map<string, { hash: string | null; pss: boolean }>([
  [oidKey(OID_ECDSA_SHA256), { hash: 'sha256', pss: false }],
  [oidKey('1.2.840.10045.4.3.3'), { hash: 'sha384', pss: false }],
  [oidKey('1.2.840.10045.4.3.4'), { hash: 'sha512', pss: false }],
  [oidKey('1.2.840.113549.1.1.1'), { hash: null, pss: false }],
  [oidKey('1.2.840.113549.1.1.11'), { hash: 'sha256', pss: false }],
  [oidKey('1.2.840.113549.1.1.12'), { hash: 'sha384', pss: false }],
  [oidKey('1.2.840.113549.1.1.13'), { hash: 'sha512', pss: false }],
  [oidKey(OID_RSASSA_PSS), { hash: null, pss: true }],
]);

/** The certificate among those enclosed that the signer names by issuer and serial or by key identifier. */
export function signerCertificate(signed: SignedData): Uint8Array | null {
  const id = decode(signed.signerId);
  const found = signed.certificates.filter((der) =>
    id.tag === 0x80
      ? subjectKeyIdentifier(der)?.equals(id.content) === true
      : Buffer.from(issuerAndSerial(der)).equals(signed.signerId),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** True when the ESS attribute (v2; v1 with SHA-1, as old authorities write, only if `old`) names this certificate. */
export function namesCertificate(
  signed: SignedData,
  certificate: Uint8Array,
  { old }: { old: boolean },
): boolean {
  const v2 = signedAttribute(signed, OID_SIGNING_CERTIFICATE_V2);
  const value = v2 ?? (old ? signedAttribute(signed, OID_SIGNING_CERTIFICATE) : undefined);
  if (value === undefined) return false;
  const [first, second] = membersOf(membersOf(membersOf(value)[0])[0]);
  const explicit = v2 !== undefined && first?.tag === TAG.sequence;
  const hash = v2 === undefined ? 'sha1' : explicit ? DIGESTS.get(oidKey(membersOf(first)[0])) : 'sha256';
  if (hash === undefined) return false;
  const named = contentOf(explicit ? second : first, TAG.octetString);
  return createHash(hash).update(certificate).digest().equals(named);
}

/** True when the digest is strong and the signed message digest equals that of the content. */
export function digestMatches(signed: SignedData, digestOf: (algorithm: string) => Uint8Array): boolean {
  const algorithm = DIGESTS.get(signed.digestAlgorithm);
  const digest = signedAttribute(signed, OID_MESSAGE_DIGEST);
  const type = signedAttribute(signed, OID_CONTENT_TYPE);
  if (algorithm === undefined || oidKey(type) !== signed.contentType) return false;
  return Buffer.from(digestOf(algorithm)).equals(contentOf(digest, TAG.octetString));
}

/** True when the signature over the signed attributes verifies with the certificate's key. */
export function signatureVerifies(signed: SignedData, certificate: Uint8Array): boolean {
  const algorithm = SIGNATURES.get(signed.signatureAlgorithm);
  const hash = algorithm?.hash ?? DIGESTS.get(signed.digestAlgorithm);
  if (algorithm === undefined || hash === undefined) return false;
  try {
    const key = readCertificate(certificate).publicKey;
    const padding = algorithm.pss
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
      : {};
    return verifySignature(
      hash,
      signed.signedAttributes,
      { key, dsaEncoding: 'der', ...padding },
      signed.signature,
    );
  } catch {
    return false;
  }
}
