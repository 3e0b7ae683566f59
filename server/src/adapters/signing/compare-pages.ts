/** A page drawn into pixels, four octets each (PDFium's BGRA; the order does not matter for comparing). */
export type Pixels = { data: Uint8Array; width: number; height: number };
/** Part of a page in fractions of its width and height, origin at the upper left. */
export type Area = { x: number; y: number; width: number; height: number };

/** Pixels compared as one; a difference this small is drawing noise, not content. */
const CELL = 8;
const TOLERANCE = 24;
/** More areas than this say "everywhere". */
const MAX_AREAS = 24;

const WHOLE: Area = { x: 0, y: 0, width: 1, height: 1 };

/** Where two drawings of one page differ; the whole page when their sizes do. */
export function differingAreas(a: Pixels, b: Pixels): Area[] {
  if (a.width !== b.width || a.height !== b.height) return [WHOLE];
  const columns = Math.ceil(a.width / CELL);
  const rows = Math.ceil(a.height / CELL);
  const marked = new Uint8Array(columns * rows);
  for (let at = 0; at < a.data.length; at += 1) {
    if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) <= TOLERANCE) continue;
    const pixel = at >> 2;
    const [x, y] = [pixel % a.width, Math.floor(pixel / a.width)];
    marked[Math.floor(y / CELL) * columns + Math.floor(x / CELL)] = 1;
  }
  const areas: Area[] = [];
  for (let cell = 0; cell < marked.length; cell += 1) {
    if (marked[cell] !== 1) continue;
    const box = spread(marked, columns, rows, cell);
    areas.push({
      x: box.left / columns,
      y: box.top / rows,
      width: (box.right - box.left + 1) / columns,
      height: (box.bottom - box.top + 1) / rows,
    });
    if (areas.length > MAX_AREAS) return [WHOLE];
  }
  return areas;
}

/** The box around all marked cells within three cells of each other; takes their marks away. */
function spread(marked: Uint8Array, columns: number, rows: number, start: number) {
  const box = { left: columns, right: 0, top: rows, bottom: 0 };
  const open = [start];
  marked[start] = 2;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
    for (let dy = -3; dy <= 3; dy += 1) {
      for (let dx = -3; dx <= 3; dx += 1) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < 0 || ny < 0 || nx >= columns || ny >= rows || marked[ny * columns + nx] !== 1) continue;
        marked[ny * columns + nx] = 2;
        open.push(ny * columns + nx);
      }
    }
  }
  return box;
}
