import { expect, test } from 'vitest';
import { DomainError } from '../domain/errors.ts';
import type { Deps } from './context.ts';
import { gathered } from './gathered.ts';

const deps = {} as Deps;

/** Work that answers when it is told to, and remembers what it was asked together. */
function slow(answer: (question: number) => number | DomainError) {
  const together: number[][] = [];
  const ends: (() => void)[] = [];
  const ask = gathered<number, number>(async (_, lane, questions) => {
    together.push(questions);
    await new Promise<void>((end) => ends.push(end));
    if (lane === 'broken') throw new Error('no database');
    return questions.map(answer);
  });
  return { ask: (question: number, lane = 'a') => ask(deps, lane, question), together, ends };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('one question is asked at once; those that come meanwhile are asked together, each with its own answer', async () => {
  const { ask, together, ends } = slow((n) => n * 10);
  const answers = [1, 2, 3].map((n) => ask(n));
  expect(together).toEqual([[1]]);
  ends.shift()?.();
  await turn();
  expect(together).toEqual([[1], [2, 3]]);
  ends.shift()?.();
  expect(await Promise.all(answers)).toEqual([10, 20, 30]);
  const later = ask(4);
  ends.shift()?.();
  expect(await later).toBe(40);
});

test('a refusal is that question’s alone; work that fails fails those it was asked, and the lane goes on', async () => {
  const { ask, ends } = slow((n) => (n === 2 ? new DomainError('NOT_ADMITTED') : n));
  const answers = Promise.allSettled([1, 2, 3].map((n) => ask(n)));
  ends.shift()?.();
  await turn();
  ends.shift()?.();
  expect((await answers).map((a) => a.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const broken = Promise.allSettled([ask(1, 'broken'), ask(1)]);
  for (const end of ends.splice(0)) end();
  expect((await broken).map((a) => a.status)).toEqual(['rejected', 'fulfilled']);
  const again = ask(5);
  ends.shift()?.();
  expect(await again).toBe(5);
});

test('whoever asks again on being answered is answered', async () => {
  const { ask, ends } = slow((n) => n);
  const twice = ask(1).then(() => ask(2));
  ends.shift()?.();
  await turn();
  ends.shift()?.();
  expect(await twice).toBe(2);
});

test('a lane holds so many and no more', async () => {
  const { ask, ends, together } = slow((n) => n);
  const answers = Promise.allSettled(Array.from({ length: 5002 }, (_, n) => ask(n)));
  for (let i = 0; i < 12; i += 1) {
    ends.shift()?.();
    await turn();
  }
  const refused = (await answers).filter((a) => a.status === 'rejected');
  expect(refused.map((a) => (a.reason as DomainError).code)).toEqual(['UNAVAILABLE']);
  expect(together.map((asked) => asked.length)).toEqual([1, ...Array.from({ length: 10 }, () => 500)]);
});
