import { useEffect, useState } from 'react';
import { serverNow } from '../../api/server-time.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { isRunning, useLease, useSession } from '../room/use-session.ts';

/** Who is there, how long to wait, whom to call. The host lets people in. */
export function Lobby({
  sessionId,
  name,
  onAdmitted,
}: {
  sessionId: string;
  name: string;
  onAdmitted: () => void;
}) {
  const t = useWords('session');
  const c = useWords('common');
  const language = useLanguage();
  const query = useSession(sessionId);
  useLease(sessionId, true);
  const mine = query.data?.seats.find((s) => s.id === query.data.mySeatId);
  const running = query.data && isRunning(query.data);
  const admitted = Boolean(mine?.admitted && running);
  useEffect(() => {
    if (admitted) onAdmitted();
  }, [admitted, onAdmitted]);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const session = query.data;
  return (
    <div className="col">
      <h1>{t('lobbyTitle', { name })}</h1>
      <p>
        {t(running ? 'lobbyRunning' : 'lobbyWaiting', { at: formatMoment(session.plannedStart, language) })}
        {!running && <Countdown until={session.plannedStart} />}
      </p>
      {session.apart && <p className="notice">{t('apart:lobby')}</p>}
      <Card className="col">
        <h2>{t('whoIsThere')}</h2>
        {session.seats.map((seat) => (
          <div key={seat.id} className="row">
            <span className="grow">
              {seat.label}
              {seat.mine ? t('you') : ''} <span className="muted small">{t(`seat.${seat.kind}`)}</span>
            </span>
            <Tag kind={seat.present || seat.connected ? 'ok' : 'info'}>
              {t(seat.present || seat.connected ? 'here' : 'notYet')}
            </Tag>
          </div>
        ))}
      </Card>
      <p className="muted small">{t('lobbyHint')}</p>
    </div>
  );
}

/** How long until it begins, to the minute. */
function Countdown({ until }: { until: string }) {
  const t = useWords('session');
  const [now, set] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.ceil((Date.parse(until) - now) / 60_000);
  if (minutes <= 0 || minutes > 24 * 60) return null;
  return <strong> {t('minutesLeft', { minutes })}</strong>;
}
