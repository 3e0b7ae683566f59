import { type PdfDict, PdfSyntaxError, type PdfValue, ref } from './pdf-syntax.ts';

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((one) => one.charCodeAt(0)));
const MAX_DEPTH = 50;
/** Octets of one direct value: ours have a few thousand, streams not counted. */
const MAX_VALUE = 512 * 1024;

/** A reader over bytes from a position on. `position` stands behind what was read last. */
export type PdfReader = {
  position: number;
  /** Reads one value; throws PdfSyntaxError. */
  value(): PdfValue;
  /** Skips white space and comments, then consumes this keyword if it is there. */
  keyword(word: string): boolean;
};

export function readerAt(bytes: Uint8Array, start: number): PdfReader {
  let until = start;
  const reader: PdfReader = {
    position: start,
    value() {
      until = reader.position + MAX_VALUE;
      return readValue(0);
    },
    keyword,
  };
  return reader;

  function skip(): void {
    for (;;) {
      const byte = bytes[reader.position];
      if (byte === 0x25) {
        while (reader.position < bytes.length && !isLineEnd(bytes[reader.position])) reader.position += 1;
      } else if (byte !== undefined && SPACE.has(byte)) {
        reader.position += 1;
      } else return;
    }
  }

  function keyword(word: string): boolean {
    skip();
    const end = reader.position + word.length;
    if (Buffer.from(bytes.subarray(reader.position, end)).toString('latin1') !== word) return false;
    const after = bytes[end];
    if (after !== undefined && !SPACE.has(after) && !DELIMITERS.has(after)) return false;
    reader.position = end;
    return true;
  }

  function readValue(depth: number): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('nested too deep');
    skip();
    if (reader.position > until) throw new PdfSyntaxError('value too long');
    const byte = bytes[reader.position];
    const next = bytes[reader.position + 1];
    if (byte === 0x3c && next === 0x3c) return readDict(depth);
    if (byte === 0x3c) return readHex();
    if (byte === 0x28) return readLiteral();
    if (byte === 0x5b) return readArray(depth);
    if (byte === 0x2f) return { kind: 'name', name: readName() };
    const token = regular();
    if (token === 'null') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) throw new PdfSyntaxError('value expected');
    return readReference(token) ?? { kind: 'number', text: token };
  }

  /** `12 0 R`; other generations never occur in what we write or draw. */
  function readReference(token: string): PdfValue | undefined {
    if (!/^\d{1,9}$/.test(token)) return undefined;
    const back = reader.position;
    if (keyword('0') && keyword('R')) return ref(Number(token));
    reader.position = back;
    return undefined;
  }

  function regular(): string {
    const from = reader.position;
    let byte = bytes[reader.position];
    while (byte !== undefined && !SPACE.has(byte) && !DELIMITERS.has(byte)) {
      reader.position += 1;
      byte = bytes[reader.position];
    }
    return Buffer.from(bytes.subarray(from, reader.position)).toString('latin1');
  }

  function readName(): string {
    reader.position += 1;
    return regular().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }

  function readArray(depth: number): PdfValue[] {
    reader.position += 1;
    const items: PdfValue[] = [];
    for (;;) {
      skip();
      if (bytes[reader.position] === 0x5d) break;
      items.push(readValue(depth + 1));
    }
    reader.position += 1;
    return items;
  }

  function readDict(depth: number): PdfDict {
    reader.position += 2;
    const entries: PdfDict = new Map();
    for (;;) {
      skip();
      if (bytes[reader.position] === 0x3e && bytes[reader.position + 1] === 0x3e) break;
      if (bytes[reader.position] !== 0x2f) throw new PdfSyntaxError('name expected');
      const key = readName();
      // Readers disagree on which of two equal keys counts, so none may exist.
      if (entries.has(key)) throw new PdfSyntaxError('key twice');
      entries.set(key, readValue(depth + 1));
    }
    reader.position += 2;
    return entries;
  }

  function readHex(): PdfValue {
    const end = bytes.indexOf(0x3e, reader.position);
    if (end === -1) throw new PdfSyntaxError('string without end');
    const hex = Buffer.from(bytes.subarray(reader.position + 1, end))
      .toString('latin1')
      .replace(/\s/g, '');
    if (!/^[0-9a-f]*$/i.test(hex)) throw new PdfSyntaxError('not hex');
    reader.position = end + 1;
    return { kind: 'string', bytes: Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex') };
  }

  function readLiteral(): PdfValue {
    const out: number[] = [];
    let depth = 1;
    for (reader.position += 1; ; reader.position += 1) {
      const byte = bytes[reader.position];
      if (byte === undefined || reader.position > until) throw new PdfSyntaxError('string without end');
      if (byte === 0x5c) {
        readEscape(out);
        continue;
      }
      if (byte === 0x28) depth += 1;
      if (byte === 0x29) depth -= 1;
      if (depth === 0) break;
      out.push(byte);
    }
    reader.position += 1;
    return { kind: 'string', bytes: Uint8Array.from(out) };
  }

  /** Reads the escape at the position and leaves the position on its last byte. */
  function readEscape(out: number[]): void {
    reader.position += 1;
    const escaped = String.fromCharCode(bytes[reader.position] ?? 0);
    const octal = Buffer.from(bytes.subarray(reader.position, reader.position + 3))
      .toString('latin1')
      .match(/^[0-7]{1,3}/)?.[0];
    if (octal !== undefined) {
      out.push(Number.parseInt(octal, 8) & 0xff);
      reader.position += octal.length - 1;
    } else if (escaped === '\r' || escaped === '\n') {
      if (escaped === '\r' && bytes[reader.position + 1] === 0x0a) reader.position += 1;
    } else {
      const plain = { n: 10, r: 13, t: 9, b: 8, f: 12 }[escaped];
      out.push(plain ?? escaped.charCodeAt(0));
    }
  }
}

const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13;
