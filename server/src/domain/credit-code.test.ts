import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isCreditCode } from './credit-code.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('统一社会信用代码 (GB 32100)', () => {
  it.each([
    ['published codes of well-known companies', '914403001922038216', true],
    ['another', '9144030071526726XG', true],
    ['and another', '91330100799655058B', true],
    ['a wrong check character', '914403001922038217', false],
    ['a letter the alphabet leaves out', '91330100799655058I', false],
    ['small letters', '91330100799655058b', false],
    ['17 characters', '91330100799655058', false],
    ['nothing', '', false],
  ])('%s: %s', (_name, code, valid) => {
    expect(isCreditCode(code)).toBe(valid);
  });

  test('any single other character is noticed', () => {
    const code = '91330100799655058B';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(code[at] !== character);
        expect(isCreditCode(code.slice(0, at) + character + code.slice(at + 1))).toBe(false);
      }),
    );
  });
});
