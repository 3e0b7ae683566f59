import { MOST_SOUND_SECONDS, SOUND_HZ } from '@tongxi/server/contract/sound.ts';

/** Below this loudness (root mean square of full scale) nobody speaks into this microphone. */
const SILENCE = 0.004;

export function isSilent(samples: Float32Array): boolean {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 || Math.sqrt(sum / samples.length) < SILENCE;
}

/** Mono WAV, PCM of 16 bits at 16 kHz, of these samples (−1 to 1); what is longer than 10 s is cut off. */
export function wavOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const count = Math.min(samples.length, MOST_SOUND_SECONDS * SOUND_HZ);
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const name = (at: number, text: string) => {
    for (let i = 0; i < 4; i += 1) view.setUint8(at + i, text.charCodeAt(i));
  };
  name(0, 'RIFF');
  view.setUint32(4, 36 + count * 2, true);
  name(8, 'WAVE');
  name(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SOUND_HZ, true);
  view.setUint32(28, SOUND_HZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, count * 2, true);
  for (let i = 0; i < count; i += 1) {
    const sample = Math.max(-1, Math.min(1, samples[i] ?? 0));
    view.setInt16(44 + i * 2, Math.round(sample * 0x7fff), true);
  }
  return new Uint8Array(view.buffer);
}
