import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

const of = (header: string, size = 1000, most = 1_000_000) => {
  const range = byteRange(header)?.within(size, most);
  return range ? [range.start, range.end] : range;
};

test('one range of bytes: from, to, the last ones, at most so many at once', () => {
  expect(of('bytes=0-99')).toEqual([0, 100]);
  expect(of('bytes=200-')).toEqual([200, 1000]);
  expect(of('bytes=900-5000')).toEqual([900, 1000]);
  expect(of('bytes=-10')).toEqual([990, 1000]);
  expect(of('bytes=-5000')).toEqual([0, 1000]);
  expect(of('bytes=0-', 1000, 300)).toEqual([0, 300]);
});

test('beyond the end there is nothing; what is no single range is none', () => {
  for (const header of ['bytes=1000-', 'bytes=-0', 'bytes=4000-5000']) expect(of(header)).toBeNull();
  for (const header of ['', 'bytes=', 'bytes=-', 'bytes=5-1', 'bytes=0-1,3-4', 'items=0-1', 'bytes=a-b'])
    expect(byteRange(header)).toBeNull();
  expect(byteRange(undefined)).toBeNull();
});
