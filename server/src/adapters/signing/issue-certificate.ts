import { createHash, randomBytes } from 'node:crypto';
import { type AsnType, BitString, fromBER, Integer, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CRLDistributionPoints,
  DistributionPoint,
  Extension,
  ExtKeyUsage,
  GeneralName,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';
import { copy, oid, sequence, setOf, tlv, utf8 } from '../../contract/der.ts';
import { OID_CERTIFICATE_BINDING, OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import { type CertificateBinding, encodeBinding } from './binding-extension.ts';

export const OID_EKU_TIMESTAMPING = '1.3.6.1.5.5.7.3.8';
/** Marks every name of a demonstration. */
export const DEMO_MARK = '演示 无法律效力';

/** The parts of a name that we use, in this order. X.520 allows 64 characters each: longer ones are cut. */
export type CertificateName = {
  organisation: string;
  unit?: string;
  title?: string;
  commonName: string;
  serialNumber?: string;
};

export type CertificateRequest = {
  subject: CertificateName;
  /** DER SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
  years: number;
  usage:
    | { kind: 'authority'; pathLength: number; timeStampingOnly?: boolean }
    | { kind: 'timestamp' }
    | { kind: 'signer'; binding: CertificateBinding };
  /** Where the issuer's list, its OCSP responder and its own certificate are served; left out while they are not. */
  at?: { list: string; ocsp?: string; issuer: string };
  /** Which policy it was issued under, said in words as well (RFC 5280 4.2.1.4): at most 200 characters. */
  policy?: { oid: string; notice: string };
};

/** Who issues: null makes the certificate self-signed. `sign` is ECDSA-SHA256 in DER over the message. */
export type Issuer = { certificate: Uint8Array | null; sign(message: Uint8Array): Promise<Uint8Array> };

/** Builds and signs an X.509 v3 certificate (RFC 5280) with a random 127-bit serial; returns its DER. */
export async function issueX509(request: CertificateRequest, issuer: Issuer): Promise<Uint8Array> {
  const parent = issuer.certificate === null ? null : Certificate.fromBER(copy(issuer.certificate));
  const algorithm = () => new AlgorithmIdentifier({ algorithmId: OID_ECDSA_SHA256 });
  // A minute's grace: a time-stamp token counts whole seconds and may predate this moment.
  const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + request.years);

  const subject = distinguishedName(request.subject);
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: randomSerial().buffer }),
    signature: algorithm(),
    subject,
    issuer: parent?.subject ?? subject,
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    subjectPublicKeyInfo: new PublicKeyInfo({ schema: decode(request.publicKey) }),
    extensions: extensions(request, parent),
    signatureAlgorithm: algorithm(),
  });

  const toBeSigned = encode(certificate.encodeTBS());
  certificate.tbsView = toBeSigned;
  certificate.signatureValue = new BitString({ valueHex: copy(await issuer.sign(toBeSigned)).buffer });
  return encode(certificate.toSchema(false));
}

