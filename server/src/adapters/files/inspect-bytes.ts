import { inflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Sharp } from 'sharp';
import type { InspectedFile } from '../../ports/file-inspector.ts';
import { decodeHeic } from './decode-heic.ts';
import type { Verdict } from './inspect-file.ts';

const MAX_PIXELS = 40_000_000;
const MAX_PAGES = 300;
const MAX_EXPANSION = 100;
/** Nothing that unpacks to less is a bomb: a phone's plain screenshot may well shrink more than a hundredfold. */
const HARMLESS_BYTES = 20 * 1024 * 1024;
const PICTURE_PX = 1600;

sharp.cache(false);
sharp.concurrency(1);

/** Thrown inside this process where a limit is passed. */
export class TooComplex extends Error {}

/** What the bytes are, by content. Runs in the inspection process only: these parsers read hostile input. */
export async function inspectBytes(bytes: Uint8Array): Promise<Verdict> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const kind = kinds[type?.mime ?? ''];
  if (!kind || isAlsoAnother(kind.mime, bytes)) return { ok: false, code: 'FILE_TYPE_REFUSED' };
  try {
    return { ok: true, result: { ...kind, ...(await read(kind.mime, bytes)) } };
  } catch (error) {
    const tooComplex = error instanceof TooComplex || /pixel limit/i.test(String(error));
    return { ok: false, code: tooComplex ? 'FILE_TOO_COMPLEX' : 'FILE_UNREADABLE' };
  }
}

const kinds: Record<string, Pick<InspectedFile, 'mime' | 'extension'>> = {
  'image/jpeg': { mime: 'image/jpeg', extension: 'jpg' },
  'image/png': { mime: 'image/png', extension: 'png' },
  'image/webp': { mime: 'image/webp', extension: 'webp' },
  'image/heic': { mime: 'image/heic', extension: 'heic' },
  'image/heif': { mime: 'image/heic', extension: 'heic' },
  'application/pdf': { mime: 'application/pdf', extension: 'pdf' },
};

function read(mime: InspectedFile['mime'], bytes: Uint8Array) {
  if (mime === 'application/pdf') return readPdf(bytes);
  return mime === 'image/heic' ? readHeic(bytes) : readImage(bytes);
}

async function readImage(bytes: Uint8Array): Promise<{ pages: number; picture: Uint8Array }> {
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS });
  const { width, height, channels, depth, pages = 1 } = await image.metadata();
  limitPixels(width * height * pages);
  limitExpansion(width * height * pages * channels * (depth === 'ushort' ? 2 : 1), bytes.length);
  return { pages: 1, picture: await drawn(image.autoOrient()) };
}

async function readHeic(bytes: Uint8Array): Promise<{ pages: number; picture: Uint8Array }> {
  const { width, height, rgba } = await decodeHeic(bytes, (w, h) => {
    limitPixels(w * h);
    limitExpansion(w * h * 4, bytes.length);
  });
  return { pages: 1, picture: await drawn(sharp(rgba, { raw: { width, height, channels: 4 } })) };
}

async function readPdf(bytes: Uint8Array): Promise<{ pages: number; picture: Uint8Array }> {
  // PDFium repairs a file that lost its end; evidence must arrive whole.
  if (!Buffer.from(bytes.subarray(-1024)).includes('%%EOF')) throw new Error('truncated');
  limitStreams(Buffer.from(bytes));
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(bytes));
  const pages = document.getPageCount();
  if (pages > MAX_PAGES) throw new TooComplex('pages');
  if (pages === 0) throw new Error('no page');
  // Pages are drawn at one width later: a narrow one of great height would become a picture of gigabytes.
  for (const { width, height } of [...document.pages()].map(sizeOf))
    limitPixels(PICTURE_PX * ((PICTURE_PX * height) / width));
  const page = document.getPage(0);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = PICTURE_PX / Math.max(originalWidth, originalHeight);
  const { data, width, height } = await page.render({ scale, render: async (raw) => raw.data });
  return { pages, picture: await drawn(sharp(data, { raw: { width, height, channels: 4 } }).flatten()) };
}

function sizeOf(page: { getOriginalSize(): { originalWidth: number; originalHeight: number } }) {
  const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
  return { width, height };
}

/** Re-encoded from pixels: no EXIF, no GPS position, nothing that was appended to the file. */
async function drawn(image: Sharp): Promise<Uint8Array> {
  const box = { width: PICTURE_PX, height: PICTURE_PX, fit: 'inside', withoutEnlargement: true } as const;
  return new Uint8Array(await image.resize(box).webp({ quality: 82 }).toBuffer());
}

function limitPixels(pixels: number): void {
  if (!(pixels <= MAX_PIXELS)) throw new TooComplex('pixels');
}

function limitExpansion(unpacked: number, packed: number): void {
  if (unpacked > HARMLESS_BYTES && unpacked > packed * MAX_EXPANSION) throw new TooComplex('expansion');
}

/** Unpacks every deflated stream of a PDF once, with one allowance for all of them. */
function limitStreams(pdf: Buffer): void {
  const allowance = Math.max(HARMLESS_BYTES, pdf.length * MAX_EXPANSION);
  let total = 0;
  for (let at = pdf.indexOf('stream'); at !== -1; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const start = at + (pdf[at + 6] === 0x0d ? 8 : 7);
    if (((pdf[start] ?? 0) & 0x0f) !== 8) continue; // no zlib header
    const end = pdf.indexOf('endstream', start);
    total += unpackedLength(pdf.subarray(start, end === -1 ? pdf.length : end), allowance - total);
    if (total >= allowance) throw new TooComplex('expansion');
  }
}

function unpackedLength(packed: Buffer, allowance: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: Math.min(allowance, 0x7fffffff) }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? allowance : 0;
  }
}

/** A picture that is a PDF or a ZIP archive as well: readers look for these at other places than the start. */
function isAlsoAnother(mime: InspectedFile['mime'], bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (mime !== 'application/pdf' && buffer.subarray(0, 1024).includes('%PDF-')) return true;
  if (mime === 'application/pdf' && buffer.indexOf('%PDF-') !== 0) return true;
  const directoryEnd = buffer.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (directoryEnd === -1 || directoryEnd + 22 > buffer.length) return false;
  return directoryEnd + 22 + buffer.readUInt16LE(directoryEnd + 20) === buffer.length;
}
