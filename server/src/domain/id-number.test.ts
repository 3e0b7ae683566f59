import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { birthDateOf, isIdNumber, maskIdNumber, sexOf } from './id-number.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const withCheck = (first: string): string =>
  first + '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(first[i]), 0) % 11];

describe('公民身份号码 (GB 11643)', () => {
  it.each([
    ['the standard’s own examples', '11010519491231002X', true],
    ['its second', '440524188001010014', true],
    ['a small x is another character', '11010519491231002x', false],
    ['a wrong check digit', '110105194912310021', false],
    ['no such day', withCheck('11010519490231002'), false],
    ['a leap day in a year without one', withCheck('11010519000229002'), false],
    ['a leap day in a leap year', withCheck('11010520000229002'), true],
    ['17 digits', '11010519491231002', false],
    ['15 digits of the first generation', '110105491231002', false],
    ['blanks', ' 11010519491231002X', false],
    ['full-width digits', '１１０１０５１９４９１２３１００２X', false],
    ['nothing', '', false],
  ])('%s: %s', (_name, value, valid) => {
    expect(isIdNumber(value)).toBe(valid);
  });

  test('any single wrong digit and any two swapped neighbours are noticed', () => {
    const births = fc.date({ min: new Date('1930-01-01'), max: new Date('2025-12-31'), noInvalidDate: true });
    const number = fc
      .tuple(fc.integer({ min: 100_000, max: 999_999 }), births, fc.integer({ min: 0, max: 999 }))
      .map(([area, birth, order]) => {
        const day = birth.toISOString().slice(0, 10).replaceAll('-', '');
        return withCheck(`${area}${day}${String(order).padStart(3, '0')}`);
      });
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        expect(isIdNumber(id)).toBe(true);
        const digits = [...id];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isIdNumber(digits.join(''))).toBe(false);
        const swapped = [...id.slice(0, 17)];
        const [a = '', b = ''] = [swapped[at - 1], swapped[at]];
        if (at === 0 || a === b) return;
        swapped.splice(at - 1, 2, b, a);
        expect(isIdNumber(swapped.join('') + id.slice(17))).toBe(false);
      }),
    );
  });

  test('tells the day of birth and the sex, and shows neither day nor month when masked', () => {
    expect(birthDateOf('11010519491231002X')?.toISOString()).toBe('1949-12-31T00:00:00.000Z');
    expect(birthDateOf('110105194913310020')).toBeNull();
    expect([sexOf('11010519491231002X'), sexOf('440524188001010014')]).toEqual(['女', '男']);
    expect(maskIdNumber('330299195801150017')).toBe('330299********0017');
  });
});
