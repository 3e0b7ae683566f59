import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { ink as handwriting } from '../../../../tests/factories/handwriting.ts';
import { inkFault } from './ink-legibility.ts';

const pad = { width: 350, height: 196 };
type Stroke = [number, number][];
const many = (n: number, at: (t: number) => [number, number]): Stroke =>
  Array.from({ length: n }, (_, i) => at(i / (n - 1)));

it.each<[string, Stroke[], string | null]>([
  ['nothing', [], 'EMPTY'],
  ['a tap', [[[0.5, 0.5]]], 'DOT'],
  ['a wobbling tap', [many(40, (t) => [0.5 + 0.01 * Math.sin(9 * t), 0.5 + 0.01 * Math.cos(9 * t)])], 'DOT'],
  ['three taps', [[[0.1, 0.1]], [[0.5, 0.5]], [[0.9, 0.9]]], 'DOT'],
  ['a flat line', [many(40, (t) => [0.1 + 0.8 * t, 0.5])], 'LINE'],
  ['a flat wavy line', [many(80, (t) => [0.1 + 0.8 * t, 0.5 + 0.04 * Math.sin(30 * t)])], 'LINE'],
  ['a line from corner to corner', [many(40, (t) => [0.1 + 0.8 * t, 0.1 + 0.8 * t])], 'LINE'],
  ['a high wave', [many(80, (t) => [0.1 + 0.8 * t, 0.5 + 0.35 * Math.sin(20 * t)])], 'WAVE'],
  ['a saw', [many(24, (t) => [0.1 + 0.69 * t, Math.round(t * 23) % 2 ? 0.3 : 0.7])], 'WAVE'],
  [
    '一 二 written apart',
    [
      many(12, (t) => [0.1 + 0.3 * t, 0.5]),
      many(12, (t) => [0.5 + 0.2 * t, 0.3]),
      many(12, (t) => [0.45 + 0.3 * t, 0.7]),
    ],
    null,
  ],
  [
    'cursive in one stroke',
    [many(90, (t) => [0.2 + 0.5 * t + 0.08 * Math.sin(40 * t), 0.5 + 0.3 * Math.cos(31 * t)])],
    null,
  ],
  [
    'three characters written low and far apart',
    [0.1, 0.4, 0.75].map((left) =>
      many(14, (t) => [left + 0.1 * t * Math.cos(6 * t), 0.4 + 0.08 * Math.sin(7 * t)]),
    ),
    null,
  ],
  ['the handwriting of the factories', handwriting.strokes, null],
])('%s: %s', (_name, strokes, fault) => {
  expect(inkFault({ ...pad, strokes })).toBe(fault);
});

test('any single stroke that only runs from left to right is refused, whatever its height', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 200 }),
      (ys) => {
        const strokes = [ys.map((y, i): [number, number] => [i / ys.length, y])];
        expect(inkFault({ ...pad, strokes })).not.toBeNull();
      },
    ),
  );
});
