import { expect, test } from 'vitest';
import { type RunCommand, systemClockState } from './clock-state.ts';

const answering =
  (answers: Record<string, string>): RunCommand =>
  (command) =>
    answers[command] === undefined
      ? Promise.reject(new Error('not found'))
      : Promise.resolve(answers[command]);

test.each([
  ['systemd follows a service', { timedatectl: 'yes\n' }, 'synchronised'],
  ['systemd follows none', { timedatectl: 'no\n' }, 'unsynchronised'],
  [
    'chrony does where systemd does not',
    { timedatectl: 'no\n', chronyc: 'A,B,2,1.0,Normal\n' },
    'synchronised',
  ],
  ['chrony says it is not', { chronyc: '7F,,0,0.0,Not synchronised\n' }, 'unsynchronised'],
  ['neither is installed', {}, 'unknown'],
])('%s', async (_, answers, expected) => {
  expect(await systemClockState(answering(answers))()).toBe(expected);
});
