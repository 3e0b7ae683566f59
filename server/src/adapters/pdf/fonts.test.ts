import { expect, it, test } from 'vitest';
import { drawable, fonts } from './fonts.ts';

test('㛃 and 䶮 are drawn, in both weights', () => {
  expect(drawable('㛃䶮')).toBe('㛃䶮');
  for (const font of Object.values(fonts()))
    for (const character of '㛃䶮')
      expect(font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)).toBe(true);
});

it.each([
  ['𠮷', 'U+20BB7'],
  ['\uE000', 'U+E000'],
])('%s is refused by name before anything is drawn', (character, code) => {
  expect(() => drawable(`甲${character}乙`)).toThrow(
    expect.objectContaining({ code: 'CHARACTER_NOT_DRAWABLE', details: { character, code } }),
  );
});

test('a radical that looks like a character becomes it', () => {
  expect(drawable('⽅慧')).toBe('方慧');
});
