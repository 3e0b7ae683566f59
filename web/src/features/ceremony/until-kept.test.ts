import { expect, test } from 'vitest';
import { untilKept, WAIT } from './until-kept.ts';

const refusal = (code: string) => Object.assign(new Error(code), { code });
/** Refuses with these codes one after the other, then keeps the signature. */
function server(...codes: string[]) {
  const left = [...codes];
  const log = { tries: 0, pauses: 0, told: 0 };
  const run = (pause = async () => undefined) =>
    untilKept(
      async () => {
        log.tries += 1;
        const code = left.shift();
        if (code) throw refusal(code);
        return 'signed';
      },
      {
        codeOf: (error) => (error as { code: string }).code,
        onWaiting: () => (log.told += 1),
        pause: () => {
          log.pauses += 1;
          return pause();
        },
      },
    );
  return { log, run };
}
const times = (code: string, count: number) => Array<string>(count).fill(code);

test('while no time stamp comes the screen says so, waits and goes on by itself', async () => {
  const { log, run } = server(...times('TIMESTAMP_UNAVAILABLE', 3));
  expect(await run()).toBe('signed');
  expect(log).toEqual({ tries: 4, pauses: 3, told: 3 });
});

test('past the limit the refusal is said, and the signature is to be repeated', async () => {
  const { log, run } = server(...times('TIMESTAMP_UNAVAILABLE', 1000));
  await expect(run()).rejects.toThrow('TIMESTAMP_UNAVAILABLE');
  expect(log.pauses).toBe(WAIT.limitMs / WAIT.everyMs);
});

test('who stops waiting is told why, and signs nothing later', async () => {
  const { log, run } = server('TIMESTAMP_UNAVAILABLE');
  await expect(run(() => Promise.reject(new Error('left')))).rejects.toThrow('TIMESTAMP_UNAVAILABLE');
  expect(log.tries).toBe(1);
});

test('somebody else signed meanwhile: again at once, a few times; every other refusal ends it', async () => {
  const some = server(...times('HEAD_MOVED', 5));
  expect(await some.run()).toBe('signed');
  expect(some.log.pauses).toBe(0);
  await expect(server(...times('HEAD_MOVED', 6)).run()).rejects.toThrow('HEAD_MOVED');
  for (const code of ['TIME_UNTRUSTED', 'SIGNATURE_INVALID', 'OFFLINE'])
    await expect(server(code).run()).rejects.toThrow(code);
});
