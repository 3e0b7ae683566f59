import {
  ConnectionState,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  Track,
  VideoQuality,
} from 'livekit-client';
import { below, climb, type LineNow, newLadder, type Rung } from './ladder.ts';
import { seatOf } from './room-seat.ts';

const LOOK_MS = 1000;

/**
 * Looks each second how the own line is and gives up, or takes back, pictures of others: all but the one who speaks
 * become small ones, then none are received. What of one's own is sent is the caller's part, told by `changed`.
 * `seeking`: the connection went and is being sought again, by LiveKit or by us.
 */
export function keepLadder(room: Room, seeking: () => boolean, changed: (rung: Rung) => void) {
  let ladder = newLadder(Date.now());
  let speaker = '';
  const apply = () => {
    const people = [...room.remoteParticipants.values()];
    speaker = room.activeSpeakers.find((p) => !p.isLocal)?.identity ?? speaker;
    const large = people.find((p) => p.identity === speaker) ?? people[0];
    for (const person of people) {
      // Of a connection that began without pictures, sound is asked for by name.
      for (const publication of person.audioTrackPublications.values())
        if (!publication.isDesired) publication.setSubscribed(true);
      for (const publication of person.videoTrackPublications.values()) {
        const remote = publication as RemoteTrackPublication;
        const wanted = !below(ladder.rung, 'soundOnly');
        if (remote.isDesired !== wanted) remote.setSubscribed(wanted);
        if (!wanted) continue;
        const small = below(ladder.rung, 'oneLarge') && person !== large;
        const quality = small ? VideoQuality.LOW : VideoQuality.HIGH;
        if (remote.source === Track.Source.Camera && remote.videoQuality !== quality)
          remote.setVideoQuality(quality);
      }
    }
  };
  const set = (next: typeof ladder) => {
    const moved = next.rung !== ladder.rung;
    ladder = next;
    if (!moved) return;
    apply();
    changed(next.rung);
  };
  const lineNow = (): LineNow => {
    if (seeking()) return 'away';
    return room.state === ConnectionState.Connected ? seatOf(room.localParticipant, true).quality : 'unknown';
  };
  const timer = setInterval(() => set(climb(ladder, lineNow(), Date.now())), LOOK_MS);
  room
    .on(RoomEvent.TrackPublished, apply)
    .on(RoomEvent.ActiveSpeakersChanged, () => {
      if (ladder.rung !== 'full') apply();
    })
    .on(RoomEvent.Connected, apply)
    .on(RoomEvent.Reconnected, apply);
  return {
    rung: () => ladder.rung,
    /** The person wants every picture back: tried at once. */
    reset: () => set(newLadder(Date.now())),
    stop: () => clearInterval(timer),
  };
}
