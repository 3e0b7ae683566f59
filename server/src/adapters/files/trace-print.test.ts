import { expect, it, test } from 'vitest';
import { drawnPng, solidPng, thumbprintPng } from '../../../../tests/factories/files.ts';
import { inkAppearance } from '../signing/ink-appearance.ts';
import { drawsPathsOnly } from '../signing/signing-revision.ts';
import { tracePrint } from './trace-print.ts';

test('a thumbprint becomes lines that a signature may show, the same each time', async () => {
  const print = await tracePrint(thumbprintPng());
  expect(print?.strokes.length).toBeGreaterThan(300);
  expect(await tracePrint(thumbprintPng())).toEqual(print);
  if (!print) return;
  const drawn = inkAppearance(print, 200, 42);
  expect(drawsPathsOnly(drawn)).toBe(true);
  // Rows stay apart: each is drawn as high as a row of the place, far thinner than a pen.
  expect(Number(/\n([\d.]+) w /.exec(drawn)?.[1])).toBeLessThan(0.6);
  expect(drawn.length).toBeLessThan(200_000);
});

it.each([
  ['blank paper', drawnPng(240, 320, () => 240)],
  ['one grey', solidPng(240, 320)],
  ['a black picture', drawnPng(240, 320, () => 5)],
  ['a shadow', drawnPng(240, 320, (x) => 250 - x / 2)],
  ['a scrap', drawnPng(8, 8, (x) => (x % 2 ? 0 : 255))],
  ['no picture', Buffer.from('nothing')],
])('nothing can be made out of %s', async (_name, bytes) => {
  expect(await tracePrint(bytes)).toBeNull();
});
