import { parentPort, workerData } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';

const { pdf, widthPx } = workerData as { pdf: Uint8Array; widthPx: number };
const library = await PDFiumLibrary.init();
const document = await library.loadDocument(Buffer.from(pdf));
const pictures: Uint8Array[] = [];
for (const page of document.pages()) {
  const { originalWidth: width } = page.getOriginalSize();
  const picture = await page.render({
    scale: widthPx / width,
    render: async ({ data, width: w, height: h }) =>
      sharp(data, { raw: { width: w, height: h, channels: 4 } })
        .png({ palette: true, colours: 64 })
        .toBuffer(),
  });
  pictures.push(new Uint8Array(picture.data));
}
document.destroy();
library.destroy();
parentPort?.postMessage(pictures);
