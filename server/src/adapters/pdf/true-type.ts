/** A step of an outline, as fontkit gives it; arguments in the outline's own units. */
export type OutlineStep = { command: string; args: number[] };
/** One character with its outline and advance width, in font units. */
export type Outline = { code: number; advance: number; steps: OutlineStep[] };
type FontParts = { name: string; unitsPerEm: number; ascent: number; descent: number; outlines: Outline[] };
type Point = { x: number; y: number; on: boolean };

/**
 * A bare TrueType font (OpenType 1.9: cmap format 12, simple glyphs) of these outlines, in ascending order of code
 * points: what a PDF embeds and no more. Throws an Error for cubic curves, which TrueType has not.
 */
export function writeTrueType(font: FontParts): Buffer {
  const glyphs = [Buffer.alloc(0), ...font.outlines.map(({ steps }) => glyphOf(contoursOf(steps)))];
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let end = 0;
  for (const [i, glyph] of glyphs.entries()) {
    end += glyph.length;
    loca.writeUInt32BE(end, (i + 1) * 4);
  }
  const tables: [string, Buffer][] = [
    ['OS/2', os2(font)],
    ['cmap', cmap(font.outlines.map(({ code }) => code))],
    ['glyf', Buffer.concat(glyphs)],
    ['head', head(font)],
    ['hhea', hhea(font, glyphs.length)],
    ['hmtx', words([font.unitsPerEm, 0, ...font.outlines.flatMap(({ advance }) => [advance, 0])])],
    ['loca', loca],
    ['maxp', Buffer.concat([words([1, 0, glyphs.length]), Buffer.alloc(26)])],
    ['name', names(font.name)],
    ['post', Buffer.concat([words([3, 0]), Buffer.alloc(28)])],
  ];
  return directory(tables);
}

/** Contours as points; a control point is off the curve. */
function contoursOf(steps: OutlineStep[]): Point[][] {
  const contours: Point[][] = [];
  for (const { command, args } of steps) {
    const [x = 0, y = 0, toX = 0, toY = 0] = args.map(Math.round);
    const contour = contours.at(-1);
    if (command === 'moveTo') contours.push([{ x, y, on: true }]);
    else if (command === 'lineTo') contour?.push({ x, y, on: true });
    else if (command === 'quadraticCurveTo') contour?.push({ x, y, on: false }, { x: toX, y: toY, on: true });
    else if (command !== 'closePath') throw new Error(`no TrueType outline: ${command}`);
  }
  return contours;
}

function glyphOf(contours: Point[][]): Buffer {
  const points = contours.flat();
  if (points.length === 0) return Buffer.alloc(0);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  let last = -1;
  const ends = contours.map((contour) => {
    last += contour.length;
    return last;
  });
  const deltas = (values: number[]) =>
    words(values.map((value, i) => value - (i > 0 ? (values[i - 1] ?? 0) : 0)));
  const glyph = Buffer.concat([
    words([contours.length, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), ...ends, 0]),
    Buffer.from(points.map(({ on }) => (on ? 1 : 0))),
    deltas(xs),
    deltas(ys),
  ]);
  return padded(glyph);
}

/** Format 12, one group for each run of code points. */
function cmap(codes: number[]): Buffer {
  const groups: [first: number, last: number, glyph: number][] = [];
  for (const [i, code] of codes.entries()) {
    const group = groups.at(-1);
    if (group && code === group[1] + 1) group[1] = code;
    else groups.push([code, code, i + 1]);
  }
  return Buffer.concat([
    words([0, 1, 3, 10, 0, 12]),
    words([12, 0]),
    longs([16 + groups.length * 12, 0, groups.length, ...groups.flat()]),
  ]);
}

function head({ unitsPerEm, ascent, descent }: FontParts): Buffer {
  return Buffer.concat([
    longs([0x00010000, 0x00010000, 0, 0x5f0f3cf5]),
    words([0x000b, unitsPerEm]),
    Buffer.alloc(16),
    words([0, descent, unitsPerEm, ascent, 0, 8, 2, 1, 0]),
  ]);
}

function hhea({ unitsPerEm, ascent, descent }: FontParts, count: number): Buffer {
  return words([1, 0, ascent, descent, 0, unitsPerEm, 0, 0, unitsPerEm, 1, 0, 0, 0, 0, 0, 0, 0, count]);
}

/** Version 4; embedding is not restricted. */
function os2({ unitsPerEm, ascent, descent }: FontParts): Buffer {
  const table = Buffer.alloc(96);
  for (const [at, value] of [
    [0, 4],
    [2, unitsPerEm],
    [4, 400],
    [6, 5],
    [68, ascent],
    [70, descent],
    [74, ascent],
    [76, -descent],
    [86, Math.round(unitsPerEm / 2)],
    [88, Math.round(unitsPerEm * 0.73)],
  ] as const)
    table.writeInt16BE(value, at);
  return table;
}

/** Family, style, full and PostScript name. */
function names(name: string): Buffer {
  const texts: [id: number, text: string][] = [
    [1, name],
    [2, 'Regular'],
    [4, name],
    [6, name],
  ];
  const strings = texts.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const records = texts.map(([id], i) => {
    const length = strings[i]?.length ?? 0;
    const record = words([3, 1, 0x409, id, length, at]);
    at += length;
    return record;
  });
  return Buffer.concat([words([0, texts.length, 6 + texts.length * 12]), ...records, ...strings]);
}

/** The table directory, each table with its checksum and at a multiple of four. */
function directory(tables: [string, Buffer][]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const search = 16 * 2 ** power;
  const start = words([1, 0, tables.length, search, power, tables.length * 16 - search]);
  let at = 12 + tables.length * 16;
  const entries = tables.map(([tag, table]) => {
    const entry = Buffer.concat([Buffer.from(tag, 'latin1'), longs([checksum(table), at, table.length])]);
    at += padded(table).length;
    return entry;
  });
  return Buffer.concat([start, ...entries, ...tables.map(([, table]) => padded(table))]);
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function checksum(table: Buffer): number {
  const bytes = padded(table);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}

/** Signed or unsigned 16-bit values, big-endian. */
function words(values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, i * 2);
  return bytes;
}

function longs(values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, i * 4);
  return bytes;
}
