import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';

/** A whole PNG of one colour. Solid pixels shrink a thousandfold, so a big one is a bomb. */
export function solidPng(width: number, height: number): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x7f)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return pngOf(width, height, pixels);
}

/** A PNG drawn pixel by pixel in greys (0 black, 255 white). */
export function drawnPng(width: number, height: number, grey: (x: number, y: number) => number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.fill(Math.round(grey(x, y)), 1 + x * 3, 4 + x * 3);
    return row;
  });
  return pngOf(width, height, deflateSync(Buffer.concat(rows)));
}

/** A thumbprint as a photo has it: ridges around a whorl on paper, a shadow over one side. */
export const thumbprintPng = (): Buffer =>
  drawnPng(240, 320, (x, y) => {
    const [dx, dy] = [(x - 120) / 90, (y - 165) / 130];
    const paper = 235 - x / 6;
    if (dx * dx + dy * dy > 1) return paper;
    return Math.sin(Math.hypot(dx * 90, dy * 100 + 10) / 2.2) > 0.1 ? 60 : paper;
  });

/** A PNG of a few bytes whose header promises this many pixels. */
export const promisedPng = (width: number, height: number): Buffer =>
  pngOf(width, height, deflateSync(Buffer.alloc(100)));

function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

/** A PDF with that many empty pages; `stream` adds one deflated stream as the first page's content. */
export function plainPdf(pages: number, stream?: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n', 'latin1')];
  const offsets: number[] = [];
  const add = (body: string, data?: Buffer) => {
    offsets.push(parts.reduce((total, part) => total + part.length, 0));
    parts.push(Buffer.from(`${offsets.length} 0 obj\n${body}`, 'latin1'));
    if (data) parts.push(Buffer.from('\nstream\n', 'latin1'), data, Buffer.from('\nendstream', 'latin1'));
    parts.push(Buffer.from('\nendobj\n', 'latin1'));
  };
  const kids = Array.from({ length: pages }, (_, i) => `${i + 4} 0 R`).join(' ');
  const content = deflateSync(stream ?? Buffer.from('0 0 m 200 200 l S'));
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`);
  add(`<< /Length ${content.length} /Filter /FlateDecode >>`, content);
  for (let i = 0; i < pages; i += 1)
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>`);
  const start = parts.reduce((total, part) => total + part.length, 0);
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** A ZIP archive without entries: 22 bytes that may follow any other file. */
export const emptyZip = (): Buffer => Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** An HEVC picture as a phone takes it, with a GPS position in its EXIF. */
export const phoneHeic = (): Promise<Buffer> =>
  readFile(new URL('../fixtures/attachments/phone.heic', import.meta.url));
