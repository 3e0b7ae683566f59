import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append } from '../../../../tests/factories/attacks/stage.ts';
import { readTrust } from './certificate-path.ts';
import { openPdf } from './pdf-file.ts';
import type { NewObject } from './pdf-revision.ts';
import { isDict, name, number, type PdfDict, type PdfValue, ref } from './pdf-syntax.ts';
import { openSample, signSample } from './sample-agreement.fixture.ts';
import { type Trust, verifyAgreement } from './verify-agreement.ts';

let close: () => Promise<void>;
let pdf: Uint8Array;
let trust: Trust;

beforeAll(async () => {
  const opened = await openSample();
  close = opened.close;
  pdf = (await signSample(opened.kit)).pdf;
  trust = readTrust(opened.kit.trustPem());
});
afterAll(() => close());

/** A place in the file, as a fraction of its length. */
const place = fc.double({ min: 0, max: 0.999999, noNaN: true });
const at = (fraction: number): number => Math.floor(fraction * pdf.length);

const value: fc.Arbitrary<PdfValue> = fc.oneof(
  fc.constantFrom<PdfValue>(null, true, false),
  fc.integer({ min: -1000, max: 1000 }).map(number),
  fc.constantFrom('Page', 'Sig', 'Widget', 'JavaScript', 'OFF').map(name),
  fc.integer({ min: 1, max: 60 }).map(ref),
  fc.uint8Array({ maxLength: 12 }).map((bytes): PdfValue => ({ kind: 'string', bytes })),
);
const KEYS = [
  'V',
  'AP',
  'Rect',
  'F',
  'Contents',
  'Annots',
  'Kids',
  'AcroForm',
  'Perms',
  'DSS',
  'OpenAction',
  'T',
  'Type',
];

/** What one can do to a file without a key: bytes, and revisions of changed or new objects. */
const mutations = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), place, mask: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), place, length: fc.integer({ min: 1, max: 400 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    place,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('copy' as const),
    place,
    from: place,
    length: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({
    kind: fc.constant('revision' as const),
    edits: fc.array(
      fc.record({ id: fc.integer({ min: 1, max: 70 }), key: fc.constantFrom(...KEYS), value }),
      { maxLength: 4 },
    ),
  }),
);
type Mutation = typeof mutations extends fc.Arbitrary<infer T> ? T : never;

function mutate(file: Uint8Array, one: Mutation): Uint8Array {
  if (one.kind === 'revision') return append(file, edited(file, one.edits));
  const start = at(one.place);
  if (one.kind === 'flip') {
    const copy = Buffer.from(file);
    copy[start] = (copy[start] ?? 0) ^ one.mask;
    return copy;
  }
  if (one.kind === 'cut') return Buffer.concat([file.subarray(0, start), file.subarray(start + one.length)]);
  if (one.kind === 'insert') return Buffer.concat([file.subarray(0, start), one.bytes, file.subarray(start)]);
  const source = file.subarray(at(one.from), at(one.from) + one.length);
  return Buffer.concat([file.subarray(0, start), source, file.subarray(start + source.length)]);
}

function edited(file: Uint8Array, edits: { id: number; key: string; value: PdfValue }[]): NewObject[] {
  const opened = openPdf(file);
  const byNumber = new Map<number, NewObject>();
  for (const { id, key, value: changed } of edits) {
    const found = opened.object(id);
    const old: PdfDict = isDict(found.value) ? found.value : new Map();
    const data = found.data === null ? {} : { data: Buffer.from(found.data).toString('latin1') };
    byNumber.set(id, { number: id, value: new Map([...old, [key, changed]]), ...data });
  }
  return [...byNumber.values()];
}

test('no random change of bytes, objects or revisions is ever called genuine', () => {
  fc.assert(
    fc.property(fc.array(mutations, { minLength: 1, maxLength: 3 }), (list) => {
      // Revisions first: they need a file that still opens.
      const ordered = [...list].sort((a, b) => Number(b.kind === 'revision') - Number(a.kind === 'revision'));
      const changed = ordered.reduce(mutate, pdf);
      if (Buffer.from(changed).equals(pdf)) return;
      expect(verifyAgreement(changed, trust).verdict).not.toBe('genuine');
    }),
    { numRuns: 200, seed: 20261126 },
  );
});
