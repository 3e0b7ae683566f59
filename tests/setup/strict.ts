import { afterEach, beforeEach, expect, vi } from 'vitest';

/** An unexpected console.error or warning of ours fails the test that caused it. */
const seen: string[] = [];

beforeEach(() => {
  seen.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    seen.push(parts.map(String).join(' '));
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(seen, 'unexpected console.error').toEqual([]);
});
