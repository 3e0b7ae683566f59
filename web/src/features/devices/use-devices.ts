import { type RefObject, useEffect, useState } from 'react';

export type Answer = 'wait' | 'ok' | 'denied' | 'missing' | 'bad';
export type Devices = {
  camera: Answer;
  microphone: Answer;
  /** What was opened, once both were asked for; null until then. */
  tracks: MediaStreamTrack[] | null;
  level: number;
};

const asked: Devices = { camera: 'wait', microphone: 'wait', tracks: null, level: 0 };

/** Camera and microphone while the page is open, each with its own answer; the camera's picture goes to `video`. */
export function useDevices(video: RefObject<HTMLVideoElement | null>, round: number): Devices {
  const [devices, set] = useState<Devices>(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` starts the whole check anew
  useEffect(() => {
    let stopped = false;
    const streams: MediaStream[] = [];
    let context: AudioContext | undefined;
    const change = (part: Partial<Devices>) => {
      if (!stopped) set((before) => ({ ...before, ...part }));
    };
    const open = async (kind: 'video' | 'audio'): Promise<Answer> => {
      if (!navigator.mediaDevices) return 'bad';
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ [kind]: true });
        if (stopped) {
          for (const track of stream.getTracks()) track.stop();
          return 'wait';
        }
        streams.push(stream);
        if (kind === 'video' && video.current) video.current.srcObject = stream;
        if (kind === 'audio') listen(stream);
        return 'ok';
      } catch (error) {
        const name = error instanceof DOMException ? error.name : '';
        return name === 'NotAllowedError' ? 'denied' : name === 'NotFoundError' ? 'missing' : 'bad';
      }
    };
    const listen = (stream: MediaStream) => {
      context = new AudioContext();
      const meter = context.createAnalyser();
      context.createMediaStreamSource(stream).connect(meter);
      const samples = new Uint8Array(meter.fftSize);
      const measure = () => {
        if (stopped) return;
        meter.getByteTimeDomainData(samples);
        change({ level: Math.min(1, Math.max(...samples.map((v) => Math.abs(v - 128))) / 50) });
        setTimeout(measure, 150);
      };
      measure();
    };
    set(asked);
    void Promise.all([
      open('video').then((camera) => change({ camera })),
      open('audio').then((microphone) => change({ microphone })),
    ]).then(() => change({ tracks: streams.flatMap((stream) => stream.getTracks()) }));
    return () => {
      stopped = true;
      for (const stream of streams) for (const track of stream.getTracks()) track.stop();
      void context?.close();
    };
  }, [round, video]);
  return devices;
}
