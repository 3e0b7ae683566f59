import { expect, it, test } from 'vitest';
import { oralStop } from './oral.ts';

const fine = {
  everybody: true,
  noWritingAsked: true,
  performedAtOnce: true,
  notMajor: true,
  disputeType: 'NEIGHBOURS' as const,
};

test('a small matter settled and performed on the spot may stay oral', () => {
  expect(oralStop(fine)).toBeNull();
});

it.each([
  [{ everybody: false }, '人民调解法第28、30条'],
  [{ noWritingAsked: false }, '人民调解法第28条'],
  [{ performedAtOnce: false }, '宁波市人民调解条例第24条'],
  [{ notMajor: false }, '宁波市人民调解条例第24条'],
  [{ disputeType: 'FAMILY_STATUS' as const }, '宁波市人民调解条例第24条'],
])('%o must be written', (change, basis) => {
  expect(oralStop({ ...fine, ...change })?.basis).toBe(basis);
});
