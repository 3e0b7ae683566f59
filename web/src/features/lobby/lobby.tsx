import { lazy, Suspense, useEffect, useState } from 'react';
import { serverNow } from '../../api/server-time.ts';
import { formatMoment, formatTime, useLanguage, useWords } from '../../i18n/index.ts';
import { chime, useTabTitle } from '../../ui/attention.ts';
import { Card, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { isRunning, type Session, useLease, useSession } from '../room/use-session.ts';

const Ready = lazy(() => import('../room/index.ts').then((m) => ({ default: m.Ready })));

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
    if (!admitted) return;
    chime();
    onAdmitted();
  }, [admitted, onAdmitted]);
  const told = query.data?.lobby?.toldAt;
  useEffect(() => {
    if (told) chime();
  }, [told]);
  useTabTitle(t('lobbyTab'));
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
      <div aria-live="polite">{session.lobby && <Told lobby={session.lobby} />}</div>
      {session.apart && <p className="notice">{t('apart:lobby')}</p>}
      <Suspense fallback={null}>
        <Ready sessionId={sessionId} mirror />
      </Suspense>
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

/** The host's word to those who wait, and how long it will take. */
function Told({ lobby }: { lobby: NonNullable<Session['lobby']> }) {
  const t = useWords('session');
  const minutes = useMinutesUntil(lobby.expectedAt ?? lobby.toldAt);
  return (
    <div className="notice col">
      <strong>{t('toldBy', { at: formatTime(lobby.toldAt) })}</strong>
      {lobby.text && <span>{lobby.text}</span>}
      {lobby.expectedAt && <span>{minutes > 0 ? t('expectedIn', { minutes }) : t('expectedNow')}</span>}
    </div>
  );
}

/** How long until a moment, to the minute. */
function useMinutesUntil(until: string): number {
  const [now, set] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return Math.ceil((Date.parse(until) - now) / 60_000);
}

function Countdown({ until }: { until: string }) {
  const t = useWords('session');
  const minutes = useMinutesUntil(until);
  if (minutes <= 0 || minutes > 24 * 60) return null;
  return <strong> {t('minutesLeft', { count: minutes, minutes })}</strong>;
}
