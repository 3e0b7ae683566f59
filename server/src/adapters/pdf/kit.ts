import PDFDocument from 'pdfkit';
import qrcode from 'qrcode';
import { drawable, fonts, wholeCharacters } from './fonts.ts';
import { drawRareCharacters } from './mixed-runs.ts';

/** A4 in points and its margins, by the usual official form. */
export const page = { width: 595.28, height: 841.89, left: 80, right: 80, top: 74, bottom: 72 } as const;
export const column = page.width - page.left - page.right;
const BODY = 12;
const LEADING = 8;

export type Sheet = {
  doc: PDFKit.PDFDocument;
  title(text: string): void;
  /** Right-aligned line, e.g. the number. */
  right(text: string): void;
  heading(text: string): void;
  /** Justified text with a two-character indent. */
  paragraph(text: string, options?: { indent?: boolean; bold?: boolean }): void;
  /** A rule of small print. */
  note(text: string): void;
  /** Height in points that this paragraph will take. */
  heightOf(text: string, options?: { indent?: boolean }): number;
  /** Makes room for `height` points on one page, on a new one if need be; returns the upper edge. */
  room(height: number): number;
  gap(points: number): void;
  /** Absolute text, top-left at x, y. */
  at(
    text: string,
    x: number,
    y: number,
    options?: {
      size?: number;
      bold?: boolean;
      width?: number;
      align?: 'left' | 'center' | 'right';
      color?: string;
    },
  ): void;
  /** A picture (JPEG or PNG) as large as the rest of the page allows, `alt` said instead of it. */
  picture(image: Uint8Array, alt: string): void;
  line(x1: number, y1: number, x2: number, y2: number, color?: string): void;
  box(x: number, y: number, width: number, height: number): void;
  pageIndex(): number;
  finish(): Promise<Uint8Array>;
};

export type SheetOptions = {
  title: string;
  /** Drawn on every page's foot and in the document's information; equal input gives equal bytes. */
  date: Date;
  footer: string;
  demo: boolean;
  qr: string | null;
};