function extensions(
  { publicKey, usage, at, policy }: CertificateRequest,
  parent: Certificate | null,
): Extension[] {
  const keyId = keyIdentifier(publicKey);
  const parentKeyId = parent === null ? keyId : keyIdentifier(encode(parent.subjectPublicKeyInfo.toSchema()));
  const authority = usage.kind === 'authority';
  const basic = authority ? { cA: true, pathLenConstraint: usage.pathLength } : { cA: false };
  // keyCertSign and cRLSign; or digitalSignature and, for signers, nonRepudiation (RFC 5280 4.2.1.3).
  const [bits, unused] = authority ? [0x06, 1] : usage.kind === 'signer' ? [0xc0, 6] : [0x80, 7];
  const list = [
    extension('2.5.29.19', true, new BasicConstraints(basic).toSchema()),
    extension('2.5.29.15', true, new BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: unused })),
    extension('2.5.29.14', false, new OctetString({ valueHex: keyId.buffer })),
    extension(
      '2.5.29.35',
      false,
      new AuthorityKeyIdentifier({
        keyIdentifier: new OctetString({ valueHex: parentKeyId.buffer }),
      }).toSchema(),
    ),
  ];
  if (usage.kind === 'timestamp' || (authority && usage.timeStampingOnly === true)) {
    // Critical on the authority's end certificate (RFC 3161 2.3); on its root it names the root's purpose.
    const purpose = new ExtKeyUsage({ keyPurposes: [OID_EKU_TIMESTAMPING] });
    list.push(extension('2.5.29.37', !authority, purpose.toSchema()));
  }
  if (usage.kind === 'signer') {
    list.push(extension(OID_CERTIFICATE_BINDING, false, decode(encodeBinding(usage.binding))));
  }
  if (policy !== undefined) {
    const notice = sequence(oid('1.3.6.1.5.5.7.2.2'), sequence(utf8(policy.notice)));
    const policies = sequence(sequence(oid(policy.oid), sequence(notice)));
    list.push(extension('2.5.29.32', false, decode(policies)));
  }
  if (at !== undefined) {
    const point = new DistributionPoint({
      distributionPoint: [new GeneralName({ type: 6, value: at.list })],
    });
    list.push(
      extension('2.5.29.31', false, new CRLDistributionPoints({ distributionPoints: [point] }).toSchema()),
    );
    const access = (method: string, url: string) =>
      sequence(oid(method), tlv(0x86, new TextEncoder().encode(url)));
    const ways = [
      ...(at.ocsp === undefined ? [] : [access('1.3.6.1.5.5.7.48.1', at.ocsp)]),
      access('1.3.6.1.5.5.7.48.2', at.issuer),
    ];
    list.push(extension('1.3.6.1.5.5.7.1.1', false, decode(sequence(...ways))));
  }
  return list;
}

function extension(extnID: string, critical: boolean, value: AsnType): Extension {
  return new Extension({ extnID, critical, extnValue: encode(value).buffer });
}

/** A Name with one attribute in each RDN; pkijs itself would put all of them into one. */
function distinguishedName(name: CertificateName): RelativeDistinguishedNames {
  const text = (value: string) => utf8([...value].slice(0, 64).join(''));
  const parts: [string, Uint8Array | undefined][] = [
    ['2.5.4.6', printable('CN')],
    ['2.5.4.10', text(name.organisation)],
    ['2.5.4.11', name.unit === undefined ? undefined : text(name.unit)],
    ['2.5.4.12', name.title === undefined ? undefined : text(name.title)],
    ['2.5.4.5', name.serialNumber === undefined ? undefined : printable(name.serialNumber)],
    ['2.5.4.3', text(name.commonName)],
  ];
  const rdns = parts.flatMap(([type, value]) => (value ? [setOf(sequence(oid(type), value))] : []));
  return new RelativeDistinguishedNames({ schema: decode(sequence(...rdns)) });
}

const printable = (value: string) => tlv(0x13, new TextEncoder().encode(value.slice(0, 64)));
const encode = (block: AsnType): Uint8Array<ArrayBuffer> => new Uint8Array(block.toBER(false));
const decode = (der: Uint8Array): AsnType => fromBER(copy(der)).result;

/** First 160 bits of SHA-256 over the subject public key (RFC 7093 2, method 1). */
function keyIdentifier(spki: Uint8Array): Uint8Array<ArrayBuffer> {
  const info = new PublicKeyInfo({ schema: decode(spki) });
  const key = info.subjectPublicKey.valueBlock.valueHexView;
  return copy(createHash('sha256').update(key).digest().subarray(0, 20));
}

/** 16 random octets as a positive integer without leading zero: fixed length, so tokens keep their size. */
export function randomSerial(): Uint8Array<ArrayBuffer> {
  const bytes = copy(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). */
const time = (value: Date): Time => new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
