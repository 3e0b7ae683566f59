import { describe, expect, it } from 'vitest';
import { isMobile, maskPhone } from './phone.ts';

describe('phone numbers', () => {
  it.each([
    ['13911112222', true],
    ['19900000000', true],
    ['12911112222', false],
    ['1391111222', false],
    ['139111122222', false],
    ['+8613911112222', false],
    ['139 1111 2222', false],
    ['１３９１１１１２２２２', false],
    ['13911112222\n', false],
    ['', false],
  ])('%j is a mobile number: %s', (value, valid) => {
    expect(isMobile(value)).toBe(valid);
  });

  it.each([
    ['13911112222', '139****2222'],
    ['0574-88000011', '05****11'],
  ])('%s is shown as %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });
});
