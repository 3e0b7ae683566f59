import { sm2 } from 'sm-crypto-v2';
import { contentOf, type Der, membersOf, oidKey, TAG, toHex } from '../../contract/der.ts';
import { isDerSignature } from '../../contract/signing-client.ts';
import { extensionsOf, issuerAndSerial, subjectOfDer } from './certificate-fields.ts';

/** SM2 with SM3 (GB/T 33560). */
export const OID_SM2_SM3 = '1.2.156.10197.1.501';
/** The signer's id that GM/T 0009 prescribes where nothing else was agreed. */
export const SM2_ID = '1234567812345678';
const OID_COMMON_NAME = oidKey('2.5.4.3');
const BASIC = oidKey('2.5.29.19');
const KEY_USAGE = oidKey('2.5.29.15');
const UTC_TIME = 0x17;

/** An X.509 certificate with an SM2 key, as far as seals need it; times are whole seconds. */
export type Sm2Certificate = {
  der: Uint8Array;
  /** Uncompressed point, hex. */
  publicKey: string;
  /** Common name of the subject; '' without one. */
  name: string;
  from: Date;
  to: Date;
  ca: boolean;
  /** May sign data: digitalSignature or nonRepudiation, or no key usage at all. */
  signs: boolean;
};

/** Reads a certificate with an SM2 key; throws for anything else. OpenSSL checks no signature with the id of GM/T 0009. */
export function readSm2Certificate(der: Uint8Array): Sm2Certificate {
  const fields = membersOf(membersOf(der)[0]);
  const [, , , , validity, subject, key] = fields;
  const point = contentOf(membersOf(key)[1], TAG.bitString).subarray(1);
  if (point.length !== 65 || point[0] !== 4) throw new Error('not an SM2 key');
  const [from, to] = membersOf(validity);
  const extensions = extensionsOf(der);
  const [isCa] = membersOf(extensions.get(BASIC)?.value ?? Uint8Array.of(TAG.sequence, 0));
  const usage = extensions.get(KEY_USAGE)?.value;
  const bits = usage === undefined ? null : (contentOf(membersOf(wrap(usage))[0], TAG.bitString)[1] ?? 0);
  return {
    der,
    publicKey: toHex(point),
    name: commonName(subject),
    from: readTime(from),
    to: readTime(to),
    ca: isCa?.tag === TAG.boolean && isCa.content[0] === 0xff,
    signs: bits === null || (bits & 0xc0) !== 0,
  };
}

/** True when `issuer` is an authority by its certificate and its key made this certificate's signature. */
export function isSm2IssuedBy(certificate: Sm2Certificate, issuer: Sm2Certificate): boolean {
  const [tbs, algorithm, signature] = membersOf(certificate.der);
  const [, , , named] = membersOf(tbs);
  if (tbs === undefined || !issuer.ca || oidKey(membersOf(algorithm)[0]) !== oidKey(OID_SM2_SM3))
    return false;
  if (!Buffer.from(subjectOfDer(issuer.der)).equals(named?.raw ?? new Uint8Array())) return false;
  return sm2Verifies(tbs.raw, contentOf(signature, TAG.bitString).subarray(1), issuer.publicKey);
}

/** SM2-with-SM3 over bytes, in the one DER encoding. */
export function sm2Verifies(bytes: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  if (!isDerSignature(signature)) return false;
  const options = { der: true, hash: true, userId: SM2_ID };
  return sm2.doVerifySignature(bytes, toHex(signature), publicKey, options);
}

/** Whether both are the same certificate by issuer and serial number. */
export const isSameCertificate = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.from(issuerAndSerial(one)).equals(issuerAndSerial(other)) && Buffer.from(one).equals(other);

function commonName(subject: Der | undefined): string {
  const found = membersOf(subject)
    .flatMap((set) => membersOf(set, TAG.set))
    .map((pair) => membersOf(pair))
    .find(([type]) => oidKey(type) === OID_COMMON_NAME)?.[1];
  return found === undefined ? '' : new TextDecoder().decode(found.content).slice(0, 200);
}

/** One value as the only member of a sequence, so that it is read like any other. */
const wrap = (value: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(TAG.sequence, value.length), value]);

/** UTCTime or GeneralizedTime in UTC, whole seconds (RFC 5280 4.1.2.5); throws on every other form. */
export function readTime(value: Der | undefined): Date {
  const text = new TextDecoder().decode(value?.content ?? new Uint8Array());
  const short = value?.tag === UTC_TIME;
  if (!short && value?.tag !== TAG.generalizedTime) throw new Error('time expected');
  const full = short ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, y, mo, d, h, mi, s] = full.match(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/) ?? [];
  const time = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (Number.isNaN(time.getTime())) throw new Error('not a time');
  return time;
}
