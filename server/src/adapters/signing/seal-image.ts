import type { SealImage } from '../../ports/signing.ts';
import { trimNumber } from './pdf-syntax.ts';

const POINTS_PER_MM = 72 / 25.4;
/** Rows overlap by a hair, so that no reader shows the white between them. */
const OVERLAP = 1.06;

/**
 * A registered seal's picture in a box of `width` × `height` points, in its registered size, centred; smaller where the
 * box is. Rows of runs, stroked: an appearance of ours draws paths only, and no image can hide a mask.
 */
export function seatedSeal(image: SealImage, width: number, height: number): string {
  const [wide, tall] = [image.widthMm * POINTS_PER_MM, image.heightMm * POINTS_PER_MM];
  const fit = Math.min(1, width / wide, height / tall);
  const [stepX, stepY] = [(wide * fit) / image.width, (tall * fit) / image.height];
  const [left, top] = [(width - wide * fit) / 2, (height + tall * fit) / 2];
  const at = (x: number, y: number) => `${trimNumber(left + x * stepX)} ${trimNumber(top - y * stepY)}`;
  const rows = image.runs.map(([row, from, to]) => `${at(from, row + 0.5)} m ${at(to, row + 0.5)} l`);
  const colour = image.colour.map((part) => trimNumber(part / 255)).join(' ');
  return [`q`, `${colour} RG`, `${trimNumber(stepY * OVERLAP)} w 0 J`, ...rows, 'S', 'Q'].join('\n');
}
