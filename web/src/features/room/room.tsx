import { memo, type ReactNode, startTransition, useEffect, useState } from 'react';
import { ApiError, api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useWords } from '../../i18n/index.ts';
import { ErrorNotice, Tabs, Tag, Waiting } from '../../ui/index.tsx';
import { ApartBanner } from '../apart/index.ts';
import { CaucusBanner } from '../caucus/index.ts';
import { ExhibitStage } from '../exhibits/index.ts';
import { RecordingPill, RecordingTrouble } from '../recording/index.ts';
import { useArrivalBell } from '../seats/index.ts';
import { Transcribing } from '../transcription/index.ts';
import { Controls } from './controls.tsx';
import { lastPanel } from './last-panel.ts';
import { LineAdvice } from './line-advice.tsx';
import { LineTrouble } from './line-trouble.tsx';
import { Stage } from './stage.tsx';
import { useInterpreting } from './use-interpreting.ts';
import { useRoom } from './use-room.ts';
import { isRunning, type Session, useLease, useSession } from './use-session.ts';
import { VoiceChoice } from './voice-choice.tsx';

const isRefusal = (error: Error): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;

export type RoomPanel = { key: string; label: string; render: () => ReactNode };

/** Whose words belong into a draft: who translates or looks on says nothing of their own, and one microphone a place. */
const hasSay = (seat: Session['seats'][number]): boolean =>
  seat.kind !== 'INTERPRETER' && seat.kind !== 'OBSERVER' && !seat.besideStation && !seat.microphoneOff;

/** The room: big pictures with names, what concerns the host beside it, four large buttons below. */
export function Room({
  sessionId,
  panels,
  onLeave,
}: {
  sessionId: string;
  panels: RoomPanel[];
  onLeave?: () => void;
}) {
  const t = useWords('session');
  const c = useWords('common');
  const query = useSession(sessionId);
  const session = query.data;
  const { refetch } = query;
  const mine = session?.seats.find((s) => s.id === session.mySeatId);
  const running = session !== undefined && isRunning(session);
  // Whose consent is given or withdrawn is told to the case: what is heard depends on it.
  useLive([running && session.transcription ? `case:${session.caseId}` : null], ['session']);
  useLease(sessionId, Boolean(mine) && session?.status !== 'ENDED' && session?.status !== 'CANCELLED');
  const room = useRoom(sessionId, Boolean(mine?.admitted && running), session?.status ?? '');
  useInterpreting(session, room);
  useArrivalBell(session);
  /** Said before the line closes: who leaves is not written down as a lost connection. */
  const leave = async () => {
    await call(api.sessions[':sessionId'].leave.$post({ param: { sessionId } })).catch(() => undefined);
    onLeave?.();
  };
  const order = `${sessionId}: ${panels.map((p) => p.key).join()}`;
  // A line that is away takes nobody's room from the screen: what is written and heard stays until the server refuses.
  if (query.error && (!session || isRefusal(query.error))) return <ErrorNotice error={query.error} />;
  if (!session) return <Waiting>{c('loading')}</Waiting>;
  return (
    <div className="room">
      <div>
        <header className="topbar">
          <span className="brand">
            <i aria-hidden="true">同</i>
            {t('room')}
          </span>
          <h1 className="small grow">
            {session.caseTitle} <span className="muted">{session.caseNumber}</span>
          </h1>
          <Tag kind={session.status === 'OPEN' ? 'ok' : 'warn'}>{t(`status:session.${session.status}`)}</Tag>
          <RecordingPill session={session} />
          {running && (session.transcription === 'ON' || session.transcription === 'HELD') && (
            <Transcribing
              sessionId={sessionId}
              state={session.transcription}
              voice={mine && hasSay(mine) ? room.voice : null}
              onRefused={refetch}
            />
          )}
          {running && mine && (
            <Tag kind={room.connection === 'connected' ? 'ok' : 'warn'}>
              {t(`connection.${room.connection}`)}
            </Tag>
          )}
        </header>
        <RecordingTrouble session={session} />
        {running && mine?.admitted && <LineAdvice session={session} room={room} />}
        {running && mine?.admitted && <LineTrouble room={room} phone={session.stationPhone} />}
      </div>
      <div className="banners">
        <ApartBanner session={session} />
        <CaucusBanner sessionId={sessionId} />
        {running && mine?.admitted && <VoiceChoice session={session} room={room} />}
      </div>
      <div className="room-main">
        <div className="stage-side">
          {running && mine?.admitted && <ExhibitStage sessionId={sessionId} />}
          <Stage session={session} room={room} />
        </div>
        <aside className="card panel" aria-label={t('beside')}>
          <Beside key={order} order={order} panels={panels} />
        </aside>
      </div>
      <Controls session={session} room={room} onLeave={onLeave && (() => void leave())} />
    </div>
  );
}

/** Pictures first: what is beside them is drawn when the page has a moment, and not again for every word of the line. */
const Beside = memo(({ order, panels }: { order: string; panels: RoomPanel[] }) => {
  const [drawn, draw] = useState(false);
  useEffect(() => startTransition(() => draw(true)), []);
  if (!drawn) return null;
  return (
    <Tabs
      start={lastPanel.of(order)}
      onChoose={(key) => lastPanel.keep(order, key)}
      tabs={panels.map((p) => ({ key: p.key, label: p.label, content: p.render() }))}
    />
  );
});
