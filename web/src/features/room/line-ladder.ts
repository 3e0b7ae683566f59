import { type RemoteTrackPublication, type Room, RoomEvent, Track, VideoQuality } from 'livekit-client';
import { climb, newLadder, type Rung, rungs } from './ladder.ts';
import { seatOf } from './room-seat.ts';

const LOOK_MS = 1000;
export const below = (rung: Rung, than: Rung): boolean => rungs.indexOf(rung) >= rungs.indexOf(than);

/**
 * Looks each second how the own line is and gives up, or takes back, pictures of others: all but the one who speaks
 * become small ones, then none are received. What of one's own is sent is the caller's part, told by `changed`.
 */
export function keepLadder(room: Room, changed: (rung: Rung) => void) {
  let ladder = newLadder(Date.now());
  let speaker = '';
  const apply = () => {
    const people = [...room.remoteParticipants.values()];
    speaker = room.activeSpeakers.find((p) => !p.isLocal)?.identity ?? speaker;
    const large = people.find((p) => p.identity === speaker) ?? people[0];
    for (const person of people)
      for (const publication of person.videoTrackPublications.values()) {
        const remote = publication as RemoteTrackPublication;
        const wanted = !below(ladder.rung, 'soundOnly');
        if (remote.isDesired !== wanted) remote.setSubscribed(wanted);
        if (!wanted) continue;
        const small = below(ladder.rung, 'oneLarge') && person !== large;
        if (remote.source === Track.Source.Camera)
          remote.setVideoQuality(small ? VideoQuality.LOW : VideoQuality.HIGH);
      }
  };
  const set = (next: typeof ladder) => {
    const moved = next.rung !== ladder.rung;
    ladder = next;
    if (!moved) return;
    apply();
    changed(next.rung);
  };
  const timer = setInterval(() => {
    // While LiveKit reconnects there is nothing to weigh; the page says that by itself.
    if (room.state !== 'connected') return;
    set(climb(ladder, seatOf(room.localParticipant, true).quality, Date.now()));
  }, LOOK_MS);
  const again = () => {
    if (ladder.rung !== 'full') apply();
  };
  room
    .on(RoomEvent.TrackPublished, again)
    .on(RoomEvent.ActiveSpeakersChanged, again)
    .on(RoomEvent.Connected, again);
  return {
    rung: () => ladder.rung,
    /** The person wants every picture back: tried at once. */
    reset: () => set(newLadder(Date.now())),
    stop: () => clearInterval(timer),
  };
}
