import {
  contentOf,
  type Der,
  decode,
  integer,
  membersOf,
  octets,
  oid,
  oidKey,
  sequence,
  setOf,
  TAG,
  tagged,
  tlv,
  toHex,
} from '../../contract/der.ts';
import { attribute, OID_DATA, OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import { issuerAndSerial } from './certificate-fields.ts';

export const OID_SIGNED_DATA = '1.2.840.113549.1.7.2';
export const OID_SHA256 = '2.16.840.1.101.3.4.2.1';
export const OID_RSASSA_PSS = '1.2.840.113549.1.1.10';

/** CMS SignedData (RFC 5652) with one signer, as our signatures and RFC 3161 tokens are. */
export type SignedData = {
  version: number;
  contentType: string;
  /** Encapsulated content; null when detached. */
  content: Uint8Array | null;
  certificates: Uint8Array[];
  /** Revocation lists stand inside, which no signature covers. */
  hasLists: boolean;
  /** DER of IssuerAndSerialNumber or of the [0] key identifier. */
  signerId: Uint8Array;
  digestAlgorithm: string;
  signatureAlgorithm: string;
  /** DER SET OF Attribute, as it was signed. */
  signedAttributes: Uint8Array;
  signature: Uint8Array;
  /** Values of each unsigned attribute by OID key. */
  unsignedAttributes: Map<string, Uint8Array[]>;
};

/** Builds SignedData with ECDSA-SHA256, always in the same bytes for the same input. */
export function buildSignedData(input: {
  contentType: string;
  content: Uint8Array | null;
  signedAttributes: Uint8Array;
  signature: Uint8Array;
  certificate: Uint8Array;
  chain: Uint8Array[];
  unsigned?: { type: string; value: Uint8Array };
  /** False leaves the certificates out, as a time-stamp request may ask. */
  withCertificates?: boolean;
}): Uint8Array {
  const { contentType, content, unsigned, withCertificates = true } = input;
  const sha256 = sequence(oid(OID_SHA256));
  const attributes = decode(input.signedAttributes).content;
  const signer = sequence(
    integer(1),
    issuerAndSerial(input.certificate),
    sha256,
    tagged(0, attributes),
    sequence(oid(OID_ECDSA_SHA256)),
    octets(input.signature),
    ...(unsigned ? [tagged(1, attribute(unsigned.type, unsigned.value))] : []),
  );
  const certificates = decode(setOf(input.certificate, ...input.chain)).content;
  const signedData = sequence(
    // RFC 5652 5.1: 3 when the content is not plain data.
    integer(contentType === OID_DATA ? 1 : 3),
    setOf(sha256),
    sequence(oid(contentType), ...(content === null ? [] : [tagged(0, octets(content))])),
    ...(withCertificates ? [tagged(0, certificates)] : []),
    setOf(signer),
  );
  return sequence(oid(OID_SIGNED_DATA), tagged(0, signedData));
}

/** Reads SignedData with exactly one signer and signed attributes; throws on everything else. */
export function parseSignedData(der: Uint8Array): SignedData {
  const [type, wrapped, ...none] = membersOf(der);
  if (oidKey(type) !== oidKey(OID_SIGNED_DATA) || none.length > 0) throw new Error('SignedData expected');
  const [signedData, ...more] = membersOf(wrapped, 0xa0);
  const parts = membersOf(signedData);
  const [version, digestAlgorithms, encapsulated] = parts;
  const [contentType, explicit] = membersOf(encapsulated);
  const certificates = parts.slice(3, -1).find(({ tag }) => tag === 0xa0);
  const signers = membersOf(parts.at(-1), TAG.set);
  const fields = membersOf(signers[0]);
  const [
    signerVersion,
    signerId,
    digestAlgorithm,
    signedAttributes,
    signatureAlgorithm,
    signature,
    unsigned,
  ] = fields;
  const sizes = signers.length === 1 && fields.length <= 7 && parts.length <= 6 && more.length === 0;
  // RFC 5652 5.3: 1 with issuer and serial, 3 with a key identifier.
  const expectedVersion = signerId?.tag === 0x80 ? 3 : 1;
  if (!sizes || signerId === undefined || contentOf(signerVersion, TAG.integer)[0] !== expectedVersion) {
    throw new Error('one signer expected');
  }
  const digests = membersOf(digestAlgorithms, TAG.set).map(algorithmOf);
  if (digests.length !== 1 || digests[0] !== algorithmOf(digestAlgorithm)) throw new Error('digest expected');
  return {
    version: contentOf(version, TAG.integer)[0] ?? 0,
    contentType: oidKey(contentType),
    content: explicit === undefined ? null : contentOf(membersOf(explicit, 0xa0)[0], TAG.octetString),
    certificates: certificates === undefined ? [] : membersOf(certificates, 0xa0).map(({ raw }) => raw),
    hasLists: parts.slice(3, -1).some(({ tag }) => tag !== 0xa0),
    signerId: signerId.raw,
    digestAlgorithm: algorithmOf(digestAlgorithm),
    signatureAlgorithm: algorithmOf(signatureAlgorithm),
    // Attributes stand under [0] in the message but are signed as a SET (RFC 5652 5.4).
    signedAttributes: tlv(TAG.set, contentOf(signedAttributes, 0xa0)),
    signature: contentOf(signature, TAG.octetString),
    unsignedAttributes: unsigned === undefined ? new Map() : attributesOf(membersOf(unsigned, 0xa1)),
  };
}

/** OID key of an AlgorithmIdentifier; parameters must be absent, NULL or, for RSASSA-PSS, its own. */
function algorithmOf(value: Der | undefined): string {
  const [algorithm, parameters, ...more] = membersOf(value);
  const key = oidKey(algorithm);
  const plain =
    parameters === undefined || toHex(parameters.raw) === '0500' || key === oidKey(OID_RSASSA_PSS);
  if (!plain || more.length > 0) throw new Error('bad algorithm');
  return key;
}

/** Values of each attribute by OID key; throws when a type comes twice. */
function attributesOf(attributes: Der[]): Map<string, Uint8Array[]> {
  const map = new Map<string, Uint8Array[]>();
  for (const one of attributes) {
    const [type, values] = membersOf(one);
    const key = oidKey(type);
    if (map.has(key)) throw new Error('attribute twice');
    map.set(
      key,
      membersOf(values, TAG.set).map(({ raw }) => raw),
    );
  }
  return map;
}

/** The one value of a signed attribute; undefined when it is missing or has several values. */
export function signedAttribute(signed: SignedData, type: string): Der | undefined {
  const values = attributesOf(membersOf(signed.signedAttributes, TAG.set)).get(oidKey(type)) ?? [];
  return values.length === 1 && values[0] ? decode(values[0]) : undefined;
}
