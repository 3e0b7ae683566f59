import { openPdf } from '../../../server/src/adapters/signing/pdf-file.ts';
import {
  bytesOf,
  isDict,
  number,
  type PdfDict,
  type PdfValue,
  refOf,
} from '../../../server/src/adapters/signing/pdf-syntax.ts';
import { type Attack, changed } from './attack.ts';
import { append, edit, fieldOf, overwrittenPage, type Stage } from './stage.ts';

const text = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const bytes = (pdf: string): Uint8Array => Buffer.from(pdf, 'latin1');

/** The seal’s signature value rewritten in a revision behind the file (universal signature forgery). */
const universal = (
  title: string,
  about: string,
  change: (value: PdfDict) => Record<string, PdfValue>,
): Attack =>
  changed(title, about, ['AFTER_SEAL'], ({ sample }) => {
    const file = openPdf(sample.pdf);
    const id = refOf(fieldOf(file, 'committee').value.get('V')) ?? 0;
    const { value } = file.object(id);
    if (!isDict(value)) throw new Error('signature expected');
    return append(sample.pdf, [edit(file, id, change(value)), ...overwrittenPage(file)]);
  });

const string = (length: number): PdfValue => ({ kind: 'string', bytes: new Uint8Array(length) });

/** In the finished file, the byte range of its last signature or stamp. */
function lastRange({ sample }: Stage): { whole: string; numbers: number[]; at: number } {
  const all = [...text(sample.pdf).matchAll(/\/ByteRange (\[[\d ]+\])/g)];
  const found = all.at(-1);
  const numbers = found?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  return { whole: found?.[1] ?? '', numbers, at: (found?.index ?? 0) + 11 };
}

/** The last byte range replaced by one of the same width. */
const ranged = (title: string, about: string, change: (numbers: number[]) => number[]): Attack =>
  changed(title, about, ['ARCHIVE'], (stage) => {
    const { whole, numbers, at } = lastRange(stage);
    const replaced = `[${change(numbers).join(' ')}`.padEnd(whole.length - 1).concat(']');
    const pdf = text(stage.sample.pdf);
    return bytes(pdf.slice(0, at) + replaced + pdf.slice(at + whole.length));
  });

/** Signature wrapping: the signed rest moved behind content of the attacker's. */
function wrapped(stage: Stage, closesContents: boolean): Uint8Array {
  const { numbers, at, whole } = lastRange(stage);
  const [, head = 0, resume = 0, rest = 0] = numbers;
  const pdf = text(stage.sample.pdf);
  const filling = `${closesContents ? '>\n>>\nendobj\n' : ''}9999 0 obj\n<</Type/Page>>\nendobj\n`;
  const range = `[0 ${head} ${resume + filling.length} ${rest}`.padEnd(whole.length - 1).concat(']');
  const moved = pdf.slice(0, resume) + filling + pdf.slice(resume);
  return bytes(moved.slice(0, at) + range + moved.slice(at + whole.length));
}

/** The published attacks on what a signature covers (Mladenov et al. 2019) and byte ranges of other shapes. */
export const wrappingAttacks: Attack[] = [
  universal('usf-no-contents', 'the seal’s value without /Contents', () => ({ Contents: null })),
  universal('usf-empty-contents', 'the seal’s value with empty /Contents', () => ({ Contents: string(0) })),
  universal('usf-zero-contents', 'the seal’s value with /Contents of zeros', (value) => ({
    Contents: string(bytesOf(value.get('Contents'))?.length ?? 1),
  })),
  universal('usf-typed-contents', 'the seal’s value with /Contents false', () => ({ Contents: false })),
  universal('usf-no-range', 'the seal’s value without /ByteRange', () => ({ ByteRange: null })),
  universal('usf-negative-range', 'the seal’s value with a negative /ByteRange', () => ({
    ByteRange: [0, -1, 10, 20].map(number),
  })),
  universal('usf-short-range', 'the seal’s value with two numbers in /ByteRange', () => ({
    ByteRange: [0, 10].map(number),
  })),
  changed(
    'isa-copied-signature',
    'a changed page with the seal’s whole value copied behind it',
    [],
    ({ sample }) => {
      const file = openPdf(sample.pdf);
      const id = refOf(fieldOf(file, 'committee').value.get('V')) ?? 0;
      return append(sample.pdf, [...overwrittenPage(file), edit(file, id, {})]);
    },
  ),
  changed('isa-new-seal', 'a changed page whose seal field names a copy of the seal', [], ({ sample }) => {
    const file = openPdf(sample.pdf);
    const field = fieldOf(file, 'committee');
    const copy = { ...edit(file, refOf(field.value.get('V')) ?? 0, {}), number: file.size };
    const moved = edit(file, field.number, { V: { kind: 'ref', number: file.size } });
    return append(sample.pdf, [...overwrittenPage(file), copy, moved]);
  }),
  changed('swa-in-contents', 'content put between signature and signed rest, which moved', [], (stage) =>
    wrapped(stage, false),
  ),
  changed('swa-closed', 'the same with the signature’s object closed before it', [], (stage) =>
    wrapped(stage, true),
  ),
  changed('seal-twice', 'the seal’s revision appended again', [], ({ sample }) =>
    Buffer.concat([sample.pdf, sample.sealed.subarray(sample.unsealed.length)]),
  ),
  ranged('range-late-start', 'a byte range that leaves out the header', ([, a = 0, b = 0, c = 0]) => [
    9,
    a - 9,
    b,
    c,
  ]),
  ranged('range-gap', 'a byte range with a gap behind the signature', ([, a = 0, b = 0, c = 0]) => [
    0,
    a,
    b + 5,
    c - 5,
  ]),
  ranged('range-wide-gap', 'a byte range with a gap before the signature', ([, a = 0, b = 0, c = 0]) => [
    0,
    a - 60,
    b,
    c,
  ]),
  ranged('range-overlap', 'a byte range whose parts overlap', ([, a = 0, b = 0, c = 0]) => [
    0,
    a + 9,
    b - 9,
    c + 9,
  ]),
  ranged('range-early-end', 'a byte range that leaves out the end', ([, a = 0, b = 0, c = 0]) => [
    0,
    a,
    b,
    c - 6,
  ]),
  ranged('range-three-parts', 'a byte range in three parts', ([, a = 0, b = 0, c = 0]) => [
    0,
    10,
    10,
    a - 10,
    b,
    c,
  ]),
];
