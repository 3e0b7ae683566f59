import { expect, test } from 'vitest';
import { judgeSelfTest, type SelfTest } from './self-test.ts';

const line = {
  path: 'udp',
  overTcp: true,
  upKbit: 900,
  downKbit: 900,
  lossUp: 0,
  lossDown: 0,
  roundTripMs: 40,
} as const;
const fine: SelfTest = { camera: 'ok', microphone: 'ok', heard: true, browser: 'chrome', line };

test.each<[string, Partial<SelfTest>, ReturnType<typeof judgeSelfTest>]>([
  ['everything works', {}, { verdict: 'good', faults: [] }],
  ['over TCP alone it is good', { line: { ...line, path: 'tcp' } }, { verdict: 'good', faults: [] }],
  ['no way for media', { line: null }, { verdict: 'blocked', faults: ['NO_LINE'] }],
  ['no microphone', { microphone: 'denied' }, { verdict: 'blocked', faults: ['NO_MICROPHONE'] }],
  ['sound only', { camera: 'missing' }, { verdict: 'poor', faults: ['NO_CAMERA'] }],
  ['the voice was not heard', { heard: false }, { verdict: 'poor', faults: ['NOT_HEARD'] }],
  ['20% loss one way', { line: { ...line, lossDown: 0.2 } }, { verdict: 'poor', faults: ['LOSSY'] }],
  [
    'far and thin',
    { line: { ...line, upKbit: 120, downKbit: 100, roundTripMs: 900 } },
    { verdict: 'poor', faults: ['SLOW_UP', 'SLOW_DOWN', 'FAR'] },
  ],
])('%s', (_name, change, judged) => {
  expect(judgeSelfTest({ ...fine, ...change })).toEqual(judged);
});
