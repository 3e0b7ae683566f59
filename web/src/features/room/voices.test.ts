import { expect, test } from 'vitest';
import { BENEATH, interpreterPermissions, loudness } from './voices.ts';

test('原声: everybody in full, the interpreter not at all; 译音: the interpreter over the lowered original', () => {
  const original = { hearsInterpreter: false, interpreterLive: true };
  const interpreted = { hearsInterpreter: true, interpreterLive: true };
  expect(loudness({ kind: 'PARTY' }, original)).toBe(1);
  expect(loudness({ kind: 'INTERPRETER' }, original)).toBe(0);
  expect(loudness({ kind: 'PARTY' }, interpreted)).toBe(BENEATH);
  expect(loudness({ kind: 'INTERPRETER' }, interpreted)).toBe(1);
});

test('an interpreter who drops out leaves the original in full', () => {
  expect(loudness({ kind: 'MEDIATOR' }, { hearsInterpreter: true, interpreterLive: false })).toBe(1);
});

test('the sound goes to those who chose it, the picture to everybody, nothing to oneself', () => {
  const seat = (identity: string, hearsInterpreter: boolean) => ({
    identity,
    kind: 'PARTY',
    hearsInterpreter,
  });
  const seats = [seat('chen', true), seat('zhou', false), seat('self', true)];
  expect(interpreterPermissions(seats, 'self', ['TR_camera'])).toEqual([
    { participantIdentity: 'chen', allowAll: true },
    { participantIdentity: 'zhou', allowAll: false, allowedTrackSids: ['TR_camera'] },
  ]);
});
