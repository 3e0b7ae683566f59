import { useEffect } from 'react';
import { useLive } from '../../api/live.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/index.tsx';
import { Since } from './since.tsx';
import { useCalls, useTakeCall } from './use-calls.ts';

const RING_EVERY_MS = 4000;

/** A call that rings on whatever page the judge is, in a room too: seen, heard and in the tab's title. */
export function CallBell({ staffUserId }: { staffUserId: string }) {
  const t = useWords('judge-call');
  useLive([`user:${staffUserId}`], ['calls']);
  const calls = useCalls();
  const take = useTakeCall();
  const first = calls.data?.[0];
  const ringing = first?.id;
  useEffect(() => {
    if (!ringing) return;
    const title = document.title;
    document.title = `☎ ${t('ringing')}`;
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = title;
    };
  }, [ringing, t]);
  if (!first) return null;
  return (
    <section className="call-bell" role="alert" aria-label={t('ringing')}>
      <span className="grow">
        ☎ {first.stationName} · {first.callerName}：“{first.question}” <Since at={first.since} />
      </span>
      <Button look="primary" onClick={() => take.mutate(first.id)}>
        {t('join')}
      </Button>
    </section>
  );
}

/** Two short tones. A browser that has not been touched yet stays silent: the banner and the title still tell. */
function ring(): void {
  const audio = new AudioContext();
  if (audio.state !== 'running') {
    void audio.close();
    return;
  }
  const gain = audio.createGain();
  gain.gain.value = 0.08;
  gain.connect(audio.destination);
  for (const [start, frequency] of [
    [0, 660],
    [0.35, 880],
  ] as const) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.25);
  }
  setTimeout(() => void audio.close(), 1000);
}
