import { expect, test } from 'vitest';
import { climb, type Ladder, newLadder } from './ladder.ts';

/** Looks each second, as the room does; which rung after how many seconds. */
function run(qualities: [Ladder['quality'], number][]): string[] {
  let ladder = newLadder(0);
  let now = 0;
  const seen = ['0 full'];
  for (const [quality, seconds] of qualities)
    for (let i = 0; i < seconds; i += 1) {
      now += 1000;
      const next = climb(ladder, quality, now);
      if (next.rung !== ladder.rung) seen.push(`${now / 1000} ${next.rung}`);
      ladder = next;
    }
  return seen;
}

test('a poor line gives up pictures one by one and keeps the sound', () => {
  expect(run([['poor', 60]])).toEqual(['0 full', '7 oneLarge', '13 ownOff', '19 soundOnly']);
});

test('a line that carries nothing goes down sooner and ends at the telephone', () => {
  expect(run([['lost', 40]])).toEqual(['0 full', '4 oneLarge', '7 ownOff', '10 soundOnly', '20 telephone']);
});

test('a moment of trouble, or a line of which nothing is known, changes nothing', () => {
  expect(
    run([
      ['poor', 5],
      ['good', 5],
      ['poor', 5],
      ['unknown', 60],
    ]),
  ).toEqual(['0 full']);
});

test('a good line comes back rung by rung; one that does not hold is tried later and later', () => {
  const once = run([
    ['poor', 8],
    ['good', 60],
  ]);
  expect(once).toEqual(['0 full', '7 oneLarge', '19 full']);
  const twice = run([
    ['poor', 8],
    ['good', 42],
    ['poor', 8],
    ['good', 100],
  ]);
  expect(twice.slice(0, 4)).toEqual(['0 full', '7 oneLarge', '19 full', '57 oneLarge']);
  expect(twice[4]).toBe('79 full');
});

test('from the telephone a good line leads back to sound first', () => {
  expect(
    run([
      ['lost', 21],
      ['good', 200],
    ])[5],
  ).toBe('32 soundOnly');
});
