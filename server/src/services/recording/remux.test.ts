import { readFileSync } from 'node:fs';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import { remux } from './remux.ts';

/** Four seconds as a browser's MediaRecorder streams them: no length, no index. */
const streamed = readFileSync(new URL('../../../../tests/fixtures/recording/streamed.webm', import.meta.url));
const has = (bytes: Uint8Array, id: string) => Buffer.from(bytes).includes(Buffer.from(id, 'hex'));
/** Of the WebM elements (RFC 9559): Cues 1C53BB6B, Duration 4489. */
const index = '1c53bb6b';

test('what a recorder streamed becomes one file with length and index; packets stay as they are', async () => {
  expect(has(streamed, index)).toBe(false);
  const file = await remux(streamed);
  expect(file.mime).toBe('video/webm');
  expect(has(file.bytes, index)).toBe(true);
  expect(file.durationMs).toBeGreaterThan(3000);
  expect(file.durationMs).toBeLessThan(5000);
  using input = new Input({ source: new BufferSource(file.bytes), formats: ALL_FORMATS });
  expect(Math.abs((await input.computeDuration()) * 1000 - file.durationMs)).toBeLessThan(200);
  expect((await input.getTracks()).map((track) => track.type).sort()).toEqual(['audio', 'video']);
  expect(await input.getFirstTimestamp()).toBeGreaterThanOrEqual(0);
});

test('the beginning of a stream, as a killed recorder leaves it, is a file too; anything else is none', async () => {
  const half = await remux(streamed.subarray(0, Math.floor(streamed.length * 0.6)));
  expect(half.durationMs).toBeGreaterThan(1000);
  await expect(remux(new TextEncoder().encode('no recording at all'))).rejects.toThrow();
  await expect(remux(new Uint8Array())).rejects.toThrow();
});
