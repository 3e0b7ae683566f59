import canonicalize from 'canonicalize';
import {
  type Bytes,
  bits,
  contentOf,
  copy,
  integer,
  membersOf,
  octets,
  oid,
  sequence,
  setOf,
  TAG,
  tagged,
} from './der.ts';

/**
 * The signer's side of a signature, for the browser (WebCrypto; needs HTTPS or loopback) and for Node.
 * The server never holds the key (电子签名法 13, sole control): it gets a certificate request, then the
 * signed attributes (CAdES, ETSI EN 319 122-1) and their signature.
 */

/** Our arc, 2.25.<uuid as integer> (ITU-T X.667): nobody has to assign it. */
const ARC = '2.25.67833432276092187602581702742083929900';
/** Certificate extension: role, person, court, case, verification and base that a certificate is bound to. */
export const OID_CERTIFICATE_BINDING = `${ARC}.1`;
/** Signed attribute: OCTET STRING, SHA-256 of the canonical text that the signer's device showed. */
export const OID_TEXT_SHA256 = `${ARC}.2`;
/** Policy of the built-in time-stamp authority. */
export const OID_TIMESTAMP_POLICY = `${ARC}.3`;
/** Certificate policies: built-in authority in a demonstration, and for internal use. Neither is a licensed one. */
export const OID_POLICY_DEMO = `${ARC}.4`;
export const OID_POLICY_BUILT_IN = `${ARC}.5`;

export const OID_DATA = '1.2.840.113549.1.7.1';
export const OID_CONTENT_TYPE = '1.2.840.113549.1.9.3';
export const OID_MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
export const OID_SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
export const OID_ECDSA_SHA256 = '1.2.840.10045.4.3.2';

const EC_P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** WebCrypto's key, named alike by the browser's types and Node's. */
export type SigningKey = Parameters<typeof crypto.subtle.sign>[1];
export type SigningKeys = { publicKey: SigningKey; privateKey: SigningKey };

/** A fresh P-256 key whose private half cannot leave the browser. */
export async function generateSigningKey(): Promise<SigningKeys> {
  const keys = await crypto.subtle.generateKey(EC_P256, false, ['sign', 'verify']);
  return { publicKey: keys.publicKey, privateKey: keys.privateKey };
}

/**
 * DER certificate request (PKCS#10, RFC 2986) that proves possession of the key. The subject is left empty:
 * the authority names the person.
 */
export async function createCertificateRequest(keys: SigningKeys): Promise<Bytes> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
  const info = sequence(integer(0), sequence(), publicKey, tagged(0));
  const signature = await signDer(keys.privateKey, info);
  return sequence(info, sequence(oid(OID_ECDSA_SHA256)), bits(signature));
}

/**
 * DER SET of the attributes that a signer signs: content type, message digest, the certificate (ESS v2,
 * RFC 5035) and the text. Throws when a hash has not 32 bytes.
 */
export async function buildSignedAttributes(input: {
  /** SHA-256 over the PDF's byte range, from the server. */
  digest: Uint8Array;
  /** DER of the signer's certificate. */
  certificate: Uint8Array;
  /** SHA-256 of the canonical text, computed where the text was shown. */
  textSha256: Uint8Array;
}): Promise<Bytes> {
  if (input.digest.length !== 32 || input.textSha256.length !== 32) throw new Error('SHA-256 expected');
  const certificateHash = await sha256(input.certificate);
  return setOf(
    attribute(OID_CONTENT_TYPE, oid(OID_DATA)),
    attribute(OID_MESSAGE_DIGEST, octets(input.digest)),
    attribute(OID_SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(certificateHash))))),
    attribute(OID_TEXT_SHA256, octets(input.textSha256)),
  );
}

/** DER of a CMS attribute with one value. */
export const attribute = (type: string, value: Uint8Array): Bytes => sequence(oid(type), setOf(value));

/** Signs the attributes; the answer is a DER ECDSA-Sig-Value as CMS wants it (RFC 5753). */
export const signAttributes = (privateKey: SigningKey, signedAttributes: Uint8Array): Promise<Bytes> =>
  signDer(privateKey, signedAttributes);

/** SHA-256 of the RFC 8785 form of a value: what a signer's device hashes of the text it shows. */
export async function hashText(value: unknown): Promise<Bytes> {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('not a JSON value');
  return sha256(new TextEncoder().encode(text));
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', copy(bytes)));
}

async function signDer(privateKey: SigningKey, message: Uint8Array): Promise<Bytes> {
  return rawToDer(new Uint8Array(await crypto.subtle.sign(ECDSA_SHA256, privateKey, copy(message))));
}

/** IEEE P1363 signature r ‖ s (WebCrypto) to SEQUENCE { r, s } (RFC 3279). */
export function rawToDer(raw: Uint8Array): Bytes {
  const half = raw.length / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

/** True for a DER SEQUENCE of two positive integers in their shortest form. */
export function isDerSignature(der: Uint8Array): boolean {
  try {
    const parts = membersOf(der);
    return (
      parts.length === 2 &&
      parts.every((part) => {
        const [first = 0x80, second = 0x80] = contentOf(part, TAG.integer);
        return first < 0x80 && (first !== 0 || second >= 0x80);
      })
    );
  } catch {
    return false;
  }
}
