import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as fontkit from 'fontkit';
import { writeTrueType } from './true-type.ts';

type Slice = { file: string; from: number; to: number; font?: fontkit.Font };

const sheet = createRequire(import.meta.url).resolve('hanamin/HanaMin.min.css');
const face = /url\((HanaMinB\.CJK[\w-]+\.woff2)\)[^}]*?unicode-range:U\+([0-9a-f]+)-([0-9a-f]+)/gi;

/** HanaMinB by its packaged slices of about a thousand characters (CJK extensions B to F), none opened before it is needed. */
let known: Slice[] | undefined;
function slices(): Slice[] {
  known ??= [...readFileSync(sheet, 'utf8').matchAll(face)].map(([, file = '', from = '', to = '']) => ({
    file,
    from: Number.parseInt(from, 16),
    to: Number.parseInt(to, 16),
  }));
  return known;
}

const sliceOf = (code: number): Slice | undefined =>
  code < 0x20000 ? undefined : slices().find(({ from, to }) => from <= code && code <= to);

/** Whether the second font has this code point. Nothing is parsed to know it. */
export const isRare = (code: number): boolean => sliceOf(code) !== undefined;

/** The second font's part with this character, opened once a thread; undefined where it has none. */
export function rareFont(code: number): fontkit.Font | undefined {
  const slice = sliceOf(code);
  if (slice) slice.font ??= open(slice);
  return slice?.font;
}

/** pdfkit embeds no WOFF2, so a slice is written anew as TrueType, in Noto's units: one em is 1,000. */
function open({ file }: Slice): fontkit.Font {
  const packed = fontkit.create(readFileSync(join(dirname(sheet), file))) as fontkit.Font;
  const scale = 1000 / packed.unitsPerEm;
  const outlines = [...packed.characterSet]
    .sort((a, b) => a - b)
    .map((code) => {
      const glyph = packed.glyphForCodePoint(code);
      return {
        code,
        advance: Math.round(glyph.advanceWidth * scale),
        steps: glyph.path.commands.map(({ command, args }) => ({
          command,
          args: args.map((value) => value * scale),
        })),
      };
    });
  const name = file.replace(/\.woff2$|CJK-Unified-Ideographs-Extension-/g, '').replace('.', '-');
  const font = writeTrueType({ name, unitsPerEm: 1000, ascent: 880, descent: -120, outlines });
  return fontkit.create(font) as fontkit.Font;
}
