import { MOST_SOUND_SECONDS, SOUND_HZ } from '../../contract/sound.ts';

const HEADER_BYTES = 44;
/** Bytes of the longest piece. */
export const MOST_SOUND_BYTES = HEADER_BYTES + MOST_SOUND_SECONDS * SOUND_HZ * 2;

/**
 * Seconds of a piece of speech; null for anything but a plain WAV (RIFF, one format and one data chunk) of mono PCM, 16
 * bits, 16 kHz, as the web writes it. A recogniser gets no other bytes from us.
 */
export function soundSeconds(bytes: Uint8Array): number | null {
  if (bytes.length <= HEADER_BYTES || bytes.length > MOST_SOUND_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const size = bytes.length - HEADER_BYTES;
  const plain =
    name(0) === 'RIFF' &&
    view.getUint32(4, true) === bytes.length - 8 &&
    name(8) === 'WAVE' &&
    name(12) === 'fmt ' &&
    view.getUint32(16, true) === 16 &&
    view.getUint16(20, true) === 1 &&
    view.getUint16(22, true) === 1 &&
    view.getUint32(24, true) === SOUND_HZ &&
    view.getUint32(28, true) === SOUND_HZ * 2 &&
    view.getUint16(32, true) === 2 &&
    view.getUint16(34, true) === 16 &&
    name(36) === 'data' &&
    view.getUint32(40, true) === size &&
    size % 2 === 0;
  return plain ? size / 2 / SOUND_HZ : null;
}
