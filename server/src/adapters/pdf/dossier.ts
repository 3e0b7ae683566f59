import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  type PDFRef,
  rgb,
  StandardFonts,
} from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { type FormContent, TOTAL_PAGES } from '../../contract/forms.ts';
import type { DossierInput } from '../../ports/documents.ts';
import { drawContents } from './contents.ts';
import { drawForm } from './form.ts';
import { page as a4 } from './kit.ts';

/** Copies into one PDF what people see of each file: pages with the ink and seals of their signature fields drawn in. */
export async function joinPages(files: Uint8Array[]): Promise<Uint8Array> {
  const joined = await PDFDocument.create();
  for (const bytes of files) await addPdf(joined, bytes);
  return joined.save({ useObjectStreams: false });
}

/**
 * Binds the volume: cover, contents, parts, back. Bookmarks and the contents name the same page numbers, which stand in
 * the upper right corner as in a paper volume. An ordinary PDF: pages of many makers are no PDF/A (decision 0014).
 */
export async function bindDossier(input: DossierInput): Promise<Uint8Array> {
  const volume = await PDFDocument.create();
  // The number of contents pages is known by their lines alone; the numbers in them are not.
  const blank = input.parts.map(({ title }) => ({ title, page: 0 }));
  const contentsPages = await pagesOf(await drawContents(input, blank));
  const entries: { title: string; page: number }[] = [];
  const body = await PDFDocument.create();
  for (const part of input.parts) {
    entries.push({ title: part.title, page: 1 + contentsPages + body.getPageCount() + 1 });
    for (const file of part.files) {
      if (file.kind === 'pdf') await addPdf(body, file.bytes);
      else await addPicture(body, file.bytes);
    }
  }
  const total = 1 + contentsPages + body.getPageCount() + 1;
  await addPdf(volume, await drawForm(withTotal(input.cover, total)));
  await addPdf(volume, await drawContents(input, entries));
  for (const page of await volume.copyPages(body, body.getPageIndices())) volume.addPage(page);
  await addPdf(volume, await drawForm(withTotal(input.back, total)));
  await number(volume);
  bookmarks(volume, [
    { title: '封面', page: 1 },
    { title: '卷内目录', page: 2 },
    ...entries,
    { title: '封底', page: total },
  ]);
  for (const { name, bytes } of input.originals)
    await volume.attach(bytes, name, {
      mimeType: 'application/pdf',
      description: name,
      creationDate: input.date,
      modificationDate: input.date,
    });
  volume.setTitle(input.title, { showInWindowTitleBar: true });
  volume.setLanguage('zh-CN');
  volume.setProducer('Tongxi');
  volume.setCreator('Tongxi');
  volume.setCreationDate(input.date);
  volume.setModificationDate(input.date);
  return volume.save({ useObjectStreams: false });
}

/** The form with the volume's number of pages in its places. */
export const withTotal = (content: FormContent, total: number): FormContent =>
  JSON.parse(JSON.stringify(content).replaceAll(TOTAL_PAGES, String(total)));

async function pagesOf(bytes: Uint8Array): Promise<number> {
  return (await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount();
}

async function addPdf(into: PDFDocument, bytes: Uint8Array): Promise<void> {
  const source = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const page of source.getPages()) flattenWidgets(page);
  for (const page of await into.copyPages(source, source.getPageIndices())) into.addPage(page);
}

