import type { SeatKind, SessionStatus } from '../contract/enums.ts';

/** Every grant of a LiveKit token, each explicit: an absent one would fall back to a permissive default. */
export type RoomGrants = {
  roomJoin: boolean;
  canPublish: boolean;
  canSubscribe: boolean;
  canPublishData: false;
  canUpdateOwnMetadata: false;
  canPublishSources: ('camera' | 'microphone' | 'screen_share' | 'screen_share_audio')[];
  hidden: boolean;
  recorder: boolean;
  roomAdmin: false;
  roomCreate: false;
  roomList: false;
  roomRecord: false;
  ingressAdmin: false;
};

const closed: RoomGrants = {
  roomJoin: false,
  canPublish: false,
  canSubscribe: false,
  canPublishData: false,
  canUpdateOwnMetadata: false,
  canPublishSources: [],
  hidden: false,
  recorder: false,
  roomAdmin: false,
  roomCreate: false,
  roomList: false,
  roomRecord: false,
  ingressAdmin: false,
};

export type GrantFacts = {
  seatKind: SeatKind;
  stage: SessionStatus;
  /** Denied by the host: nothing at all from then on. */
  removed: boolean;
  /** Whether this seat is the host's. */
  host: boolean;
  /** In CHECKING: whether this is the one seat that speaks with the host. */
  beingChecked: boolean;
  /** Taken away by the host until given back. */
  microphoneOff?: boolean;
  cameraOff?: boolean;
  /** Its device stands in the same room as the station's: only the station's microphone is live in the main room. */
  besideStation?: boolean;
  /** Which room is asked for; the session's own unless said. */
  room?: 'MAIN' | 'CAUCUS';
  /** On the list of a private talk (背靠背) that is being prepared or runs. */
  inCaucus?: boolean;
};

/**
 * What a seat may do in its room now. 核对中 (CHECKING): media run between the host and one seat at a time, the
 * others stay connected and neither send nor receive. PAUSED: connected, media off. Otherwise: out.
 * 背靠背: whoever is on the list is in the caucus and has no part in the main room; everybody else the other way round.
 */
export function roomGrants(facts: GrantFacts): RoomGrants {
  if (facts.removed) return closed;
  if ((facts.room === 'CAUCUS') !== (facts.inCaucus === true)) return closed;
  const all = sourcesOf(facts);
  const silent = facts.microphoneOff || (facts.besideStation && facts.room !== 'CAUCUS');
  const sources = all.filter(
    (source) =>
      !(silent && (source === 'microphone' || source === 'screen_share_audio')) &&
      !(facts.cameraOff && source === 'camera'),
  );
  // LiveKit reads an empty list as "every source": nothing left means no publishing at all.
  const speaks = sources.length > 0;
  switch (facts.stage) {
    case 'OPEN':
      return {
        ...closed,
        roomJoin: true,
        canPublish: speaks,
        canSubscribe: true,
        canPublishSources: sources,
      };
    case 'CHECKING': {
      const on = facts.host || facts.beingChecked;
      return {
        ...closed,
        roomJoin: true,
        canPublish: on && speaks,
        canSubscribe: on,
        canPublishSources: on ? sources : [],
      };
    }
    case 'PAUSED':
      return { ...closed, roomJoin: true };
    case 'SCHEDULED':
    case 'ONSITE':
    case 'ENDED':
    case 'CANCELLED':
      return closed;
  }
}

/** The screen is shared by host and judge alone; whoever watches for training sends nothing at all. */
function sourcesOf({ host, seatKind }: GrantFacts): RoomGrants['canPublishSources'] {
  if (seatKind === 'OBSERVER') return [];
  return host || seatKind === 'JUDGE'
    ? ['camera', 'microphone', 'screen_share', 'screen_share_audio']
    : ['camera', 'microphone'];
}

/** In a test room one connection sends one's own sound and picture, the other receives them. */
export const selfTestGrants = (way: 'send' | 'receive'): RoomGrants => ({
  ...closed,
  roomJoin: true,
  canPublish: way === 'send',
  canPublishSources: way === 'send' ? ['camera', 'microphone'] : [],
  canSubscribe: way === 'receive',
});

/**
 * What the hidden participant that records may do: it receives, in the main room alone, while the session is open, its
 * recording runs and no private talk is prepared or runs. It never sends, and nobody is told that it is there.
 */
export function recorderGrants(facts: {
  stage: SessionStatus;
  /** The recording has not been stopped. */
  running: boolean;
  caucus: boolean;
}): RoomGrants {
  const inside = facts.running && (facts.stage === 'OPEN' || facts.stage === 'PAUSED');
  if (!inside) return closed;
  return {
    ...closed,
    roomJoin: true,
    canSubscribe: facts.stage === 'OPEN' && !facts.caucus,
    hidden: true,
    recorder: true,
  };
}
