import { useEffect } from 'react';
import { useLive } from '../../api/live.ts';
import { colon, useWords } from '../../i18n/index.ts';
import { RoomPage } from '../../shell/room-page.ts';
import { chime, useTabTitle } from '../../ui/attention.ts';
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
  useTabTitle(ringing ? `☎ ${t('ringing')}` : null);
  useEffect(() => {
    if (!ringing) return;
    // While it rings, the room's code comes; what fails is loaded again when it is needed.
    void RoomPage.prepare().catch(() => undefined);
    chime();
    const timer = setInterval(chime, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [ringing]);
  if (!first) return null;
  return (
    <section className="call-bell" role="alert" aria-label={t('ringing')}>
      <span className="grow">
        ☎ {first.stationName} · {first.callerName}
        {colon()}“{first.question}” <Since at={first.since} />
      </span>
      <Button look="primary" onClick={() => take.mutate(first.id)}>
        {t('join')}
      </Button>
    </section>
  );
}
