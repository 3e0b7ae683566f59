import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import type { Outcome } from '../files/confined-process.ts';

export type RenderRequest = { pdf: Uint8Array; widthPx: number };

/** Somebody's PDF may have any page size and any number of pages. */
const MAX_PIXELS = 16_000_000;
const MAX_PAGES = 300;

/** One PDF in, its pages as pictures out; the parent ends this process. */
process.once('message', async (request: RenderRequest) => {
  const outcome = await renderPages(request).catch((): Outcome<Uint8Array[]> => {
    return { ok: false, code: 'FILE_UNREADABLE' };
  });
  process.send?.(outcome);
});

async function renderPages({ pdf, widthPx }: RenderRequest): Promise<Outcome<Uint8Array[]>> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(pdf));
  const pages = [...document.pages()];
  const pixels = pages.map((page) => {
    const { originalWidth: width, originalHeight: height } = page.getOriginalSize();
    return widthPx * ((widthPx * height) / width);
  });
  if (pages.length > MAX_PAGES || pixels.some((area) => !(area > 0 && area <= MAX_PIXELS)))
    return { ok: false, code: 'FILE_TOO_COMPLEX' };
  const pictures: Uint8Array[] = [];
  for (const page of pages) {
    const picture = await page.render({
      scale: widthPx / page.getOriginalSize().originalWidth,
      render: async ({ data, width, height }) =>
        sharp(data, { raw: { width, height, channels: 4 } })
          .png({ palette: true, colours: 64 })
          .toBuffer(),
    });
    pictures.push(new Uint8Array(picture.data));
  }
  return { ok: true, result: pictures };
}
