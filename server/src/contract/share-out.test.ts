import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from './share-out.ts';

test('sums exactly, in proportion, nobody more than one 分 off', () => {
  const weights = fc.array(fc.nat(10_000_000_000_00), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(10_000_000_000_00), weights, (total, parts) => {
      const shares = shareOut(total, parts);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      const all = parts.reduce((sum, part) => sum + part, 0);
      for (const [i, share] of shares.entries()) {
        const exact = all === 0 ? total / parts.length : total * ((parts[i] ?? 0) / all);
        expect(Math.abs(share - exact)).toBeLessThan(1.01);
      }
    }),
  );
});

test('what is left over goes to the largest remainder, of equal ones to the first', () => {
  expect(shareOut(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(shareOut(10, [2, 1])).toEqual([7, 3]);
  expect(shareOut(5, [0, 0])).toEqual([3, 2]);
  expect(shareOut(5, [])).toEqual([]);
});
