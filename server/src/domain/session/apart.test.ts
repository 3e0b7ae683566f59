import { expect, test } from 'vitest';
import { sideOfSeat } from './apart.ts';

test('a screen belongs to the side that sits at it; neutral people go between; both sides at one screen cannot be', () => {
  expect(sideOfSeat({ side: null, here: [] })).toBeNull();
  expect(sideOfSeat({ side: 'APPLICANT', here: [] })).toBe('APPLICANT');
  expect(sideOfSeat({ side: null, here: ['RESPONDENT', 'RESPONDENT'] })).toBe('RESPONDENT');
  expect(sideOfSeat({ side: null, here: ['APPLICANT', 'RESPONDENT'] })).toBe('both');
  expect(sideOfSeat({ side: 'APPLICANT', here: ['RESPONDENT'] })).toBe('both');
});
