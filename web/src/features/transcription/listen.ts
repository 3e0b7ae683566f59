import { SOUND_HZ } from '@tongxi/server/contract/sound.ts';
import { isSilent, wavOf } from './wav.ts';

/** One piece; the server takes ten seconds at most. */
const PIECE_MS = 6000;

/**
 * Cuts a live microphone into short pieces and hands in those in which somebody speaks, until the returned function is
 * called; the piece in the making is then thrown away. A piece that cannot be handed in is not sent again.
 */
export function listenTo(track: MediaStreamTrack, hand: (wav: Blob) => Promise<unknown>): () => void {
  if (typeof MediaRecorder === 'undefined') return () => undefined;
  let stopped = false;
  let current: MediaRecorder | null = null;
  const stop = () => {
    if (current?.state === 'recording') current.stop();
  };
  const next = () => {
    const before = current;
    current = null;
    if (track.readyState === 'live') {
      const recorder = new MediaRecorder(new MediaStream([track]));
      recorder.ondataavailable = ({ data }) => {
        if (!stopped)
          void pieceOf(data)
            .then((wav) => (wav && !stopped ? hand(wav) : null), ignore)
            .catch(ignore);
      };
      recorder.start();
      current = recorder;
    }
    // The next one has begun: no word falls between two pieces.
    if (before?.state === 'recording') before.stop();
  };
  next();
  const timer = setInterval(next, PIECE_MS);
  return () => {
    stopped = true;
    clearInterval(timer);
    stop();
  };
}

const ignore = () => undefined;

/** Decoded and brought to 16 kHz by the browser; null when nobody speaks in it. */
async function pieceOf(data: Blob): Promise<Blob | null> {
  if (data.size === 0) return null;
  const sound = await new OfflineAudioContext(1, 1, SOUND_HZ).decodeAudioData(await data.arrayBuffer());
  const samples = sound.getChannelData(0);
  return isSilent(samples) ? null : new Blob([wavOf(samples)], { type: 'audio/wav' });
}
