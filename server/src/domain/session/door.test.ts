import { expect, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { type AtTheDoor, requireDoor } from './door.ts';

const welcome: AtTheDoor = {
  status: 'OPEN',
  unverifiedAgent: false,
  denied: false,
  consents: true,
  admitted: true,
  locked: false,
};
function answer(change: Partial<AtTheDoor>, called = false): string {
  try {
    requireDoor({ ...welcome, ...change }, called);
    return 'in';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'broken';
  }
}

test.each<[Partial<AtTheDoor>, string, string]>([
  [{}, 'in', 'in'],
  [{ unverifiedAgent: true }, 'AUTHORITY_UNVERIFIED', 'AUTHORITY_UNVERIFIED'],
  [{ unverifiedAgent: true, status: 'CHECKING' }, 'in', 'in'],
  [{ denied: true }, 'REMOVED_FROM_SESSION', 'REMOVED_FROM_SESSION'],
  [{ status: 'SCHEDULED' }, 'SESSION_NOT_OPEN', 'SESSION_NOT_OPEN'],
  [{ status: 'ONSITE' }, 'SESSION_NOT_OPEN', 'SESSION_NOT_OPEN'],
  [{ status: 'ENDED' }, 'SESSION_NOT_OPEN', 'SESSION_NOT_OPEN'],
  [{ consents: false }, 'CONSENT_MISSING', 'CONSENT_MISSING'],
  [{ locked: true }, 'in', 'in'],
  [{ admitted: false }, 'NOT_ADMITTED', 'in'],
  [{ admitted: false, locked: true }, 'NOT_ADMITTED', 'SESSION_LOCKED'],
])('%o: by browser %s, called by the host %s', (change, byBrowser, called) => {
  expect(answer(change)).toBe(byBrowser);
  expect(answer(change, true)).toBe(called);
});
