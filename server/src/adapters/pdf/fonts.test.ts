import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { pdfText } from '../../../../tests/setup/pdf-text.ts';
import { openThreads } from '../threads/open-threads.ts';
import { pdfDocuments } from './documents.ts';
import { drawable, fonts, undrawable, wholeCharacters } from './fonts.ts';
import { drawForm } from './form.ts';
import { openSheet } from './kit.ts';
import { isRare, rareFont } from './rare-fonts.ts';

const documents = pdfDocuments(openThreads());

test('㛃 and 䶮 are drawn, in both weights', () => {
  expect(drawable('㛃䶮')).toBe('㛃䶮');
  for (const font of Object.values(fonts()))
    for (const character of '㛃䶮')
      expect(font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)).toBe(true);
});

test('both weights have the same characters, and one em is as wide for a missing one', () => {
  const { regular, bold } = fonts();
  expect(bold.characterSet).toEqual(regular.characterSet);
  expect([regular.unitsPerEm, regular.getGlyph(0).advanceWidth, bold.getGlyph(0).advanceWidth]).toEqual([
    1000, 1000, 1000,
  ]);
});

it.each([
  ['\u{30000}', 'U+30000'],
  ['\uE000', 'U+E000'],
  ['👍', 'U+1F44D'],
  ['\u200B', 'U+200B'],
])('%s is refused by name before anything is drawn', (character, code) => {
  expect(undrawable(`甲${character}乙`)).toEqual({ character, code });
  expect(() => drawable(`甲${character}乙`)).toThrow(
    expect.objectContaining({ code: 'CHARACTER_NOT_DRAWABLE', details: { character, code } }),
  );
});

test('a radical that looks like a character becomes it', () => {
  expect(drawable('⽅慧')).toBe('方慧');
});

test('a text is never cut inside a character', () => {
  expect([0, 1, 2, 3, 4].map((at) => wholeCharacters('甲𠮷乙', at))).toEqual([0, 1, 1, 3, 4]);
});

describe('the second font', () => {
  it.each([
    ['B', 0x20000, 0x2a6d6],
    ['C', 0x2a700, 0x2b734],
    ['D', 0x2b740, 0x2b81d],
    ['E', 0x2b820, 0x2cea1],
    ['F', 0x2ceb0, 0x2ebe0],
  ])('has extension %s whole and nothing beyond', (_, first, last) => {
    expect([first - 1, first, last, last + 1].map(isRare)).toEqual([false, true, true, false]);
  });

  test('every character of an opened slice has its outline, one em wide', () => {
    const font = rareFont(0x2b740);
    expect(font?.characterSet).toHaveLength(0x2b81d - 0x2b740 + 1);
    for (const code of font?.characterSet ?? []) {
      const glyph = font?.glyphForCodePoint(code);
      expect([code, glyph?.advanceWidth, (glyph?.path.commands.length ?? 0) > 3]).toEqual([code, 1000, true]);
    }
  });

  test('stands on the line where an ordinary character would stand, as dark and as high', async () => {
    const [rare, plain] = await Promise.all(['𠮷', '吉'].map((c) => inkOf(`一${c.repeat(30)}`)));
    expect(plain?.dark).toBeGreaterThan(500);
    expect(Math.abs((rare?.top ?? 0) - (plain?.top ?? 0))).toBeLessThan(4);
    expect(Math.abs((rare?.bottom ?? 0) - (plain?.bottom ?? 0))).toBeLessThan(4);
    expect((rare?.dark ?? 0) / (plain?.dark ?? 1)).toBeGreaterThan(0.5);
  });

  test('a name with rare characters is drawn in every kind of line and extracts as it was written', async () => {
    const name = '𠮷㛃䶮𪚥𫝆';
    const pdf = await drawForm({
      title: `${name}的文书`,
      number: `（2025）${name}第1号`,
      date: '2025-03-10',
      footer: '禾岸村人民调解委员会',
      demo: true,
      qr: null,
      blocks: [
        { kind: 'paragraph', text: `申请人${name}，`.repeat(40) },
        { kind: 'signatures', label: '申请人', names: [name] },
        { kind: 'table', widths: [0.3, 0.7], rows: [['姓名', name]], header: true },
        { kind: 'end', lines: [name] },
      ],
    });
    const words = (await pdfText(pdf)).replace(/\s/g, '');
    expect(words.split(name)).toHaveLength(1 + 1 + 1 + 40 + 1 + 1 + 1);
  });
});

/** Where the text's ink is on the page's picture (rows from above), page number and footer left out. */
async function inkOf(text: string): Promise<{ top: number; bottom: number; dark: number }> {
  const sheet = openSheet({ title: 'x', date: new Date(0), footer: 'x', demo: false, qr: null });
  sheet.paragraph(text);
  const [page] = await documents.renderPages(await sheet.finish(), { widthPx: 800 });
  const { data, info } = await sharp(page).greyscale().raw().toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: 900 }, (_, y) =>
    data
      .subarray(y * info.width, (y + 1) * info.width)
      .reduce((dark, value) => dark + (value < 128 ? 1 : 0), 0),
  );
  const inked = rows.flatMap((dark, y) => (dark > 0 ? [y] : []));
  return { top: inked[0] ?? -1, bottom: inked.at(-1) ?? -1, dark: rows.reduce((a, b) => a + b, 0) };
}
