import { ConnectionQuality, type LocalTrackPublication, type Participant, Track } from 'livekit-client';

export type RoomSeat = {
  identity: string;
  local: boolean;
  video: Track | null;
  audio: Track | null;
  /** What this seat shows of its screen. */
  screen: Track | null;
  quality: 'good' | 'poor' | 'lost' | 'unknown';
  speaking: boolean;
};

const qualities = {
  [ConnectionQuality.Excellent]: 'good',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
  [ConnectionQuality.Unknown]: 'unknown',
} as const;

/** One participant as the pages show it: muted or missing tracks are null, one's own sound is never played. */
export function seatOf(participant: Participant, local: boolean): RoomSeat {
  const live = (source: Track.Source) => {
    const publication = participant.getTrackPublication(source) as LocalTrackPublication | undefined;
    return publication && !publication.isMuted && publication.track ? publication.track : null;
  };
  return {
    identity: participant.identity,
    local,
    video: live(Track.Source.Camera),
    audio: local ? null : live(Track.Source.Microphone),
    screen: live(Track.Source.ScreenShare),
    quality: qualities[participant.connectionQuality],
    speaking: participant.isSpeaking,
  };
}
