import type { LayoutView } from '@tongxi/server/contract/recording.ts';
import { type RemoteTrack, type Room, RoomEvent, Track } from 'livekit-client';

type Sound = { identity: string; source: MediaStreamAudioSourceNode; element: HTMLMediaElement };
type Seats = LayoutView['seats'];

const interprets = (seats: Seats, identity: string): boolean =>
  seats.some((seat) => seat.identity === identity && seat.interprets);

/**
 * Everybody's sound in one stream; `aloud` also plays it, for a recorder that listens to the page. An interpreter says
 * another one's words again, and over them: the recording has the original alone.
 */
export function mixSound(
  room: Room,
  { aloud, seats }: { aloud: boolean; seats: Seats },
): { stream: MediaStream; update(seats: Seats): void } {
  const context = new AudioContext({ sampleRate: 48_000 });
  const mixed = context.createMediaStreamDestination();
  // Silence that never ends: without any input the recorder's sound would have no time.
  const silence = context.createConstantSource();
  const nothing = context.createGain();
  nothing.gain.value = 0;
  silence.connect(nothing).connect(mixed);
  silence.start();
  const sounds = new Map<RemoteTrack, Sound>();
  let now = seats;
  const place = ({ identity, source, element }: Sound) => {
    const left = interprets(now, identity);
    element.muted = !aloud || left;
    source.disconnect();
    if (!left) source.connect(mixed);
  };
  room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
    if (track.kind !== Track.Kind.Audio) return;
    // Chromium moves a remote track's sound only while some element plays it.
    const element = track.attach();
    const source = context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack]));
    const sound = { identity, source, element };
    sounds.set(track, sound);
    place(sound);
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    sounds.get(track)?.source.disconnect();
    sounds.delete(track);
    for (const element of track.detach()) element.remove();
  });
  return {
    stream: mixed.stream,
    update(next) {
      const before = now;
      now = next;
      // Taken out and put in again only where it changed: anything else would be heard.
      for (const sound of sounds.values())
        if (interprets(before, sound.identity) !== interprets(next, sound.identity)) place(sound);
    },
  };
}
