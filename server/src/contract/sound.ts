/** Samples a second of a piece of speech: mono, PCM of 16 bits, WAV. */
export const SOUND_HZ = 16_000;
/** Seconds of one piece at most. */
export const MOST_SOUND_SECONDS = 10;
