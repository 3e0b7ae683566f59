import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';
import { DomainError } from '../../domain/errors.ts';
import { rareFont } from '../pdf/rare-fonts.ts';
import { trimNumber } from './pdf-syntax.ts';

const VERMILION = '0.8 0.11 0.1';
const FONT = '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf';

/** The part of fontkit's font that is used, so that a parsed one can be passed in. */
export type GlyphSource = Pick<Font, 'unitsPerEm' | 'glyphForCodePoint' | 'hasGlyphForCodePoint'>;

let bundled: GlyphSource | undefined;
/** The bundled bold Song face, parsed once a process. */
function bundledFont(): GlyphSource {
  if (bundled === undefined) {
    const font = openSync(createRequire(import.meta.url).resolve(FONT));
    if (!('glyphForCodePoint' in font)) throw new Error('font collection not expected');
    bundled = font;
  }
  return bundled;
}

/** Maps glyph space to page space: [a b c d e f] as in PDF's cm. */
type Matrix = [number, number, number, number, number, number];

/**
 * Draws the committee's round seal in vermilion into a box (points, origin lower left): ring, star, the name
 * around the arc, and 演示 under the star in a demonstration. Glyphs are outlines, so no font is embedded.
 * Throws DomainError('CHARACTER_NOT_DRAWABLE', { character }) for a character that no font has.
 */
export function sealAppearance(
  seal: { committeeName: string; demo: boolean; width: number; height: number },
  font: GlyphSource = bundledFont(),
): string {
  const radius = Math.min(seal.width, seal.height) / 2 - 1;
  const [x, y] = [seal.width / 2, seal.height / 2];
  const parts = [
    'q',
    `${VERMILION} rg ${VERMILION} RG`,
    `${trimNumber(radius * 0.055)} w`,
    ring(x, y, radius * 0.97),
    star(x, y + (seal.demo ? radius * 0.08 : 0), radius * 0.3),
    ...arcText(font, [...seal.committeeName], { x, y, radius: radius * 0.9 }),
    ...(seal.demo ? lineText(font, [...'演示'], { x, y: y - radius * 0.62, size: radius * 0.34 }) : []),
    'Q',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** 演示 across the foot of the box, for a registered image in a demonstration. */
export function demoMark(width: number, height: number, font: GlyphSource = bundledFont()): string {
  const size = Math.min(width, height) * 0.17;
  const line = lineText(font, [...'演示'], { x: width / 2, y: height * 0.17, size });
  return ['q', `${VERMILION} rg`, ...line, 'Q'].join('\n');
}

/** The name clockwise from lower left over the top to lower right; `radius` is where glyphs' tops end. */
function arcText(
  font: GlyphSource,
  characters: string[],
  arc: { x: number; y: number; radius: number },
): string[] {
  const count = Math.max(characters.length, 1);
  // Short names would stand apart over the full arc, so each character takes at most 24 degrees.
  const sweep = Math.min((250 * Math.PI) / 180, ((count - 1) * 24 * Math.PI) / 180);
  const step = count > 1 ? sweep / (count - 1) : 0;
  const size = Math.min(arc.radius * 0.3, count > 1 ? step * arc.radius * 0.82 : arc.radius);
  return characters.map((character, index) => {
    const angle = sweep / 2 - index * step;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const scale = size / font.unitsPerEm;
    const inner = arc.radius - size * 0.88;
    // The glyph's baseline is a tangent at `inner`, half its width to either side of the ray.
    const originX = arc.x - sin * inner - cos * (size / 2);
    const originY = arc.y + cos * inner - sin * (size / 2);
    return glyph(font, character, [cos * scale, sin * scale, -sin * scale, cos * scale, originX, originY]);
  });
}

function lineText(
  font: GlyphSource,
  characters: string[],
  line: { x: number; y: number; size: number },
): string[] {
  const scale = line.size / font.unitsPerEm;
  const left = line.x - (characters.length * line.size) / 2;
  return characters.map((character, index) =>
    glyph(font, character, [scale, 0, 0, scale, left + index * line.size, line.y]),
  );
}

/** One character's outline, filled; quadratic curves become cubic ones. */
function glyph(font: GlyphSource, character: string, [a, b, c, d, e, f]: Matrix): string {
  const codePoint = character.codePointAt(0) ?? 0;
  // The second font is in the same units as the bundled one.
  const source = font.hasGlyphForCodePoint(codePoint) ? font : rareFont(codePoint);
  if (!source) throw new DomainError('CHARACTER_NOT_DRAWABLE', { character });
  let [px, py] = [0, 0];
  const at = (gx: number, gy: number) =>
    `${trimNumber(a * gx + c * gy + e)} ${trimNumber(b * gx + d * gy + f)}`;
  const lines = source.glyphForCodePoint(codePoint).path.commands.map(({ command, args }) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = args;
    const [fx, fy] = [px, py];
    if (command === 'closePath') return 'h';
    [px, py] = command === 'bezierCurveTo' ? [x3, y3] : command === 'quadraticCurveTo' ? [x2, y2] : [x1, y1];
    if (command === 'moveTo') return `${at(x1, y1)} m`;
    if (command === 'lineTo') return `${at(x1, y1)} l`;
    if (command === 'bezierCurveTo') return `${at(x1, y1)} ${at(x2, y2)} ${at(x3, y3)} c`;
    const first = at(fx + ((x1 - fx) * 2) / 3, fy + ((y1 - fy) * 2) / 3);
    return `${first} ${at(x2 + ((x1 - x2) * 2) / 3, y2 + ((y1 - y2) * 2) / 3)} ${at(x2, y2)} c`;
  });
  return lines.length === 0 ? '' : [...lines, 'f'].join('\n');
}

function ring(x: number, y: number, r: number): string {
  const k = r * 0.5523;
  const p = (dx: number, dy: number) => `${trimNumber(x + dx)} ${trimNumber(y + dy)}`;
  return [
    `${p(r, 0)} m`,
    `${p(r, k)} ${p(k, r)} ${p(0, r)} c`,
    `${p(-k, r)} ${p(-r, k)} ${p(-r, 0)} c`,
    `${p(-r, -k)} ${p(-k, -r)} ${p(0, -r)} c`,
    `${p(k, -r)} ${p(r, -k)} ${p(r, 0)} c`,
    'h S',
  ].join('\n');
}

function star(x: number, y: number, radius: number): string {
  // The inner corners of a regular pentagram lie at 0.382 of its radius.
  const corners = Array.from({ length: 10 }, (_, index) => {
    const angle = Math.PI / 2 + (index * Math.PI) / 5;
    const r = index % 2 === 0 ? radius : radius * 0.382;
    return `${trimNumber(x + r * Math.cos(angle))} ${trimNumber(y + r * Math.sin(angle))}`;
  });
  return [`${corners[0]} m`, ...corners.slice(1).map((corner) => `${corner} l`), 'h f'].join('\n');
}
