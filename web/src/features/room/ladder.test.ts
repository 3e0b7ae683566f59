import { expect, test } from 'vitest';
import { climb, type LineNow, newLadder } from './ladder.ts';

/** Looks each second, as the room does; which rung after how many seconds. */
function run(lines: [LineNow, number][]): string[] {
  let ladder = newLadder(0);
  let now = 0;
  const seen = ['0 full'];
  for (const [line, seconds] of lines)
    for (let i = 0; i < seconds; i += 1) {
      now += 1000;
      const next = climb(ladder, line, now);
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

test('a line that is now poor and now lost is no better than a poor one', () => {
  const wavering: [LineNow, number][] = [];
  for (let i = 0; i < 5; i += 1) wavering.push(['poor', 2], ['lost', 2]);
  expect(run(wavering)).toEqual(['0 full', '8 oneLarge', '14 ownOff', '20 soundOnly']);
});

test('one short break changes nothing: the pictures come back with the line', () => {
  expect(
    run([
      ['good', 5],
      ['away', 15],
      ['good', 60],
      ['away', 15],
      ['good', 5],
    ]),
  ).toEqual(['0 full']);
});

test('a connection that goes twice within a minute comes back with sound alone, a third time by telephone', () => {
  const broken: [LineNow, number][] = [
    ['unknown', 4],
    ['away', 6],
    ['unknown', 10],
    ['away', 3],
  ];
  expect(run(broken)).toEqual(['0 full', '21 soundOnly']);
  expect(run([...broken, ['poor', 20], ['away', 2]])).toEqual(['0 full', '21 soundOnly', '44 telephone']);
});

test('a connection that stays away fails; ten seconds later the telephone is the way', () => {
  expect(run([['away', 60]])).toEqual(['0 full', '21 soundOnly', '31 telephone']);
  expect(
    run([
      ['away', 22],
      ['good', 40],
    ]),
  ).toEqual(['0 full', '21 soundOnly', '33 ownOff', '43 oneLarge', '53 full']);
});

test('a rung up that broke the connection is tried later the next time', () => {
  const seen = run([
    ['away', 22],
    ['good', 12],
    ['away', 2],
    ['good', 60],
  ]);
  expect(seen).toEqual(['0 full', '21 soundOnly', '33 ownOff', '35 soundOnly', '57 ownOff', '77 oneLarge']);
});

test('attempts to come back are one outage: short, it changes nothing; long, the line fails', () => {
  const attempts: [LineNow, number][] = [
    ['away', 4],
    ['unknown', 2],
    ['away', 4],
    ['unknown', 2],
    ['away', 4],
  ];
  expect(run([...attempts, ['good', 30]])).toEqual(['0 full']);
  expect(run([...attempts, ['unknown', 2], ['away', 8]])).toEqual(['0 full', '21 soundOnly']);
});

test('a minute of everything: the next rung up is tried as soon as the first one was', () => {
  const seen = run([
    ['poor', 8],
    ['good', 20],
    ['poor', 8],
    ['good', 100],
    ['poor', 8],
    ['good', 30],
  ]);
  expect(seen).toEqual([
    '0 full',
    '7 oneLarge',
    '19 full',
    '35 oneLarge',
    '57 full',
    '143 oneLarge',
    '155 full',
  ]);
});
