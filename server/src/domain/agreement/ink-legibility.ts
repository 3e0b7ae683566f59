/** Handwriting: strokes of points, each 0..1 of a pad of `width` × `height` pixels. */
export type PadInk = { width: number; height: number; strokes: readonly (readonly [number, number][])[] };

/** Why something is no handwritten name. */
export type InkFault = 'EMPTY' | 'DOT' | 'LINE' | 'WAVE';

/** Smaller than this share of the pad in both directions is a dot. */
const DOT = 0.08;
/** Lower than this share of its own width is a line, however long. A wide pad invites to write small and far apart. */
const FLAT = 0.18;
const FLAT_IN_STROKES = 0.06;
/** Writing turns back: a wave runs one way, its turns back below this share of its way. */
const BACKWARDS = 0.04;

/**
 * What is plainly no handwritten name: a tap, a straight or flat line, one wave from side to side. A preset wavy line
 * on somebody's screen cost a real settlement (domain.md section 7); whether a name is legible its writer says.
 */
export function inkFault({ width, height, strokes }: PadInk): InkFault | null {
  const lines = strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x * width, y * height]));
  const points = lines.flat();
  if (points.length === 0) return 'EMPTY';
  const [wide, tall] = [extent(points, 0), extent(points, 1)];
  if (wide < DOT * width && tall < DOT * height) return 'DOT';
  if (points.length < 12) return 'DOT';
  const [long, short] = [Math.max(wide, tall), Math.min(wide, tall)];
  if (short < (lines.length < 3 ? FLAT : FLAT_IN_STROKES) * long) return 'LINE';
  if (lines.every(isStraight) && lines.length < 3) return 'LINE';
  return lines.length < 3 && runsOneWay(lines) ? 'WAVE' : null;
}

function extent(points: [number, number][], axis: 0 | 1): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    low = Math.min(low, point[axis]);
    high = Math.max(high, point[axis]);
  }
  return high - low;
}

/** Hardly longer than the way from its first to its last point. */
function isStraight(line: [number, number][]): boolean {
  let length = 0;
  for (const [i, [x, y]] of line.entries()) {
    const before = line[i - 1];
    if (before) length += Math.hypot(x - before[0], y - before[1]);
  }
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return true;
  return length < 1.05 * Math.hypot(last[0] - first[0], last[1] - first[1]);
}

/** From one side to the other without ever turning back, across or down. */
function runsOneWay(lines: [number, number][][]): boolean {
  return ([0, 1] as const).some((axis) => {
    let [forth, back] = [0, 0];
    for (const line of lines)
      for (const [i, point] of line.entries()) {
        const before = line[i - 1];
        const step = before ? point[axis] - before[axis] : 0;
        if (step > 0) forth += step;
        else back -= step;
      }
    return Math.min(forth, back) < BACKWARDS * Math.max(forth, back);
  });
}
