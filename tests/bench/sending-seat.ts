import {
  LocalVideoTrack,
  type Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoCodec,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import type { Client } from '../setup/test-app.ts';
import { ToneSeat } from '../setup/tone-seat.ts';

const [WIDTH, HEIGHT, FRAMES] = [640, 360, 15];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export type SendingSeat = { seat: ToneSeat; room: Room; stop(): Promise<void> };

/**
 * A seat without a browser that sends moving 360p pictures and a tone. `sendOnly` takes nobody's media and sends one
 * layer, where several seats share the machine with what is measured.
 */
export async function sendingSeat(
  name: string,
  tone: number,
  client: Client,
  sessionId: string,
  url: string,
  sendOnly = false,
): Promise<SendingSeat> {
  const seat = new ToneSeat(name, tone, !sendOnly);
  await joined(seat, () => seat.join(client, sessionId, url));
  const room = seat.room as Room;
  const stop = await sendPicture(room, tone, !sendOnly);
  return {
    seat,
    room,
    async stop() {
      stop();
      await seat.leave();
    },
  };
}

/** Asked again while the room is being made. */
async function joined(seat: ToneSeat, join: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const failed = await join().then(
      () => null,
      (error: unknown) => error,
    );
    if (!failed) return;
    if (tries > 40) throw new Error(`${seat.name} could not join: ${String(failed)}`);
    await wait(300);
  }
}

/** A picture in which something moves, as a camera's does. */
async function sendPicture(room: Room, nth: number, simulcast: boolean): Promise<() => void> {
  const source = new VideoSource(WIDTH, HEIGHT);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_CAMERA;
  options.videoCodec = VideoCodec.VP8;
  options.simulcast = simulcast;
  await room.localParticipant?.publishTrack(LocalVideoTrack.createVideoTrack('camera', source), options);
  const plane = WIDTH * HEIGHT;
  const data = new Uint8Array(plane * 1.5).fill(128);
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    for (let y = 0; y < HEIGHT; y += 1)
      data.fill(
        ((y + n * 3) & 127) + 40 + (nth % 5) * 20,
        y * WIDTH + ((n * 7) % 320),
        y * WIDTH + ((n * 7) % 320) + 320,
      );
    source.captureFrame(new VideoFrame(data, WIDTH, HEIGHT, VideoBufferType.I420));
  }, 1000 / FRAMES);
  return () => clearInterval(timer);
}
