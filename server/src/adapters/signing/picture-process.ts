import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import type { PagePictures } from '../../ports/signing.ts';
import type { Outcome } from '../files/confined-process.ts';
import { differingAreas, type Pixels } from './compare-pages.ts';

const WIDTH_PX = 900;
const MAX_HEIGHT_PX = 2600;
/** An agreement has a handful; pictures of more help nobody. */
const MAX_PAGES = 12;

sharp.cache(false);
sharp.concurrency(1);

/** Two states of a file in, their pages as pictures and where they differ out; the parent ends this process. */
process.once('message', async ({ signed, now }: { signed: Uint8Array; now: Uint8Array }) => {
  const library = await PDFiumLibrary.init();
  const pagesOf = async (pdf: Uint8Array): Promise<{ count: number; drawn: Pixels[] }> => {
    const document = await library.loadDocument(Buffer.from(pdf));
    const count = document.getPageCount();
    const drawn: Pixels[] = [];
    for (let index = 0; index < Math.min(count, MAX_PAGES); index += 1) {
      const page = document.getPage(index);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const scale = Math.min(WIDTH_PX / originalWidth, MAX_HEIGHT_PX / originalHeight);
      const { width, height, data } = await page.render({
        scale,
        renderFormFields: true,
        render: async (raw) => new Uint8Array(raw.data),
      });
      drawn.push({ data, width, height });
    }
    document.destroy();
    return { count, drawn };
  };
  const before = await pagesOf(signed);
  const after = await pagesOf(now);
  const pages: PagePictures['pages'] = [];
  for (let index = 0; index < Math.max(before.drawn.length, after.drawn.length); index += 1) {
    const [was, is] = [before.drawn[index], after.drawn[index]];
    pages.push({
      page: index + 1,
      signed: was ? await webp(was) : null,
      now: is ? await webp(is) : null,
      areas: was && is ? differingAreas(was, is) : [{ x: 0, y: 0, width: 1, height: 1 }],
    });
  }
  const leftOut = Math.max(before.count, after.count) - pages.length;
  const answer: Outcome<PagePictures> = { ok: true, result: { pages, leftOut } };
  process.send?.(answer);
});

async function webp({ data, width, height }: Pixels): Promise<Uint8Array> {
  const image = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
  return new Uint8Array(await image.webp({ quality: 80 }).toBuffer());
}
