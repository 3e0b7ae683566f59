import type { Track } from 'livekit-client';
import { useEffect, useRef } from 'react';

/** One picture; one's own is mirrored, as people know themselves. */
export function Picture({
  track,
  identity,
  mirrored,
  label,
}: {
  track: Track;
  identity: string;
  mirrored: boolean;
  label: string;
}) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  return (
    <video
      ref={ref}
      data-seat={identity}
      data-local={mirrored}
      aria-label={label}
      autoPlay
      playsInline
      muted
      style={mirrored ? { transform: 'scaleX(-1)' } : undefined}
    />
  );
}

/** One seat's sound; nothing to see. */
export function Sound({ track, volume = 1 }: { track: Track; volume?: number }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  useEffect(() => {
    if (ref.current) ref.current.volume = volume;
  }, [volume]);
  // biome-ignore lint/a11y/useMediaCaption: live speech of people in the room has no captions
  return <audio ref={ref} autoPlay />;
}
