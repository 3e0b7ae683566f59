import { afterAll, afterEach, expect } from 'vitest';

/**
 * An unexpected console.error fails the test during which it came, or the file when it came between tests. A test that
 * expects one spies on console.error itself. Unhandled rejections fail the run (vitest). Nor does anybody here use what
 * its maker will take away: pg warns once a process, so the first test that does so fails.
 */
const seen: string[] = [];
console.error = (...parts: unknown[]) => {
  seen.push(
    parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '),
  );
};
process.on('warning', (warning) => {
  if (warning.name === 'DeprecationWarning') seen.push(warning.stack ?? warning.message);
});

const nothingSeen = () => expect(seen.splice(0), 'unexpected console.error').toEqual([]);
afterEach(nothingSeen);
afterAll(nothingSeen);
