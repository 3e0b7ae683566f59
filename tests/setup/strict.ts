import { afterAll, afterEach, expect } from 'vitest';

/**
 * An unexpected console.error fails the test during which it came, or the file when it came between tests. A test that
 * expects one spies on console.error itself. Unhandled rejections fail the run (vitest).
 */
const seen: string[] = [];
console.error = (...parts: unknown[]) => {
  seen.push(
    parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '),
  );
};

const nothingSeen = () => expect(seen.splice(0), 'unexpected console.error').toEqual([]);
afterEach(nothingSeen);
afterAll(nothingSeen);
