export type Tile = { x: number; y: number; width: number; height: number };

/** Where each of `count` pictures stands: rows and columns as even as can be, the last row in the middle. */
export function tilesOf(count: number, width: number, height: number): Tile[] {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / Math.max(1, columns));
  const [w, h] = [width / columns, height / rows];
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    return { x: (i % columns) * w + ((columns - inRow) * w) / 2, y: row * h, width: w, height: h };
  });
}

/** A picture of `from` size inside a tile, whole and in the middle. */
export function fitted(tile: Tile, from: { width: number; height: number }): Tile {
  const scale = Math.min(tile.width / Math.max(1, from.width), tile.height / Math.max(1, from.height));
  const [width, height] = [from.width * scale, from.height * scale];
  return { x: tile.x + (tile.width - width) / 2, y: tile.y + (tile.height - height) / 2, width, height };
}
