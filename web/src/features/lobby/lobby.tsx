import { useEffect } from 'react';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { useLease, useSession } from '../room/use-session.ts';

/** Who is there, how long to wait, whom to call. The host lets people in. */
export function Lobby({ sessionId, onAdmitted }: { sessionId: string; onAdmitted: () => void }) {
  const t = useWords('session');
  const c = useWords('common');
  const language = useLanguage();
  const query = useSession(sessionId);
  useLease(sessionId, true);
  const mine = query.data?.seats.find((s) => s.id === query.data.mySeatId);
  const running = query.data && ['CHECKING', 'OPEN', 'PAUSED'].includes(query.data.status);
  const admitted = Boolean(mine?.admitted && running);
  useEffect(() => {
    if (admitted) onAdmitted();
  }, [admitted, onAdmitted]);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const session = query.data;
  return (
    <div className="col">
      <h1>{t('lobbyTitle')}</h1>
      <p>
        {t(running ? 'lobbyRunning' : 'lobbyWaiting', { at: formatMoment(session.plannedStart, language) })}
      </p>
      <Card className="col">
        <h2>{t('whoIsThere')}</h2>
        {session.seats.map((seat) => (
          <div key={seat.id} className="row">
            <span className="grow">
              {seat.label}
              {seat.mine ? t('you') : ''}
            </span>
            <Tag kind={seat.present || seat.connected ? 'ok' : 'info'}>
              {t(seat.present || seat.connected ? 'here' : 'notYet')}
            </Tag>
          </div>
        ))}
      </Card>
      <a className="btn big wide" href={`tel:${session.stationPhone}`}>
        {t('callStation')}
      </a>
      <p className="muted small">{t('lobbyHint')}</p>
    </div>
  );
}
