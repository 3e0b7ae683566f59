import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatTime, listMark, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { useCaucus } from './use-caucus.ts';
import './caucus.css';
import { serverNow } from '../../api/server-time.ts';

/** Who can hear, always in sight: inside by name, outside that there is a private talk and since when. */
export function CaucusBanner({ sessionId }: { sessionId: string }) {
  const t = useWords('caucus');
  const query = useCaucus(sessionId);
  const running = query.data?.running;
  const recall = useVerb((caucusId: string) =>
    call(api.sessions[':sessionId'].caucuses[':caucusId'].recall.$post({ param: { sessionId, caucusId } })),
  );
  if (!running) return null;
  const names = running.hears?.join(listMark()) ?? '';
  return (
    <div
      className="notice warn row caucus-banner"
      role="status"
      data-caucus={running.mine ? 'inside' : 'outside'}
    >
      <strong className="grow">
        {running.status === 'PREPARING'
          ? t('preparing')
          : running.mine
            ? t('inside', { names })
            : t('outside', { at: formatTime(running.since) })}
      </strong>
      {running.recallAt ? (
        <Countdown until={running.recallAt} />
      ) : (
        running.mine &&
        running.status === 'OPEN' &&
        query.data?.can.includes('end-caucus') && (
          <Button look="primary" onClick={() => recall.mutate(running.id)}>
            {t('recall')}
          </Button>
        )
      )}
      <ErrorNotice error={recall.error} />
    </div>
  );
}

function Countdown({ until }: { until: string }) {
  const t = useWords('caucus');
  const [now, set] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <strong>{t('recalling', { seconds: Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) })}</strong>
  );
}
