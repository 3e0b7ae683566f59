import { expect, test } from 'vitest';
import { noteServerTime, serverNow } from './server-time.ts';

test('a clock that is a day wrong is put right by the server’s, a second is left alone', () => {
  noteServerTime(new Date(Date.now() + 86_400_000).toUTCString());
  expect(Math.abs(serverNow() - Date.now() - 86_400_000)).toBeLessThan(1500);
  noteServerTime('nonsense');
  expect(serverNow() - Date.now()).toBeGreaterThan(80_000_000);
  noteServerTime(new Date().toUTCString());
  expect(Math.abs(serverNow() - Date.now())).toBeLessThan(5);
});
