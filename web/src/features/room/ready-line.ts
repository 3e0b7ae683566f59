import { Room, type RoomOptions, VideoPresets } from 'livekit-client';
import { useEffect } from 'react';
import { api, call } from '../../api/client.ts';
import { letGo, openAhead, ownCamera, ownMicrophone } from './own-devices.ts';
import { voice } from './thin-voice.ts';

const options: RoomOptions = {
  adaptiveStream: true,
  dynacast: true,
  audioCaptureDefaults: ownMicrophone,
  videoCaptureDefaults: ownCamera,
  publishDefaults: {
    videoCodec: 'vp8',
    simulcast: true,
    videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
    audioPreset: voice,
    red: true,
    dtx: true,
  },
  disconnectOnPageLeave: true,
};

/** A token lives three minutes (issue-join-token.ts): a new one well before. */
const RENEW_MS = 150_000;
/** What lies ready is worth so long after its page has gone: enough for the room that comes next. */
const TAKEN_WITHIN_MS = 5000;

type Ready = { room: Room; token: Awaited<ReturnType<typeof askToken>>; until: number };
const ready = new Map<string, Ready>();

/** A token for one's own seat; asked `ahead` of entering it makes nobody present. */
export const askToken = (sessionId: string, ahead = false) =>
  call(
    api.sessions[':sessionId'].token.$post({
      param: { sessionId },
      query: ahead ? { ahead: '1' } : {},
    }),
  );

/** What was made ready for this session, once; otherwise a new room and no token yet. */
export function takeReady(sessionId: string): { room: Room; token: Ready['token'] | null } {
  const found = ready.get(sessionId);
  ready.delete(sessionId);
  if (found && Date.now() < found.until) return found;
  return { room: new Room(options), token: null };
}

export const isReady = (sessionId: string): boolean => Date.now() < (ready.get(sessionId)?.until ?? 0);

/** The way in is about to be pressed: where one may speak at once, the devices open while the rest of the page turns over. */
export function press(sessionId: string): void {
  if (!ready.get(sessionId)?.token.canPublish) return;
  void openAhead();
  letGo();
}

/**
 * Before somebody enters: the code is here, the way to the server is known and a fresh token lies ready, so that one
 * press is enough. Nobody is connected by it. Another `stage` of the session makes it anew.
 */
export function useReadyLine(sessionId: string, active: boolean, stage: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a token allows depends on the stage
  useEffect(() => {
    if (!active) return;
    let left = false;
    ready.delete(sessionId);
    const renew = async () => {
      const token = await askToken(sessionId, true).catch(() => null);
      if (left || !token) return;
      const room = ready.get(sessionId)?.room ?? new Room(options);
      ready.set(sessionId, { room, token, until: Date.now() + RENEW_MS });
      await room.prepareConnection(location.origin.replace(/^http/, 'ws'), token.token);
    };
    void renew();
    const timer = setInterval(() => void renew(), RENEW_MS);
    return () => {
      left = true;
      clearInterval(timer);
      const kept = ready.get(sessionId);
      if (kept) kept.until = Math.min(kept.until, Date.now() + TAKEN_WITHIN_MS);
    };
  }, [sessionId, active, stage]);
}
