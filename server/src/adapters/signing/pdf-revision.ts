import type { PdfFile } from './pdf-file.ts';
import { dict, number, type PdfDict, type PdfValue, ref, write } from './pdf-syntax.ts';

/** An object to append: a value, or a stream with its data (uncompressed, so the same on every machine). */
export type NewObject = { number: number; value: PdfValue; data?: string };

/** A signature value to leave room for: its object, its dictionary and the octets reserved for the CMS. */
export type SignatureSlot = { number: number; value: PdfDict; room: number };

/** Appended bytes and, in absolute offsets, where the empty hex string with its brackets stands. */
export type Revision = { bytes: Uint8Array; gap: { start: number; end: number } };

/**
 * Writes one revision behind `file`: the objects by rising number, a signature with /ByteRange and an empty
 * /Contents, a classic table and trailer. The same input gives the same bytes; the verifier relies on it.
 */
export function buildRevision(file: PdfFile, objects: NewObject[], slot: SignatureSlot): Revision {
  const body = bodyBehind(file, objects);
  const { parts, offsets } = body;
  offsets.set(slot.number, body.at());
  const [head, tail] = writeSignature(slot);
  body.push(head);
  const rangeAt = parts.length - 1;
  const gapStart = body.at();
  body.push(`<${'0'.repeat(slot.room * 2)}>`);
  const gapEnd = body.at();
  body.push(tail);
  pushEnd(file, body);
  parts[rangeAt] = head.replace(BYTE_RANGE, writeRange([0, gapStart, gapEnd, body.at() - gapEnd]));
  return { bytes: Buffer.from(parts.join(''), 'latin1'), gap: { start: gapStart, end: gapEnd } };
}

/** The same without a signature: what long-term data needs. */
export function buildPlainRevision(file: PdfFile, objects: NewObject[]): Uint8Array {
  const body = bodyBehind(file, objects);
  pushEnd(file, body);
  return Buffer.from(body.parts.join(''), 'latin1');
}

type Body = {
  parts: string[];
  offsets: Map<number, number>;
  push(part: string): void;
  /** Absolute offset of what comes next. */
  at(): number;
};

function bodyBehind(file: PdfFile, objects: NewObject[]): Body {
  const start = file.bytes.length;
  const lead = file.bytes[start - 1] === 10 ? '' : '\n';
  let at = start + lead.length;
  const body: Body = {
    parts: [lead],
    offsets: new Map(),
    push(part) {
      body.parts.push(part);
      at += part.length;
    },
    at: () => at,
  };
  for (const object of [...objects].sort((a, b) => a.number - b.number)) {
    body.offsets.set(object.number, at);
    body.push(writeObject(object));
  }
  return body;
}

function pushEnd(file: PdfFile, { offsets, push, at }: Body): void {
  const xref = at();
  const size = Math.max(file.size, ...[...offsets.keys()].map((one) => one + 1));
  push(writeTable(offsets));
  push(`trailer\n${write(trailerOf(file, size))}\nstartxref\n${xref}\n%%EOF\n`);
}

/** Puts the CMS into the gap, in lower-case hex with zeros behind it. Null when it does not fit. */
export function fillGap(revision: Revision, cms: Uint8Array, headLength: number): Uint8Array | null {
  const hex = Buffer.from(cms).toString('hex');
  const from = revision.gap.start - headLength + 1;
  if (hex.length > revision.gap.end - revision.gap.start - 2) return null;
  const filled = Buffer.from(revision.bytes);
  filled.write(hex, from, 'latin1');
  return filled;
}

const RANGE_WIDTH = 36;
const BYTE_RANGE = `[${' '.repeat(RANGE_WIDTH)}]`;
const writeRange = (range: number[]): string => `[${range.join(' ').padEnd(RANGE_WIDTH)}]`;

function writeObject({ number: id, value, data }: NewObject): string {
  const stream = data === undefined ? '' : `\nstream\n${data}\nendstream`;
  return `${id} 0 obj\n${write(value)}${stream}\nendobj\n`;
}

/** The signature's object, cut around its /Contents, which stands last. */
function writeSignature({ number: id, value }: SignatureSlot): [string, string] {
  const body = write(value).replace(/\n>>$/, '');
  return [`${id} 0 obj\n${body}\n/ByteRange ${BYTE_RANGE}\n/Contents `, '\n>>\nendobj\n'];
}

function writeTable(offsets: Map<number, number>): string {
  const numbers = [...offsets.keys()].sort((a, b) => a - b);
  let table = 'xref\n';
  for (const [index, first] of numbers.entries()) {
    if (numbers[index - 1] !== first - 1) {
      let count = 1;
      while (numbers[index + count] === first + count) count += 1;
      table += `${first} ${count}\n`;
    }
    table += `${String(offsets.get(first)).padStart(10, '0')} 00000 n \n`;
  }
  return table;
}

function trailerOf(file: PdfFile, size: number): PdfDict {
  const last = file.sections.at(-1);
  const kept = ['Info', 'ID'].flatMap((key): [string, PdfValue][] => {
    const value = last?.trailer.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  return new Map([
    ...dict({ Size: number(size), Root: ref(file.rootNumber) }),
    ...kept,
    ...dict({ Prev: number(last?.xref ?? 0) }),
  ]);
}
