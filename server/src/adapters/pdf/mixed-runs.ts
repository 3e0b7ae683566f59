import { isCommon } from './fonts.ts';
import { rareFont } from './rare-fonts.ts';

type LineOptions = PDFKit.Mixins.TextOptions & { lineWidth?: number; textWidth?: number };
/** What pdfkit keeps to itself: it draws one line, already broken, in its current font (pinned version; a test draws). */
type Drawer = {
  _fragment(text: string, x: number, y: number, options: LineOptions): void;
  _font: { ascender: number };
  _fontSize: number;
};

/**
 * Lets a document draw from the second font what its own fonts lack. Lines are broken before: every Han character is one
 * em wide in all of them, so only the drawing of a line changes.
 */
export function drawRareCharacters(doc: PDFKit.PDFDocument): void {
  const drawer = doc as unknown as Drawer;
  const plain = drawer._fragment.bind(doc);
  drawer._fragment = (text, x, y, options) => {
    const runs = runsOf(text);
    if (runs.every(({ rare }) => !rare)) return plain(text, x, y, options);
    const main = drawer._font;
    let at = x + indentOf(doc, text, options);
    // One baseline for the whole line, the main font's, in points below y.
    const line = { baseline: (-main.ascender / 1000) * drawer._fontSize } as unknown as LineOptions;
    for (const { text: run, rare } of runs) {
      const width = doc.widthOfString(run);
      if (rare) chooseRare(doc, run);
      plain(run, at, y, line);
      drawer._font = main;
      at += width;
    }
  };
}

function chooseRare(doc: PDFKit.PDFDocument, character: string): void {
  const font = rareFont(character.codePointAt(0) ?? 0);
  if (!font) throw new Error('not drawable');
  const name = `rare ${font.postscriptName}`;
  doc.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource).font(name);
}

/** Where an aligned line starts, as pdfkit counts it. */
function indentOf(
  doc: PDFKit.PDFDocument,
  text: string,
  { align, width, lineWidth = 0 }: LineOptions,
): number {
  if (!width || (align !== 'center' && align !== 'right')) return 0;
  const free = lineWidth - doc.widthOfString(text.trimEnd());
  return align === 'right' ? free : free / 2;
}

/** Stretches of main font; each rare character by itself, as its neighbour may be in another slice. */
function runsOf(text: string): { text: string; rare: boolean }[] {
  const runs: { text: string; rare: boolean }[] = [];
  for (const character of text) {
    const rare = character !== '\n' && !isCommon(character.codePointAt(0) ?? 0);
    const last = runs.at(-1);
    if (last && !rare && !last.rare) last.text += character;
    else runs.push({ text: character, rare });
  }
  return runs;
}
