import { useEffect } from 'react';
import { upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Tag } from '../../ui/index.tsx';

/** Says to everybody that speech becomes a draft, and hands in what this seat's own microphone hears. */
export function Transcribing({
  sessionId,
  state,
  voice,
  onRefused,
}: {
  sessionId: string;
  state: 'ON' | 'HELD';
  /** This seat's live microphone; null while it is silent or has no say. */
  voice: MediaStreamTrack | null;
  /** The session says why. */
  onRefused(): void;
}) {
  const t = useWords('record');
  const track = state === 'ON' ? voice : null;
  useEffect(() => {
    if (!track) return;
    let stop: (() => void) | null = null;
    let over = false;
    // Loaded only where a recogniser listens.
    void import('./listen.ts').then(({ listenTo }) => {
      if (over) return;
      stop = listenTo(track, (wav) =>
        upload(`/api/sessions/${sessionId}/transcription/sound`, wav).catch(() => onRefused()),
      );
    });
    return () => {
      over = true;
      stop?.();
    };
  }, [sessionId, track, onRefused]);
  return <Tag kind={state === 'ON' ? 'info' : 'warn'}>{t(state === 'ON' ? 'spoken.on' : 'spoken.held')}</Tag>;
}
