import { readerAt } from './pdf-reader.ts';
import {
  isDict,
  isName,
  numberOf,
  type PdfDict,
  PdfSyntaxError,
  type PdfValue,
  refOf,
} from './pdf-syntax.ts';

/** An object of a file: its value and, for a stream, its raw (still encoded) data. */
export type PdfObject = { value: PdfValue; data: Uint8Array | null };

/** One appended section: where its cross-reference table starts and where its %%EOF line ends. */
export type PdfSection = { xref: number; end: number; trailer: PdfDict };

/** A PDF with classic cross-reference tables, as pdfkit draws and our revisions extend. */
export type PdfFile = {
  bytes: Uint8Array;
  /** Oldest first; the last one's trailer counts. */
  sections: PdfSection[];
  /** One more than the highest object number. */
  size: number;
  rootNumber: number;
  /** Object by number; a missing one is null (7.3.10). Throws PdfSyntaxError. */
  object(number: number): PdfObject;
  /** Follows references until a direct value. */
  resolve(value: PdfValue | undefined): PdfValue;
  catalog(): PdfDict;
};

const MAX_SECTIONS = 64;
const MAX_OBJECTS = 200_000;

/**
 * Opens a file strictly: header at 0, every section's table, trailer, `startxref` and `%%EOF` in place.
 * Cross-reference streams, object streams, hybrid and encrypted files are refused: we never write one.
 * Throws PdfSyntaxError.
 */
export function openPdf(bytes: Uint8Array): PdfFile {
  if (latin1(bytes, 0, 5) !== '%PDF-') throw new PdfSyntaxError('no header');
  const offsets = new Map<number, number>();
  const sections: PdfSection[] = [];
  let xref: number | undefined = lastStartXref(bytes);
  let limit = bytes.length;
  while (xref !== undefined) {
    if (xref >= limit || sections.length >= MAX_SECTIONS)
      throw new PdfSyntaxError('bad cross-reference offset');
    const { trailer, end } = readSection(bytes, xref, offsets);
    // Sections lie one behind the other: one inside another's strings would be read as often as it is nested.
    if (end > limit) throw new PdfSyntaxError('sections overlap');
    sections.unshift({ xref, end, trailer });
    limit = xref;
    xref = numberOf(trailer.get('Prev'));
  }
  const trailer = sections.at(-1)?.trailer ?? new Map();
  const rootNumber = refOf(trailer.get('Root'));
  const size = numberOf(trailer.get('Size'));
  if (rootNumber === undefined || size === undefined || size > MAX_OBJECTS) {
    throw new PdfSyntaxError('bad trailer');
  }
  const cache = new Map<number, PdfObject>();
  const file: PdfFile = {
    bytes,
    sections,
    size,
    rootNumber,
    object(number) {
      const known = cache.get(number);
      if (known) return known;
      const offset = offsets.get(number);
      const found = offset === undefined ? { value: null, data: null } : readObject(file, number, offset);
      cache.set(number, found);
      return found;
    },
    resolve(value) {
      let direct: PdfValue = value ?? null;
      for (let hops = 0; refOf(direct) !== undefined; hops += 1) {
        if (hops > 10) throw new PdfSyntaxError('circular reference');
        direct = file.object(refOf(direct) ?? 0).value;
      }
      return direct;
    },
    catalog() {
      const catalog = file.object(rootNumber).value;
      if (!isDict(catalog) || !isName(catalog.get('Type'), 'Catalog')) throw new PdfSyntaxError('no catalog');
      return catalog;
    },
  };
  return file;
}

/** Object numbers of the pages in order; throws PdfSyntaxError on a circular or huge tree. */
export function pageNumbers(file: PdfFile): number[] {
  const pages: number[] = [];
  const seen = new Set<number>();
  const visit = (number: number | undefined): void => {
    if (number === undefined || seen.has(number) || seen.size > 20_000)
      throw new PdfSyntaxError('bad page tree');
    seen.add(number);
    const node = file.object(number).value;
    if (!isDict(node)) throw new PdfSyntaxError('bad page tree');
    const kids = file.resolve(node.get('Kids'));
    if (isName(node.get('Type'), 'Page')) pages.push(number);
    else if (Array.isArray(kids)) for (const kid of kids) visit(refOf(kid));
    else throw new PdfSyntaxError('bad page tree');
  };
  visit(refOf(file.catalog().get('Pages')));
  return pages;
}

function lastStartXref(bytes: Uint8Array): number {
  const tail = latin1(bytes, Math.max(0, bytes.length - 1024), bytes.length);
  const found = [...tail.matchAll(/startxref\s+(\d{1,10})\s+%%EOF/g)].at(-1)?.[1];
  if (found === undefined) throw new PdfSyntaxError('no startxref');
  return Number(found);
}

function readSection(
  bytes: Uint8Array,
  start: number,
  offsets: Map<number, number>,
): { trailer: PdfDict; end: number } {
  const reader = readerAt(bytes, start);
  if (!reader.keyword('xref')) throw new PdfSyntaxError('no cross-reference table');
  while (!reader.keyword('trailer')) {
    const first = numberOf(reader.value());
    const count = numberOf(reader.value());
    if (first === undefined || count === undefined || count > MAX_OBJECTS)
      throw new PdfSyntaxError('bad table');
    const from = bytes[reader.position] === 13 ? reader.position + 2 : reader.position + 1;
    for (let at = 0; at < count; at += 1) {
      const entry = latin1(bytes, from + at * 20, from + at * 20 + 20);
      const [, offset, kind] = entry.match(/^(\d{10}) \d{5} ([nf])(?: \n| \r|\r\n)$/) ?? [];
      if (kind === undefined) throw new PdfSyntaxError('bad table entry');
      // Newest section first: what is there already was set by a later one.
      if (!offsets.has(first + at)) offsets.set(first + at, kind === 'n' ? Number(offset) : -1);
    }
    reader.position = from + count * 20;
  }
  const trailer = reader.value();
  if (!isDict(trailer) || trailer.has('XRefStm') || trailer.has('Encrypt'))
    throw new PdfSyntaxError('bad trailer');
  if (!reader.keyword('startxref') || numberOf(reader.value()) !== start)
    throw new PdfSyntaxError('bad startxref');
  const rest = latin1(bytes, reader.position, reader.position + 10);
  const mark = rest.match(/^\s*%%EOF(\r\n|\n|\r)?/)?.[0];
  if (mark === undefined) throw new PdfSyntaxError('no end mark');
  return { trailer, end: reader.position + mark.length };
}

function readObject(file: PdfFile, number: number, offset: number): PdfObject {
  if (offset < 0) return { value: null, data: null };
  const reader = readerAt(file.bytes, offset);
  if (numberOf(reader.value()) !== number || numberOf(reader.value()) !== 0 || !reader.keyword('obj')) {
    throw new PdfSyntaxError('object not where the table says');
  }
  const value = reader.value();
  if (reader.keyword('endobj')) return { value, data: null };
  if (!isDict(value) || !reader.keyword('stream')) throw new PdfSyntaxError('object without end');
  const length = numberOf(file.resolve(value.get('Length')));
  const crlf = file.bytes[reader.position] === 13;
  const from = reader.position + (crlf ? 2 : 1);
  if (length === undefined || file.bytes[from - 1] !== 10) throw new PdfSyntaxError('bad stream');
  reader.position = from + length;
  if (!reader.keyword('endstream') || !reader.keyword('endobj'))
    throw new PdfSyntaxError('bad stream length');
  return { value, data: file.bytes.subarray(from, from + length) };
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