/** Draws each field's appearance into its page and drops the field: the look stays, the original is embedded. */
function flattenWidgets(page: PDFPage): void {
  const { context } = page.doc;
  const annotations = page.node.Annots();
  if (!annotations) return;
  const drawn: string[] = [];
  for (let i = 0; i < annotations.size(); i += 1) {
    const annotation = annotations.lookupMaybe(i, PDFDict);
    const appearance = annotation?.lookupMaybe(PDFName.of('AP'), PDFDict)?.get(PDFName.of('N'));
    const rect = annotation?.lookupMaybe(PDFName.of('Rect'), PDFArray)?.asRectangle();
    if (!appearance || !rect || rect.width === 0 || rect.height === 0) continue;
    const placed = placing(context.lookup(appearance), rect);
    if (!placed) continue;
    const key = page.node.newXObject('Field', appearance as PDFRef);
    drawn.push(`q ${placed} cm ${key.toString()} Do Q`);
  }
  page.node.delete(PDFName.of('Annots'));
  if (drawn.length === 0) return;
  const stream = context.register(context.flateStream(`\n${drawn.join('\n')}\n`));
  page.node.wrapContentStreams(
    context.register(context.stream('q ')),
    context.register(context.stream(' Q')),
  );
  page.node.addContentStream(stream);
}

/** The matrix that maps an appearance's box onto its rectangle (ISO 32000-1, 12.5.5). */
function placing(
  stream: PDFObject | undefined,
  rect: { x: number; y: number; width: number; height: number },
): string | null {
  if (!(stream instanceof PDFRawStream)) return null;
  const box = stream.dict.lookupMaybe(PDFName.of('BBox'), PDFArray)?.asRectangle();
  if (!box || box.width === 0 || box.height === 0) return null;
  const [sx, sy] = [rect.width / box.width, rect.height / box.height];
  return [sx, 0, 0, sy, rect.x - box.x * sx, rect.y - box.y * sy].map((n) => n.toFixed(4)).join(' ');
}

/** One picture a page, as large as the margins allow. */
async function addPicture(into: PDFDocument, bytes: Uint8Array): Promise<void> {
  const jpeg = await sharp(bytes)
    .resize({ width: 1600, height: 2200, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 82 })
    .toBuffer();
  const picture = await into.embedJpg(jpeg);
  const page = into.addPage([a4.width, a4.height]);
  const scale = Math.min((a4.width - 100) / picture.width, (a4.height - 120) / picture.height, 1);
  const [width, height] = [picture.width * scale, picture.height * scale];
  page.drawImage(picture, {
    x: (a4.width - width) / 2,
    y: (a4.height - height) / 2,
    width,
    height,
  });
}

async function number(volume: PDFDocument): Promise<void> {
  const font = await volume.embedFont(StandardFonts.Helvetica);
  for (const [i, page] of volume.getPages().entries()) {
    const text = String(i + 1);
    const { width, height } = page.getSize();
    page.drawText(text, {
      x: width - 30 - font.widthOfTextAtSize(text, 11),
      y: height - 26,
      size: 11,
      font,
      color: rgb(0.1, 0.1, 0.1),
    });
  }
}

/** Flat bookmarks (ISO 32000-1, 12.3.3), opened with the file. */
function bookmarks(volume: PDFDocument, entries: { title: string; page: number }[]): void {
  const { context } = volume;
  const pages = volume.getPages();
  const outlines = context.nextRef();
  const refs = entries.map(() => context.nextRef());
  for (const [i, { title, page }] of entries.entries()) {
    const target = pages[page - 1];
    const ref = refs[i];
    if (!target || !ref) continue;
    const item = context.obj({}) as PDFDict;
    item.set(PDFName.of('Title'), PDFHexString.fromText(title));
    item.set(PDFName.of('Parent'), outlines);
    item.set(PDFName.of('Dest'), context.obj([target.ref, PDFName.of('Fit')]));
    const [before, after] = [refs[i - 1], refs[i + 1]];
    if (before) item.set(PDFName.of('Prev'), before);
    if (after) item.set(PDFName.of('Next'), after);
    context.assign(ref, item);
  }
  const [first, last] = [refs[0], refs.at(-1)];
  if (!first || !last) return;
  const root = context.obj({}) as PDFDict;
  root.set(PDFName.of('Type'), PDFName.of('Outlines'));
  root.set(PDFName.of('First'), first);
  root.set(PDFName.of('Last'), last);
  root.set(PDFName.of('Count'), PDFNumber.of(entries.length));
  context.assign(outlines, root);
  volume.catalog.set(PDFName.of('Outlines'), outlines);
  volume.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}
