import { EventEmitter } from 'node:events';
import { type Room, RoomEvent } from 'livekit-client';
import { afterEach, expect, test, vi } from 'vitest';
import { mixSound } from './sound.ts';

afterEach(() => vi.unstubAllGlobals());

/** As much of Web Audio as the mix uses: what is connected to the mixed stream now. */
function fakeAudio(): Set<string> {
  const mixed = new Set<string>();
  const destination = { stream: {} };
  const node = (name = '') => ({
    gain: { value: 1 },
    start: () => undefined,
    connect(to: unknown) {
      if (to === destination && name) mixed.add(name);
      return to;
    },
    disconnect: () => void mixed.delete(name),
  });
  class Context {
    createMediaStreamDestination = () => destination;
    createConstantSource = () => node();
    createGain = () => node();
    createMediaStreamSource = (stream: { names: string[] }) => node(stream.names[0]);
  }
  class Stream {
    names: string[];
    constructor(tracks: { name: string }[]) {
      this.names = tracks.map(({ name }) => name);
    }
  }
  vi.stubGlobal('AudioContext', Context);
  vi.stubGlobal('MediaStream', Stream);
  return mixed;
}

test('an interpreter’s voice is neither in the recording’s mix nor played; everybody else’s is', () => {
  const mixed = fakeAudio();
  const room = new EventEmitter();
  const seat = (identity: string, interprets: boolean) => ({ identity, label: identity, interprets });
  const seats = [seat('party', false), seat('interpreter', true)];
  const sound = mixSound(room as unknown as Room, { aloud: true, seats });
  const elements: Record<string, { muted: boolean; remove(): void }> = {};
  const subscribe = (identity: string) => {
    const element = { muted: false, remove: () => undefined };
    elements[identity] = element;
    const track = { kind: 'audio', mediaStreamTrack: { name: identity }, attach: () => element };
    room.emit(RoomEvent.TrackSubscribed, track, {}, { identity });
  };
  for (const identity of ['party', 'interpreter', 'late']) subscribe(identity);
  expect([...mixed]).toEqual(['party', 'late']);
  expect(elements).toMatchObject({
    party: { muted: false },
    interpreter: { muted: true },
    late: { muted: false },
  });
  // A seat that was made while the recording ran.
  sound.update([...seats, seat('late', true)]);
  expect([...mixed]).toEqual(['party']);
  expect(elements.late?.muted).toBe(true);
});
