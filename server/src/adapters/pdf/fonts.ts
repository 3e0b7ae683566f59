import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { DomainError } from '../../domain/errors.ts';

const require = createRequire(import.meta.url);
const open = (weight: string) =>
  fontkit.create(readFileSync(require.resolve(`@expo-google-fonts/noto-serif-sc/${weight}.ttf`)));

/** Noto Serif SC, parsed once: every document reuses the parsed fonts. */
let parsed: { regular: fontkit.Font; bold: fontkit.Font } | undefined;
export function fonts(): { regular: fontkit.Font; bold: fontkit.Font } {
  parsed ??= {
    regular: open('400Regular/NotoSerifSC_400Regular') as fontkit.Font,
    bold: open('700Bold/NotoSerifSC_700Bold') as fontkit.Font,
  };
  return parsed;
}

/** Kangxi and CJK-supplement radicals that look like ordinary characters but extract as others. */
const radicals = /[\u2E80-\u2FDF]/gu;

/**
 * Text ready to draw: compatibility radicals become their characters (narrowly, not NFKC on everything), line ends are
 * plain. CHARACTER_NOT_DRAWABLE names the first character that the font lacks, before anything is drawn.
 */
export function drawable(text: string): string {
  const clean = text
    .replace(radicals, (c) => c.normalize('NFKC'))
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ');
  for (const character of clean) {
    const code = character.codePointAt(0) ?? 0;
    if (character !== '\n' && !fonts().regular.hasGlyphForCodePoint(code)) {
      throw new DomainError('CHARACTER_NOT_DRAWABLE', {
        character,
        code: `U+${code.toString(16).toUpperCase()}`,
      });
    }
  }
  return clean;
}
