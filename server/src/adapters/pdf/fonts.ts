import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { DomainError } from '../../domain/errors.ts';
import type { Undrawable } from '../../ports/documents.ts';
import { isRare } from './rare-fonts.ts';

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

let common: Set<number> | undefined;
/** Whether Noto Serif SC has this code point; both weights have the same. */
export function isCommon(code: number): boolean {
  common ??= new Set(fonts().regular.characterSet);
  return common.has(code);
}

/** Kangxi and CJK-supplement radicals that look like ordinary characters but extract as others. */
const radicals = /[\u2E80-\u2FDF]/gu;

/** Compatibility radicals become their characters (narrowly, not NFKC on everything), line ends are plain. */
const clean = (text: string): string =>
  text
    .replace(radicals, (c) => c.normalize('NFKC'))
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ');

/** The first character that neither font has; null when a document can show them all. */
export function undrawable(text: string): Undrawable | null {
  for (const character of clean(text)) {
    const code = character.codePointAt(0) ?? 0;
    if (character !== '\n' && !isCommon(code) && !isRare(code))
      return { character, code: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` };
  }
  return null;
}

/** Text ready to draw. CHARACTER_NOT_DRAWABLE names the first character that no font has, before anything is drawn. */
export function drawable(text: string): string {
  const lacking = undrawable(text);
  if (lacking) throw new DomainError('CHARACTER_NOT_DRAWABLE', lacking);
  return clean(text);
}

/** The nearest place at or before `index` that cuts no character in two. */
export function wholeCharacters(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  return before >= 0xd800 && before <= 0xdbff ? index - 1 : index;
}
