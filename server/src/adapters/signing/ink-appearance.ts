import { DomainError } from '../../domain/errors.ts';
import type { Ink } from '../../ports/signing.ts';
import { trimNumber } from './pdf-syntax.ts';

type Point = [number, number];
const MAX_POINTS = 20_000;
/** Line width in points at the size printed in an agreement's grid, about that of a gel pen. */
const LINE_WIDTH = 1.3;
const MARGIN = 2;

/**
 * Draws handwriting as vector strokes into a box of `width` × `height` points (origin lower left): cropped
 * to what was written, fitted with its proportions kept, smoothed through the midpoints. The same ink gives
 * the same operators. Throws DomainError('BAD_REQUEST') for empty ink or points outside the pad.
 */
export function inkAppearance(ink: Ink, width: number, height: number): string {
  const points = ink.strokes.flat();
  const fits = (value: number) => Number.isFinite(value) && value >= 0 && value <= 1;
  const padFits = ink.width > 0 && ink.height > 0 && ink.width <= 10_000 && ink.height <= 10_000;
  if (!padFits || points.length === 0 || points.length > MAX_POINTS || !points.flat().every(fits)) {
    throw new DomainError('BAD_REQUEST', { field: 'ink' });
  }
  const { place, scale } = placement(ink, points, width, height);
  const line = ink.line && ink.line > 0 ? Math.min(LINE_WIDTH, ink.line * scale) : LINE_WIDTH;
  const strokes = ink.strokes.filter((stroke) => stroke.length > 0).map((stroke) => curve(stroke.map(place)));
  return ['q', '0.06 0.07 0.12 RG', `${trimNumber(line)} w 1 J 1 j`, ...strokes, 'Q'].join('\n');
}

/** Maps pad points (0..1, downwards) into the box; a small scribble grows to at most twice the pad's fit. */
function placement(
  ink: Ink,
  points: Point[],
  width: number,
  height: number,
): { place: (point: Point) => Point; scale: number } {
  const xs = points.map(([x]) => x * ink.width);
  const ys = points.map(([, y]) => y * ink.height);
  const [left, right] = range(xs);
  const [top, bottom] = range(ys);
  const [inner, tall] = [Math.max(1, width - 2 * MARGIN), Math.max(1, height - 2 * MARGIN)];
  const padFit = Math.min(inner / ink.width, tall / ink.height);
  const scale = Math.min(
    inner / Math.max(right - left, 1e-6),
    tall / Math.max(bottom - top, 1e-6),
    padFit * 2,
  );
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const place = ([x, y]: Point): Point => [
    width / 2 + (x * ink.width - middleX) * scale,
    height / 2 - (y * ink.height - middleY) * scale,
  ];
  return { place, scale };
}

function range(values: number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** A stroke as curves whose joints are the midpoints between samples; a tap is a dot of the line's width. */
function curve(points: Point[]): string {
  const [first = [0, 0] as Point] = points;
  const out = [`${at(first)} m`];
  for (let index = 1; index < points.length - 1; index += 1) {
    const control = points[index] ?? first;
    const from = index === 1 ? first : middle(points[index - 1] ?? first, control);
    const to = middle(control, points[index + 1] ?? control);
    out.push(`${at(toward(from, control))} ${at(toward(to, control))} ${at(to)} c`);
  }
  out.push(`${at(points.at(-1) ?? first)} l`, 'S');
  return out.join('\n');
}

const middle = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2];
/** Two thirds of the way to a quadratic control point: the cubic one of the same curve. */
const toward = ([fx, fy]: Point, [cx, cy]: Point): Point => [
  fx + ((cx - fx) * 2) / 3,
  fy + ((cy - fy) * 2) / 3,
];
const at = ([x, y]: Point): string => `${trimNumber(x)} ${trimNumber(y)}`;
