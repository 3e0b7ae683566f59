import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { FormBlock, FormContent } from '../../contract/forms.ts';

const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' };
const SIZE = 24; // half points: 小四

/**
 * An unsigned draft as docx: A4, 宋体, headings as such, page numbers 第_页 共_页. The mark 草稿 stands on every page: a word
 * processor's file is never the agreement.
 */
export async function draftAsWord(content: FormContent): Promise<Uint8Array> {
  const document = new Document({
    creator: 'Tongxi',
    title: `${content.title} ${content.number}`.trim(),
    styles: { default: { document: { run: { font: FONT, size: SIZE } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1480, bottom: 1440, left: 1600, right: 1600 },
          },
        },
        footers: { default: footer(content.footer) },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [run(content.title, { bold: true, size: 44 })],
          }),
          ...(content.number ? [line(`编号：${content.number}`, AlignmentType.RIGHT)] : []),
          ...content.blocks.flatMap(blockOf),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function footer(text: string): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: FONT,
            size: 18,
            children: ['第', PageNumber.CURRENT, '页　共', PageNumber.TOTAL_PAGES, `页　${text}`],
          }),
        ],
      }),
    ],
  });
}

const run = (text: string, options: { bold?: boolean; size?: number } = {}): TextRun =>
  new TextRun({ text, font: FONT, ...options });

const line = (text: string, alignment?: (typeof AlignmentType)[keyof typeof AlignmentType]): Paragraph =>
  new Paragraph({ ...(alignment ? { alignment } : {}), spacing: { line: 400 }, children: [run(text)] });

function blockOf(block: FormBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          spacing: { before: 120, line: 400 },
          children: [run(block.text, { bold: true })],
        }),
      ];
    case 'paragraph':
      return block.text.split('\n').map(
        (text) =>
          new Paragraph({
            spacing: { line: 400 },
            ...(block.flush ? {} : { indent: { firstLine: SIZE * 20 } }),
            children: [run(text)],
          }),
      );
    case 'note':
      return [new Paragraph({ children: [run(block.text, { size: 18 })] })];
    case 'end':
      return block.lines.map((text) => line(text, AlignmentType.RIGHT));
    case 'signatures':
      return block.names.map((name) => line(`${block.label}：＿＿＿＿＿＿＿＿　${name}`));
    case 'table':
      return [tableOf(block)];
  }
}

function tableOf({ rows, widths, header }: Extract<FormBlock, { kind: 'table' }>): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, r) =>
        new TableRow({
          tableHeader: header === true && r === 0,
          children: cells.map(
            (text, i) =>
              new TableCell({
                width: { size: Math.round((widths[i] ?? 0) * 100), type: WidthType.PERCENTAGE },
                children: [new Paragraph({ children: [run(text, { bold: header === true && r === 0 })] })],
              }),
          ),
        }),
    ),
  });
}
