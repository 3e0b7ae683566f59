import { describe, expect, test } from 'vitest';
import { inkAppearance } from './ink-appearance.ts';
import { sealAppearance } from './seal-appearance.ts';
import { drawsPathsOnly } from './signing-revision.ts';

/** Every coordinate pair that a path operator gets. */
const coordinates = (content: string): [number, number][] =>
  content
    .split('\n')
    .filter((line) => /^[-\d. ]+ [mlc]$/.test(line))
    .flatMap((line) => {
      const numbers = line.split(' ').slice(0, -1).map(Number);
      return Array.from({ length: numbers.length / 2 }, (_, at): [number, number] => [
        numbers[at * 2] ?? 0,
        numbers[at * 2 + 1] ?? 0,
      ]);
    });
const inside = (content: string, width: number, height: number) =>
  coordinates(content).every(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height);

describe('ink', () => {
  const stroke = Array.from({ length: 40 }, (_, at): [number, number] => [
    at / 39,
    0.5 + Math.sin(at / 4) / 2.01,
  ]);

  test('is drawn as curves inside its box, downwards turned upwards', () => {
    const content = inkAppearance({ width: 600, height: 200, strokes: [stroke] }, 120, 40);
    expect(drawsPathsOnly(content)).toBe(true);
    expect(content.match(/ c$/gm)).toHaveLength(38);
    expect(inside(content, 120, 40)).toBe(true);
    const down: [number, number][] = [
      [0.2, 0.1],
      [0.4, 0.9],
    ];
    const [first, last] = coordinates(inkAppearance({ width: 600, height: 200, strokes: [down] }, 120, 40));
    expect(first?.[1]).toBeGreaterThan(last?.[1] ?? 0);
  });

  test('keeps its proportions and does not blow a dot up', () => {
    const square: [number, number][] = [
      [0.1, 0.1],
      [0.2, 0.4],
    ];
    const [a, b] = coordinates(inkAppearance({ width: 600, height: 200, strokes: [square] }, 120, 40));
    const [dx, dy] = [(b?.[0] ?? 0) - (a?.[0] ?? 0), (a?.[1] ?? 0) - (b?.[1] ?? 0)];
    expect(dx / dy).toBeCloseTo(1, 2);
    expect(dx).toBeLessThanOrEqual(60 * 0.4);
    const dot = inkAppearance({ width: 600, height: 200, strokes: [[[0.5, 0.5]]] }, 120, 40);
    expect(coordinates(dot)).toEqual([
      [60, 20],
      [60, 20],
    ]);
  });
});

describe('seal', () => {
  const committeeName = '宁波市鄞州区云龙镇禾岸村人民调解委员会';

  test('is drawn as outlines only, inside its box, the same every time', () => {
    const seal = { committeeName, demo: true, width: 120, height: 120 };
    const content = sealAppearance(seal);
    expect(drawsPathsOnly(content)).toBe(true);
    expect(inside(content, 120, 120)).toBe(true);
    expect(sealAppearance(seal)).toBe(content);
    // Star and one fill a character: the name and, in a demonstration, 演示.
    expect(content.match(/^(h )?f$/gm)).toHaveLength(1 + committeeName.length + 2);
  });

  test('bears the mark only in a demonstration', () => {
    const real = sealAppearance({ committeeName, demo: false, width: 120, height: 120 });
    expect(real.match(/^(h )?f$/gm)).toHaveLength(1 + committeeName.length);
  });

  test('takes a rare character from the second font, and refuses by name what no font has', () => {
    const named = (name: string) =>
      sealAppearance({ committeeName: name, demo: false, width: 120, height: 120 });
    expect(named('𠮷村').match(/^(h )?f$/gm)).toHaveLength(1 + 2);
    expect(() => named('\u{30000}村')).toThrow(
      expect.objectContaining({ code: 'CHARACTER_NOT_DRAWABLE', details: { character: '\u{30000}' } }),
    );
  });
});

test('an appearance with anything but paths is told apart', () => {
  expect(drawsPathsOnly('q\n1 0 m\n5.5 -5 l\nS\nQ')).toBe(true);
  for (const content of ['BT (x) Tj ET', '/Im0 Do', '1 0 0 1 5 5 cm', '1e5 0 m', '0 0 m\rS', '% x', '']) {
    expect(drawsPathsOnly(content)).toBe(false);
  }
});
