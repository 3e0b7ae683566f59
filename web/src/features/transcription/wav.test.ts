import { expect, test } from 'vitest';
import { isSilent, wavOf } from './wav.ts';

const tone = (seconds: number, loud: number) =>
  Float32Array.from({ length: seconds * 16_000 }, (_, i) => loud * Math.sin(i / 8));

test('samples become WAV of 16 kHz, mono, 16 bits, 10 s at most; too loud is clipped, not wrapped', () => {
  const wav = wavOf(Float32Array.of(0, 1, -1, 3, -3));
  const view = new DataView(wav.buffer);
  expect(new TextDecoder().decode(wav.slice(0, 4))).toBe('RIFF');
  expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)]).toEqual([
    1, 16_000, 16,
  ]);
  expect(view.getUint32(40, true)).toBe(10);
  expect([0, 1, 2, 3, 4].map((i) => view.getInt16(44 + i * 2, true))).toEqual([
    0, 32_767, -32_767, 32_767, -32_767,
  ]);
  expect(wavOf(tone(11, 0.5)).length).toBe(44 + 10 * 32_000);
});

test('a piece in which nobody speaks is not sent', () => {
  expect(isSilent(tone(1, 0.001))).toBe(true);
  expect(isSilent(new Float32Array())).toBe(true);
  expect(isSilent(tone(1, 0.05))).toBe(false);
});
