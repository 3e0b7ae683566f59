import { expect, test } from 'vitest';
import { fitted, tilesOf } from './tiles.ts';

test('pictures fill the layout in even rows, the last one in the middle', () => {
  expect(tilesOf(1, 640, 330)).toEqual([{ x: 0, y: 0, width: 640, height: 330 }]);
  expect(tilesOf(4, 640, 330).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [320, 0],
    [0, 165],
    [320, 165],
  ]);
  expect(tilesOf(3, 640, 330).map(({ x, y }) => [x, y])[2]).toEqual([160, 165]);
  expect(tilesOf(0, 640, 330)).toEqual([]);
  for (let count = 1; count <= 12; count++)
    for (const t of tilesOf(count, 640, 330)) {
      expect(t.x >= 0 && t.x + t.width <= 640.001 && t.y >= 0 && t.y + t.height <= 330.001).toBe(true);
    }
});

test('a picture is shown whole, whatever its shape', () => {
  const tile = { x: 100, y: 0, width: 320, height: 180 };
  expect(fitted(tile, { width: 640, height: 360 })).toEqual(tile);
  expect(fitted(tile, { width: 360, height: 640 })).toEqual({
    x: 100 + (320 - 101.25) / 2,
    y: 0,
    width: 101.25,
    height: 180,
  });
});
