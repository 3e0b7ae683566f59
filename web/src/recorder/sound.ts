import { type RemoteTrack, type Room, RoomEvent, Track } from 'livekit-client';

/** Everybody's sound in one stream; `aloud` also plays it, for a recorder that listens to the page. */
export function mixSound(room: Room, { aloud }: { aloud: boolean }): { stream: MediaStream } {
  const context = new AudioContext({ sampleRate: 48_000 });
  const mixed = context.createMediaStreamDestination();
  // Silence that never ends: without any input the recorder's sound would have no time.
  const silence = context.createConstantSource();
  const nothing = context.createGain();
  nothing.gain.value = 0;
  silence.connect(nothing).connect(mixed);
  silence.start();
  const sources = new Map<RemoteTrack, MediaStreamAudioSourceNode>();
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== Track.Kind.Audio) return;
    // Chromium moves a remote track's sound only while some element plays it.
    const element = track.attach();
    element.muted = !aloud;
    const source = context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack]));
    source.connect(mixed);
    sources.set(track, source);
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    sources.get(track)?.disconnect();
    sources.delete(track);
    for (const element of track.detach()) element.remove();
  });
  return { stream: mixed.stream };
}
