import type { Service } from './service.ts';

/** The first piece comes soon, so that the host knows that it runs (services/recording: FIRST_PIECE_MS). */
const FIRST_PIECE_MS = 1000;
const PIECE_MS = 4000;

export type Taking = {
  /** Settles when the service takes nothing any more. */
  lost: Promise<void>;
  /** Hands in what is left, and says that it was the last. */
  finish(): Promise<void>;
};

/** Records the stream and hands it in, one piece after the other in their order. */
export function recordPieces(stream: MediaStream, service: Service): Taking {
  const recorder = new MediaRecorder(stream, {
    mimeType: 'video/webm;codecs=vp8,opus',
    videoBitsPerSecond: 250_000,
    audioBitsPerSecond: 48_000,
  });
  let sequence = 0;
  let handing = Promise.resolve();
  let tellLost: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    tellLost = resolve;
  });
  let refused = false;
  const hand = (bytes: Blob, last: boolean) => {
    handing = handing.then(async () => {
      if (refused || (bytes.size === 0 && !last)) return;
      if (await service.hand(bytes, sequence, last)) sequence += 1;
      else {
        refused = true;
        tellLost();
      }
    });
  };
  recorder.ondataavailable = ({ data }) => hand(data, recorder.state === 'inactive');
  recorder.start();
  const soon = setTimeout(() => recorder.state === 'recording' && recorder.requestData(), FIRST_PIECE_MS);
  const often = setInterval(() => recorder.state === 'recording' && recorder.requestData(), PIECE_MS);
  return {
    lost,
    async finish() {
      clearTimeout(soon);
      clearInterval(often);
      if (recorder.state !== 'inactive') {
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
        recorder.stop();
        await stopped;
      }
      await handing;
    },
  };
}
