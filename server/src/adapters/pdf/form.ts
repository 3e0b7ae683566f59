import type { FormBlock, FormContent } from '../../contract/forms.ts';
import { wholeCharacters } from './fonts.ts';
import { column, openSheet, page, type Sheet } from './kit.ts';

/** Draws any form of the committee from its data. */
export async function drawForm(content: FormContent): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `${content.title} ${content.number}`.trim(),
    date: new Date(`${content.date}T00:00:00+08:00`),
    footer: content.footer,
    demo: content.demo,
    qr: content.qr,
  });
  sheet.gap(14);
  sheet.title(content.title);
  if (content.number) sheet.right(`编号：${content.number}`);
  sheet.gap(4);
  for (const [i, block] of content.blocks.entries()) {
    const before = content.blocks[i - 1];
    if (closing(block) > 0 && (!before || closing(before) === 0))
      keepTogether(sheet, content.blocks.slice(i));
    drawBlock(sheet, block);
  }
  return sheet.finish();
}

/** Points of a block with which a form closes; 0 for every other. */
function closing(block: FormBlock): number {
  if (block.kind === 'signatures') return block.names.length * 44;
  if (block.kind === 'end') return 10 + block.lines.length * 25.3;
  return block.kind === 'note' ? 22 : 0;
}

/** Who signs, the committee's name and the day stand on one page: nobody signs what another page dates. */
function keepTogether(sheet: Sheet, blocks: FormBlock[]): void {
  const other = blocks.findIndex((block) => closing(block) === 0);
  const height = blocks
    .slice(0, other === -1 ? blocks.length : other)
    .reduce((sum, block) => sum + closing(block), 0);
  if (height < page.height - page.top - page.bottom) sheet.room(height);
}

function drawBlock(sheet: Sheet, block: FormBlock): void {
  switch (block.kind) {
    case 'paragraph':
      sheet.paragraph(block.text, { indent: !block.flush });
      break;
    case 'heading':
      sheet.heading(block.text);
      break;
    case 'note':
      sheet.gap(6);
      sheet.note(block.text);
      break;
    case 'end':
      sheet.room(60);
      sheet.gap(10);
      for (const line of block.lines) sheet.right(line);
      break;
    case 'signatures':
      drawSignatures(sheet, block.label, block.names);
      break;
    case 'table':
      drawTable(sheet, block);
      sheet.gap(10);
  }
}

function drawSignatures(sheet: Sheet, label: string, names: string[]): void {
  for (const name of names) {
    const y = sheet.room(44);
    sheet.at(`${label}：`, page.left, y + 14);
    sheet.line(page.left + 150, y + 32, page.left + 330, y + 32);
    if (name) sheet.at(name, page.left + 340, y + 18, { size: 9, color: '#666' });
    sheet.gap(42);
  }
}

const PAD = 7;

/** Rows as high as their longest cell; one that fits no page goes on over the next ones. */
export function drawTable(
  sheet: Sheet,
  { widths, rows, header, height = 26 }: Extract<FormBlock, { kind: 'table' }>,
): void {
  const shares = widths.map((share) => share * column);
  for (const [r, cells] of rows.entries()) {
    const bold = header === true && r === 0;
    for (const part of fitting(sheet, cells, shares)) drawRow(sheet, part, shares, bold, height);
  }
}

function heightOf(sheet: Sheet, cells: string[], shares: number[]): number {
  sheet.doc.font('regular').fontSize(10.5);
  return (
    Math.max(
      ...cells.map((cell, i) => sheet.doc.heightOfString(cell || ' ', { width: (shares[i] ?? 0) - 2 * PAD })),
    ) +
    2 * PAD
  );
}

/** Splits a row that is higher than a page: the long cell goes on, the others stay empty. */
function fitting(sheet: Sheet, cells: string[], shares: number[]): string[][] {
  const most = page.height - page.top - page.bottom - 40;
  if (heightOf(sheet, cells, shares) <= most) return [cells];
  const longest = cells.reduce((best, cell, i) => (cell.length > (cells[best] ?? '').length ? i : best), 0);
  const text = cells[longest] ?? '';
  const half = wholeCharacters(text, Math.floor(text.length / 2));
  const first = cells.map((cell, i) => (i === longest ? text.slice(0, half) : cell));
  const rest = cells.map((_, i) => (i === longest ? text.slice(half) : ''));
  return [...fitting(sheet, first, shares), ...fitting(sheet, rest, shares)];
}

function drawRow(sheet: Sheet, cells: string[], shares: number[], bold: boolean, least: number): void {
  const height = Math.max(least, heightOf(sheet, cells, shares));
  const y = sheet.room(height);
  let x = page.left;
  for (const [i, cell] of cells.entries()) {
    const width = shares[i] ?? 0;
    sheet.box(x, y, width, height);
    // Each cell in the middle of its row, as on the printed forms.
    const free = (height - heightOf(sheet, [cell], [width])) / 2;
    sheet.at(cell, x + PAD, y + PAD + free, { size: 10.5, width: width - 2 * PAD, bold });
    x += width;
  }
  sheet.gap(height);
}
