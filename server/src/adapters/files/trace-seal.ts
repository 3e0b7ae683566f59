import sharp from 'sharp';
import type { TracedSeal } from '../../ports/file-inspector.ts';

/** Longest side of the traced seal in pixels: about 180 to the inch at 42 mm. */
const SIDE = 300;
/** Darker than this (of 255, by luminance) is ink; the paper is white. */
const INK = 170;
/** Share of ink in the picture: below there is no seal in it, above it is a filled square. */
const SHARE = { from: 0.01, to: 0.7 };

/**
 * The ink of a seal's picture as horizontal runs in its own mean colour. The picture is one that we encoded ourselves.
 * Null when no seal can be made out.
 */
export async function traceSeal(picture: Uint8Array): Promise<TracedSeal | null> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize({ width: SIDE, height: SIDE, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 || Math.min(width, height) < 40) return null;
  const at = (x: number, y: number, part: number): number => data[(y * width + x) * 3 + part] ?? 255;
  const isInk = (x: number, y: number): boolean =>
    x < width && 0.299 * at(x, y, 0) + 0.587 * at(x, y, 1) + 0.114 * at(x, y, 2) < INK;
  const runs: TracedSeal['runs'] = [];
  const sum: [number, number, number] = [0, 0, 0];
  let inked = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isInk(x, y)) continue;
      const from = x;
      for (; isInk(x, y); x += 1) {
        inked += 1;
        for (const part of [0, 1, 2] as const) sum[part] += at(x, y, part);
      }
      runs.push([y, from, x]);
    }
  }
  const share = inked / (width * height);
  if (share < SHARE.from || share > SHARE.to) return null;
  const [r, g, b] = sum.map((total) => Math.round(total / inked));
  return { width, height, colour: [r ?? 0, g ?? 0, b ?? 0], runs };
}
