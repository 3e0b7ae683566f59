import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_SOUND_BYTES, soundSeconds } from './wav.ts';

/** A second of plain WAV as the web writes it. */
function second(): Uint8Array {
  const bytes = Buffer.alloc(44 + 32_000);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 32_000, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(16_000, 24);
  bytes.writeUInt32LE(32_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(32_000, 40);
  return bytes;
}

test('a plain piece has its length in seconds; one that is too long, empty or of another kind has none', () => {
  expect(soundSeconds(second())).toBe(1);
  expect(soundSeconds(new Uint8Array())).toBeNull();
  expect(soundSeconds(second().subarray(0, 44))).toBeNull();
  expect(soundSeconds(new Uint8Array(MOST_SOUND_BYTES + 2))).toBeNull();
  for (let at = 0; at < 44; at += 1) {
    const other = second();
    other[at] = (other[at] ?? 0) ^ 0x41;
    expect([at, soundSeconds(other)]).toEqual([at, null]);
  }
});

test('whatever is sent, it never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(soundSeconds(bytes)).toBeNull();
    }),
  );
});
