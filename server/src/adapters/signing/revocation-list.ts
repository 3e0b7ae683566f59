import { verify as verifySignature } from 'node:crypto';
import {
  bits,
  contentOf,
  type Der,
  fromHex,
  integer,
  membersOf,
  octets,
  oid,
  oidKey,
  sequence,
  TAG,
  tagged,
  tlv,
  toHex,
} from '../../contract/der.ts';
import { OID_ECDSA_SHA256 } from '../../contract/signing-client.ts';
import type { RevokedCertificate } from '../../ports/signing.ts';
import { subjectKeyIdentifier, subjectOfDer } from './certificate-fields.ts';
import { readCertificate } from './read-certificate.ts';

const UTC_TIME = 0x17;
const ENUMERATED = 0x0a;
const OID_CRL_NUMBER = '2.5.29.20';
const OID_REASON = '2.5.29.21';
const OID_AUTHORITY_KEY = '2.5.29.35';
/** RSA and ECDSA with SHA-256, 384 or 512. */
const HASHES = new Map([
  [oidKey(OID_ECDSA_SHA256), 'sha256'],
  [oidKey('1.2.840.10045.4.3.3'), 'sha384'],
  [oidKey('1.2.840.10045.4.3.4'), 'sha512'],
  [oidKey('1.2.840.113549.1.1.11'), 'sha256'],
  [oidKey('1.2.840.113549.1.1.12'), 'sha384'],
  [oidKey('1.2.840.113549.1.1.13'), 'sha512'],
]);
/** CRLReason (RFC 5280 5.3.1) of the causes that we know. */
const REASONS: Record<RevokedCertificate['reason'], number> = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
};

/** A revocation list as read: times in whole seconds. */
export type RevocationList = {
  issuer: Uint8Array;
  thisUpdate: Date;
  nextUpdate: Date | null;
  revoked: Map<string, Date>;
  verifiedBy(issuerCertificate: Uint8Array): boolean;
};

/** A complete CRL of one issuer (RFC 5280 5), as DER. `number` rises with every list of that issuer. */
export async function issueRevocationList(
  issuer: { certificate: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> },
  input: { thisUpdate: Date; nextUpdate: Date; number: number; revoked: RevokedCertificate[] },
): Promise<Uint8Array> {
  const algorithm = sequence(oid(OID_ECDSA_SHA256));
  const entries = input.revoked.map(({ serial, at, reason }) =>
    sequence(
      integer(fromHex(serial.length % 2 ? `0${serial}` : serial)),
      time(at),
      sequence(extension(OID_REASON, tlv(ENUMERATED, Uint8Array.of(REASONS[reason])))),
    ),
  );
  const keyId = subjectKeyIdentifier(issuer.certificate);
  if (keyId === null) throw new Error('issuer without key identifier');
  const toBeSigned = sequence(
    integer(1),
    algorithm,
    subjectOfDer(issuer.certificate),
    time(input.thisUpdate),
    time(input.nextUpdate),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    tagged(
      0,
      sequence(
        extension(OID_AUTHORITY_KEY, sequence(tlv(0x80, keyId))),
        extension(OID_CRL_NUMBER, integer(input.number)),
      ),
    ),
  );
  return sequence(toBeSigned, algorithm, bits(await issuer.sign(toBeSigned)));
}

/** Reads a complete CRL; throws for anything malformed, delta, indirect or with a critical extension. */
export function parseRevocationList(der: Uint8Array): RevocationList {
  const [tbs, algorithm, signature, ...none] = membersOf(der);
  const parts = membersOf(tbs);
  const [version, inner, issuer, thisUpdate] = parts;
  if (none.length > 0 || tbs === undefined || issuer === undefined) throw new Error('not a CRL');
  if (contentOf(version, TAG.integer)[0] !== 1 || toHex(inner?.raw ?? der) !== toHex(algorithm?.raw ?? der))
    throw new Error('CRL version 2 expected');
  let at = 4;
  const isTime = (value: Der | undefined) => value?.tag === UTC_TIME || value?.tag === TAG.generalizedTime;
  const nextUpdate = isTime(parts[at]) ? readTime(parts[at++]) : null;
  const revoked = new Map<string, Date>();
  if (parts[at]?.tag === TAG.sequence) {
    for (const entry of membersOf(parts[at++])) {
      const [serial, when, extensions] = membersOf(entry);
      if (extensions !== undefined) refuseCritical(membersOf(extensions));
      revoked.set(serialKey(contentOf(serial, TAG.integer)), readTime(when));
    }
  }
  const extensions = parts[at];
  if (extensions !== undefined) refuseCritical(membersOf(membersOf(extensions, 0xa0)[0]));
  const hash = HASHES.get(oidKey(membersOf(algorithm)[0]));
  const value = contentOf(signature, TAG.bitString).subarray(1);
  // Every signature of the file asks the same of the same few lists.
  const verified = new WeakMap<object, boolean>();
  return {
    issuer: issuer.raw,
    thisUpdate: readTime(thisUpdate),
    nextUpdate,
    revoked,
    verifiedBy(certificate) {
      if (hash === undefined || !Buffer.from(subjectOfDer(certificate)).equals(issuer.raw)) return false;
      const { x509, publicKey: key } = readCertificate(certificate);
      const known = verified.get(x509);
      if (known !== undefined) return known;
      const holds = verifySignature(hash, tbs.raw, { key, dsaEncoding: 'der' }, value);
      verified.set(x509, holds);
      return holds;
    },
  };
}

/** A certificate's serial in the form in which revocation lists are searched. */
export const serialOf = (certificate: Uint8Array): string =>
  readCertificate(certificate)
    .x509.serialNumber.toLowerCase()
    .replace(/^0+(?=.)/, '');

const serialKey = (octetsOfInteger: Uint8Array): string => toHex(octetsOfInteger).replace(/^0+(?=.)/, '');

function refuseCritical(extensions: Der[]): void {
  for (const one of extensions) {
    const parts = membersOf(one);
    // Delta and indirect lists say so in critical extensions; we read neither.
    if (parts.length === 3 && contentOf(parts[1], TAG.boolean)[0] === 0xff) throw new Error('critical');
  }
}

const extension = (id: string, value: Uint8Array) => sequence(oid(id), octets(value));

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 5.1.2.4), whole seconds. */
function time(value: Date): Uint8Array {
  const digits = value.toISOString().slice(0, 19).replace(/[-T:]/g, '');
  const early = value.getUTCFullYear() < 2050;
  const text = `${early ? digits.slice(2) : digits}Z`;
  return tlv(early ? UTC_TIME : TAG.generalizedTime, Buffer.from(text, 'latin1'));
}

function readTime(value: Der | undefined): Date {
  const short = value?.tag === UTC_TIME;
  const text = Buffer.from(contentOf(value, short ? UTC_TIME : TAG.generalizedTime)).toString('latin1');
  const full = short ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] =
    full.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/) ?? [];
  const read = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(read.getTime())) throw new Error('not a time');
  return read;
}
