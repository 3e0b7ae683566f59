import { describe, expect, test } from 'vitest';
import { RING_ON_MS, type RingingFacts, ringingAt } from './ringing.ts';

const call: RingingFacts = {
  judgeId: 'lin',
  delegateId: 'chen',
  townIds: ['wu', 'lin', 'xu'],
  handedToId: null,
  quiet: new Set(),
  urgent: false,
  waitedMs: 0,
};
const at = (change: Partial<RingingFacts>) => ringingAt({ ...call, ...change });

describe('连线法官 rings', () => {
  test('at the paired judge, after a minute at the delegate too, then at the town’s others', () => {
    expect(at({})).toEqual(['lin']);
    expect(at({ waitedMs: RING_ON_MS - 1 })).toEqual(['lin']);
    expect(at({ waitedMs: RING_ON_MS })).toEqual(['lin', 'chen']);
    expect(at({ waitedMs: 2 * RING_ON_MS })).toEqual(['lin', 'chen', 'wu', 'xu']);
    expect(at({ waitedMs: 90 * RING_ON_MS })).toEqual(['lin', 'chen', 'wu', 'xu']);
  });

  test('not at a judge in session who must not be disturbed: the delegate is next at once', () => {
    expect(at({ quiet: new Set(['lin']) })).toEqual(['chen']);
    expect(at({ quiet: new Set(['lin', 'chen']) })).toEqual(['wu', 'xu']);
    expect(at({ quiet: new Set(['lin', 'chen', 'wu', 'xu']) })).toEqual([]);
  });

  test('at everybody whose turn it is when it is marked urgent', () => {
    expect(at({ quiet: new Set(['lin', 'chen']), urgent: true })).toEqual(['lin']);
  });

  test('at the colleague to whom the judge handed it, not at the judge any more', () => {
    expect(at({ handedToId: 'xu' })).toEqual(['xu']);
    expect(at({ handedToId: 'xu', waitedMs: RING_ON_MS })).toEqual(['xu', 'chen']);
  });

  test('without a delegate the town comes second', () => {
    expect(at({ delegateId: null, waitedMs: RING_ON_MS })).toEqual(['lin', 'wu', 'xu']);
  });

  test('a clock that runs backwards rings at the first', () => {
    expect(at({ waitedMs: -5 })).toEqual(['lin']);
  });
});
