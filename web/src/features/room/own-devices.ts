import { createLocalTracks, type LocalTrack, VideoPresets } from 'livekit-client';

/** How one's own voice and picture are taken, whoever opens the devices. */
export const ownMicrophone = { echoCancellation: true, noiseSuppression: true };
export const ownCamera = { resolution: VideoPresets.h540.resolution };

/** Devices that no line took over are closed after so long. */
const UNCLAIMED_MS = 5000;

let ahead: Promise<LocalTrack[]> | null = null;
let closing: ReturnType<typeof setTimeout> | undefined;

/** Opens microphone and camera before somebody is connected; what is refused is asked again, and said, in the room. */
export function openAhead(): Promise<LocalTrack[]> {
  clearTimeout(closing);
  ahead ??= Promise.all([
    createLocalTracks({ audio: ownMicrophone, video: false }).catch(() => []),
    createLocalTracks({ audio: false, video: ownCamera }).catch(() => []),
  ]).then((opened) => opened.flat());
  return ahead;
}

/** Whoever opened them no longer needs them: the line that opens now takes them over, or they are closed. */
export function letGo(): void {
  clearTimeout(closing);
  closing = setTimeout(() => void closeDevices(takeAhead()), UNCLAIMED_MS);
}

/** What was opened, once; null when nothing was. */
export function takeAhead(): Promise<LocalTrack[]> | null {
  clearTimeout(closing);
  const taken = ahead;
  ahead = null;
  return taken;
}

export async function closeDevices(tracks: Promise<LocalTrack[]> | null): Promise<void> {
  for (const track of (await tracks) ?? []) track.stop();
}
