import sharp from 'sharp';
import type { TracedPrint } from '../../ports/file-inspector.ts';

/** Rows of the drawn print: ridges stay apart at the size of a signature's place (about 15 mm high). */
const ROWS = 72;
/** Darker than its surroundings by this much (of 255) is ridge. */
const DARKER = 10;
/** Fewer dark runs than this are a shadow or a smear, not ridges. */
const RIDGES = 150;
/** Standard deviation of the greys (of 255) below which nothing was photographed. */
const CONTRAST = 12;
/** Share of ridge in the print: below there is nothing on the paper, above it is a blot or a black picture. */
const SHARE = { from: 0.04, to: 0.75 };

/**
 * Ridges of a thumbprint on light paper as horizontal runs. Each pixel is compared with its surroundings, so that a
 * shadow over the photo changes nothing. The picture is one that we encoded ourselves. Null when nothing can be made out.
 */
export async function tracePrint(picture: Uint8Array): Promise<TracedPrint | null> {
  const trimmed = sharp(picture).flatten({ background: '#fff' }).greyscale().trim({ threshold: 40 });
  const cut = await trimmed
    .png()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null);
  if (!cut || cut.info.width < 24 || cut.info.height < 24) return null;
  // A picture of one tone has nothing to tell: stretching its noise would make ridges of it.
  const { channels } = await sharp(cut.data).stats();
  if ((channels[0]?.stdev ?? 0) < CONTRAST) return null;
  const columns = Math.max(24, Math.min(ROWS * 2, Math.round((ROWS * cut.info.width) / cut.info.height)));
  const grey = await sharp(cut.data).resize(columns, ROWS, { fit: 'fill' }).normalise().png().toBuffer();
  const [pixels, around] = await Promise.all(
    [sharp(grey), sharp(grey).blur(5)].map((image) => image.toColourspace('b-w').raw().toBuffer()),
  );
  if (pixels?.length !== columns * ROWS || around?.length !== pixels.length) return null;
  const isRidge = (x: number, y: number): boolean => {
    const at = y * columns + x;
    return (pixels[at] ?? 255) < (around[at] ?? 255) - DARKER;
  };
  const strokes: [number, number][][] = [];
  let dark = 0;
  for (let y = 0; y < ROWS; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      if (!isRidge(x, y)) continue;
      const from = x;
      while (x + 1 < columns && isRidge(x + 1, y)) x += 1;
      dark += x - from + 1;
      const row = (y + 0.5) / ROWS;
      strokes.push([
        [from / columns, row],
        [(x + 1) / columns, row],
      ]);
    }
  }
  const share = dark / (columns * ROWS);
  if (share < SHARE.from || share > SHARE.to || strokes.length < RIDGES) return null;
  return { width: columns, height: ROWS, strokes, line: 1 };
}