/** One document of the kit: tagged, in Chinese, PDF/A-2a as far as pdfkit makes it, with page numbers 第_页 共_页. */
export function openSheet(options: SheetOptions): Sheet {
  const { regular, bold } = fonts();
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: page.top, bottom: page.bottom, left: page.left, right: page.right },
    bufferPages: true,
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    font: null as unknown as string,
    info: {
      Title: options.title,
      Producer: 'Tongxi',
      Creator: 'Tongxi',
      CreationDate: options.date,
      ModDate: options.date,
    },
  } as PDFKit.PDFDocumentOptions);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', () => resolve());
    doc.on('error', reject);
  });
  doc.registerFont('regular', regular as unknown as PDFKit.Mixins.PDFFontSource);
  doc.registerFont('bold', bold as unknown as PDFKit.Mixins.PDFFontSource);
  drawRareCharacters(doc);
  const section = doc.struct('Document');
  doc.addStructure(section);
  let index = -1;
  const newPage = () => {
    doc.addPage();
    index += 1;
  };
  newPage();

  const tag = (type: string, draw: () => void) => {
    section.add(doc.struct(type, {}, draw));
  };
  const bottom = page.height - page.bottom;
  const room = (height: number): number => {
    if (doc.y + height > bottom) newPage();
    return doc.y;
  };
  const flow = (
    type: string,
    text: string,
    size: number,
    font: string,
    settings: PDFKit.Mixins.TextOptions,
  ) => {
    const clean = drawable(text);
    doc.font(font).fontSize(size);
    for (const part of clean.split('\n')) {
      for (const piece of surelyFits(part, size, settings) ? [part] : pages(part, settings)) {
        tag(type, () => {
          doc
            .font(font)
            .fontSize(size)
            .fillColor('#111')
            .text(piece, page.left, doc.y, { width: column, lineGap: LEADING, ...settings });
        });
      }
    }
  };
  /**
   * Whether a paragraph has room on this page however its lines break: no character is wider than the type's size, and of
   * two lines that follow each other both are more than one in width. Measuring lays all the text out once more.
   */
  const surelyFits = (
    text: string,
    size: number,
    { indent = 0, lineGap = LEADING }: PDFKit.Mixins.TextOptions,
  ): boolean => {
    const lines = 2 * Math.ceil((text.length * size + indent) / column) + 1;
    return doc.y + lines * (doc.currentLineHeight(true) + lineGap) <= bottom;
  };
  /** Splits a paragraph that would not fit on the rest of the page, so that each piece is one tagged run of one page. */
  const pages = (text: string, settings: PDFKit.Mixins.TextOptions): string[] => {
    const options_ = { width: column, lineGap: LEADING, ...settings };
    const height = doc.heightOfString(text || ' ', options_);
    if (doc.y + height <= bottom) return [text];
    const available = bottom - doc.y;
    let fits = 0;
    for (let low = 0, high = text.length; low <= high; ) {
      const middle = (low + high) >> 1;
      if (doc.heightOfString(text.slice(0, wholeCharacters(text, middle)) || ' ', options_) <= available) {
        fits = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    if (fits < 10) {
      newPage();
      return height > bottom - page.top ? pages(text, settings) : [text];
    }
    const cut = wholeCharacters(text, fits);
    return [text.slice(0, cut), text.slice(cut)];
  };

  const sheet: Sheet = {
    doc,
    title(text) {
      flow('H1', text, 22, 'bold', { align: 'center', lineGap: 14 });
    },
    right(text) {
      flow('P', text, BODY, 'regular', { align: 'right' });
    },
    heading(text) {
      room(60);
      flow('H2', text, BODY, 'bold', {});
    },
    paragraph(text, { indent = true, bold: strong = false } = {}) {
      flow('P', text, BODY, strong ? 'bold' : 'regular', indent ? { indent: BODY * 2 } : {});
    },
    note(text) {
      flow('P', text, 9, 'regular', { lineGap: 3 });
    },
    heightOf(text, { indent = true } = {}) {
      doc.font('regular').fontSize(BODY);
      const settings = { width: column, lineGap: LEADING, ...(indent ? { indent: BODY * 2 } : {}) };
      return doc.heightOfString(drawable(text), settings);
    },
    room,
    gap(points) {
      if (doc.y + points > bottom) newPage();
      else doc.y += points;
    },
    at(
      text,
      x,
      y,
      { size = BODY, bold: strong = false, width = column, align = 'left', color = '#111' } = {},
    ) {
      const clean = drawable(text);
      const before = doc.y;
      tag('P', () => {
        doc
          .font(strong ? 'bold' : 'regular')
          .fontSize(size)
          .fillColor(color)
          .text(clean, x, y, { width, align, lineBreak: true, height: 400 });
      });
      doc.y = before;
    },
    picture(image, alt) {
      const top = room(200);
      section.add(
        doc.struct('Figure', { alt }, () => {
          doc.image(Buffer.from(image), page.left, top, { fit: [column, bottom - top], align: 'center' });
        }),
      );
      doc.y = bottom;
    },
    line(x1, y1, x2, y2, color = '#888') {
      artifact(() => doc.lineWidth(0.6).strokeColor(color).moveTo(x1, y1).lineTo(x2, y2).stroke());
    },
    box(x, y, width, height) {
      artifact(() => doc.lineWidth(0.6).strokeColor('#999').rect(x, y, width, height).stroke());
    },
    pageIndex: () => index,
    async finish() {
      furniture();
      section.end();
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
  return sheet;

  function artifact(draw: () => void): void {
    doc.markContent('Artifact', { type: 'Layout' } as PDFKit.Mixins.MarkingOptions);
    draw();
    doc.endMarkedContent();
  }

  /** Page numbers, footer, QR and the demonstration mark, on every page when all are known. */
  function furniture(): void {
    const { count } = doc.bufferedPageRange();
    for (let i = 0; i < count; i += 1) {
      doc.switchToPage(i);
      doc.page.margins.bottom = 0;
      artifact(() => {
        const y = page.height - 44;
        doc.font('regular').fontSize(9).fillColor('#555');
        doc.text(`第${i + 1}页　共${count}页`, page.left, y, {
          width: column,
          align: 'center',
          lineBreak: false,
        });
        doc.fontSize(7.5).text(drawable(options.footer), page.left, y + 14, {
          width: column,
          align: 'center',
          lineBreak: false,
        });
        if (options.demo) {
          doc
            .fontSize(10)
            .fillColor('#b8321f')
            .text('演示　无法律效力', page.left, 40, { width: column, align: 'left', lineBreak: false });
        }
        if (options.qr) drawQr(options.qr, page.width - page.right - 2, 20, 46);
      });
      doc.page.margins.bottom = page.bottom;
    }
  }

  /** A QR code as vectors, its right upper corner at x, y. */
  function drawQr(text: string, x: number, y: number, size: number): void {
    const modules = qrOf(text);
    const cell = size / modules.size;
    doc.fillColor('#111');
    for (let r = 0; r < modules.size; r += 1) {
      for (let c = 0; c < modules.size; c += 1) {
        if (modules.get(r, c)) doc.rect(x - size + c * cell, y + r * cell, cell, cell);
      }
    }
    doc.fill();
  }
}

/** The last code made: every page of every document of an installation bears the same one. */
let lastQr: { text: string; modules: ReturnType<typeof qrcode.create>['modules'] } | null = null;
function qrOf(text: string) {
  if (lastQr?.text !== text)
    lastQr = { text, modules: qrcode.create(text, { errorCorrectionLevel: 'M' }).modules };
  return lastQr.modules;
}
