/**
 * DER (X.690) for CMS, time-stamp and request structures, in browser and server. A strict reader, because
 * a BER reader (asn1js) accepts several encodings of one thing, and measured ten times slower on tokens.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One value: its tag octet, content octets and whole encoding. Only single-octet tags exist here. */
export type Der = { tag: number; content: Uint8Array; raw: Uint8Array };

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Encodes one value from its tag octet and content parts. */
export function tlv(tag: number, ...parts: Uint8Array[]): Bytes {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthBytes: number[] = [];
  for (let rest = size; size > 0x7f && rest > 0; rest = Math.floor(rest / 256))
    lengthBytes.unshift(rest % 256);
  const header = size > 0x7f ? [tag, 0x80 | lengthBytes.length, ...lengthBytes] : [tag, size];
  const out = new Uint8Array(header.length + size);
  out.set(header);
  let at = header.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const sequence = (...parts: Uint8Array[]): Bytes => tlv(TAG.sequence, ...parts);
export const octets = (bytes: Uint8Array): Bytes => tlv(TAG.octetString, bytes);
export const utf8 = (text: string): Bytes => tlv(TAG.utf8, new TextEncoder().encode(text));
/** BIT STRING of whole octets. */
export const bits = (bytes: Uint8Array): Bytes => tlv(TAG.bitString, Uint8Array.of(0), bytes);
/** A constructed, context-specific tag, e.g. [0]. */
export const tagged = (number: number, ...parts: Uint8Array[]): Bytes => tlv(0xa0 | number, ...parts);
/** SET OF with its members in DER order (X.690 11.6). */
export const setOf = (...parts: Uint8Array[]): Bytes => tlv(TAG.set, ...parts.toSorted(compareBytes));

/** Non-negative INTEGER from a number or from big-endian octets, in its shortest form. */
export function integer(value: number | Uint8Array): Bytes {
  const bytes = typeof value === 'number' ? fromHex(evenHex(value)) : value;
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = first === -1 ? Uint8Array.of(0) : bytes.subarray(first);
  return tlv(TAG.integer, (significant[0] ?? 0) > 0x7f ? Uint8Array.of(0) : new Uint8Array(), significant);
}

/** OBJECT IDENTIFIER from dotted form; arcs may be as large as a UUID (X.667). */
export function oid(dotted: string): Bytes {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const arcs = [first * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
    return digits;
  });
  return tlv(TAG.oid, Uint8Array.from(arcs));
}

/** Reads exactly one DER value that fills `bytes`; throws on a rest, a long form or a cut. */
export function decode(bytes: Uint8Array): Der {
  const value = readAt(bytes, 0);
  if (value.raw.length !== bytes.length) throw new Error('not one DER value');
  return value;
}

/** Members of a constructed value of this tag; throws when it is missing, another one or malformed. */
export function membersOf(value: Der | Uint8Array | undefined, tag: number = TAG.sequence): Der[] {
  const parent = value instanceof Uint8Array ? decode(value) : value;
  if (parent?.tag !== tag) throw new Error(`tag ${tag} expected`);
  const members: Der[] = [];
  for (let at = 0; at < parent.content.length; ) {
    const member = readAt(parent.content, at);
    members.push(member);
    at += member.raw.length;
  }
  return members;
}

/** Content of a value of this tag; throws on a missing value or another tag. */
export function contentOf(value: Der | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new Error(`tag ${tag} expected`);
  return value.content;
}

export const textOf = (value: Der | undefined): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(contentOf(value, TAG.utf8));

/** Lower-case hex of an OID's encoding, the form in which OIDs are compared. */
export function oidKey(value: Der | string | undefined): string {
  if (typeof value === 'string') return toHex(oid(value));
  contentOf(value, TAG.oid);
  return toHex(value?.raw ?? new Uint8Array());
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes of an even-length hex text; throws on anything else. */
export function fromHex(hex: string): Bytes {
  if (!/^([0-9a-f]{2})*$/i.test(hex)) throw new Error('not hex');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** A copy over a plain ArrayBuffer, which WebCrypto's types want. */
export const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

function readAt(bytes: Uint8Array, start: number): Der {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new Error('not DER');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || count > 3) throw new Error('not DER');
  let length = first;
  if (count > 0) {
    length = 0;
    for (let at = 0; at < count; at += 1) length = length * 256 + (bytes[start + 2 + at] ?? 0);
    if (length < 0x80 || length < 256 ** (count - 1)) throw new Error('not DER');
  }
  const from = start + 2 + count;
  if (from + length > bytes.length) throw new Error('not DER');
  return { tag, content: bytes.subarray(from, from + length), raw: bytes.subarray(start, from + length) };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function evenHex(value: number): string {
  const hex = value.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}
