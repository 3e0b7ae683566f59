import { createHash } from 'node:crypto';
import { contentOf, type Der, decode, membersOf, oidKey, TAG } from '../../contract/der.ts';
import { DomainError } from '../../domain/errors.ts';
import type { RegisteredSeal } from '../../ports/signing.ts';
import {
  isSameCertificate,
  isSm2IssuedBy,
  OID_SM2_SM3,
  readSm2Certificate,
  readTime,
  type Sm2Certificate,
  sm2Verifies,
} from './sm2-certificate.ts';

/** A seal's picture is some tens of kilobytes; certificates a few. */
const MAX_BYTES = 1024 * 1024;
const IA5 = 0x16;
const VERSION = 4;
const UNIT_SEAL = 1;
const MAX_MM = 60;

/** Why a container is refused; the screen has a sentence for each. */
export type SealFault = 'FORM' | 'ALGORITHM' | 'SIGNATURE' | 'MAKER' | 'DATES' | 'KIND' | 'PICTURE';
const refuse = (reason: SealFault): DomainError => new DomainError('SEAL_INVALID', { reason });

/**
 * Reads and checks a registered electronic seal (SES_Seal, GB/T 38540-2020 6.1; version 4): the seal maker's SM2
 * signature over the seal's data, the maker's certificate named by the operator or issued by an authority so named,
 * dates, and that it is an organisation's. SEAL_INVALID with the reason.
 */
export function readRegisteredSeal(
  container: Uint8Array,
  { makers, now }: { makers: Uint8Array[]; now: Date },
): RegisteredSeal {
  const { info, maker, algorithm, signature } = attempt(() => readForm(container));
  const [, , property, picture] = membersOf(info);
  const read = attempt(() => ({ ...readProperty(property), ...readPicture(picture) }));
  if (oidKey(algorithm) !== oidKey(OID_SM2_SM3)) throw refuse('ALGORITHM');
  const certificate = attempt(() => readSm2Certificate(maker));
  if (!attempt(() => sm2Verifies(info.raw, signature, certificate.publicKey))) throw refuse('SIGNATURE');
  if (!isTrusted(certificate, makers, now, read.createdAt)) throw refuse('MAKER');
  if (read.type !== UNIT_SEAL) throw refuse('KIND');
  if (read.createdAt > now || read.validFrom > now || read.validTo <= now || read.validTo <= read.validFrom)
    throw refuse('DATES');
  const { type: _, ...seal } = read;
  return {
    ...seal,
    sealId: ia5(membersOf(info)[1]),
    maker: certificate.name,
    sha256: createHash('sha256').update(container).digest('hex'),
  };
}

function readForm(container: Uint8Array) {
  if (container.length > MAX_BYTES) throw new Error('too long');
  const [info, maker, algorithm, signature, ...none] = membersOf(container);
  if (info === undefined || algorithm === undefined || none.length > 0) throw new Error('not a seal');
  const [header, , , , extensions, ...more] = membersOf(info);
  const [id, version, , ...rest] = membersOf(header);
  const known = ia5(id) === 'ES' && numberOf(version) === VERSION && rest.length === 0 && more.length === 0;
  if (!known) throw new Error('another version');
  if (extensions !== undefined) refuseCritical(extensions);
  const value = contentOf(signature, TAG.bitString).subarray(1);
  return { info, maker: contentOf(maker, TAG.octetString), algorithm, signature: value };
}

/** Extensions that a reader must know say so; we know none. */
function refuseCritical(extensions: Der): void {
  for (const one of membersOf(membersOf(extensions, 0xa0)[0]))
    if (contentOf(membersOf(one)[1], TAG.boolean)[0] !== 0) throw new Error('critical');
}

/** Who may seal is listed as certificates (1) or their digests (2); both are kept as SHA-256 or as they stand. */
function readProperty(property: Der | undefined) {
  const [type, name, listType, list, created, from, to, ...none] = membersOf(property);
  if (none.length > 0) throw new Error('bad property');
  const kind = numberOf(listType);
  if (kind !== 1 && kind !== 2) throw new Error('bad certificate list');
  const holders = membersOf(list).map((one) => {
    const bytes = contentOf(kind === 1 ? one : membersOf(one)[1], TAG.octetString);
    if (kind === 1) decode(bytes);
    return kind === 1 ? createHash('sha256').update(bytes).digest('hex') : Buffer.from(bytes).toString('hex');
  });
  const title = new TextDecoder('utf-8', { fatal: true }).decode(contentOf(name, TAG.utf8));
  if (title.length === 0 || title.length > 100 || holders.length === 0 || holders.length > 20)
    throw new Error('bad property');
  return {
    type: numberOf(type),
    name: title,
    holders,
    createdAt: readTime(created),
    validFrom: readTime(from),
    validTo: readTime(to),
  };
}

/** Sizes are whole millimetres. */
function readPicture(picture: Der | undefined) {
  const [type, data, width, height, ...none] = membersOf(picture);
  const [widthMm, heightMm] = [numberOf(width), numberOf(height)];
  const sized = [widthMm, heightMm].every((mm) => mm > 0 && mm <= MAX_MM);
  if (none.length > 0 || !/^(png|jpe?g)$/i.test(ia5(type)) || !sized) throw refuse('PICTURE');
  return { picture: new Uint8Array(contentOf(data, TAG.octetString)), widthMm, heightMm };
}

/** The maker's certificate itself or its issuer is one that the operator named; both valid now and when it was made. */
function isTrusted(maker: Sm2Certificate, named: Uint8Array[], now: Date, made: Date): boolean {
  const valid = ({ from, to }: Sm2Certificate) => [now, made].every((time) => from <= time && time <= to);
  if (maker.ca || !maker.signs || !valid(maker)) return false;
  return named.some((der) => {
    if (isSameCertificate(der, maker.der)) return true;
    const authority = readSm2Certificate(der);
    return valid(authority) && isSm2IssuedBy(maker, authority);
  });
}

/** SM2 certificates of a PEM text as DER; throws a plain Error for any other. */
export function readSealMakers(pem: string): Uint8Array[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => {
    const der = new Uint8Array(Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64'));
    return readSm2Certificate(der).der;
  });
}

const ia5 = (value: Der | undefined): string => {
  const text = Buffer.from(contentOf(value, IA5)).toString('latin1');
  if (!/^[\x20-\x7e]{1,100}$/.test(text)) throw new Error('not IA5');
  return text;
};

/** A small non-negative INTEGER. */
function numberOf(value: Der | undefined): number {
  const [first = 0xff, second = 0, ...rest] = contentOf(value, TAG.integer);
  if (first > 0x7f || rest.length > 0) throw new Error('small number expected');
  return contentOf(value, TAG.integer).length === 1 ? first : first * 256 + second;
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DomainError ? error : refuse('FORM');
  }
}
