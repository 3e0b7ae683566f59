import type { Track } from 'livekit-client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tabs, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { CaucusBanner, useCaucus } from '../caucus/index.ts';
import { ExhibitStage } from '../exhibits/index.ts';
import { CallJudgeButton } from '../judge-call/index.ts';
import { type RoomSeat, type RoomState, useRoom } from './use-room.ts';
import { type Session, useLease, useSession } from './use-session.ts';

export type RoomPanel = { key: string; label: string; render: () => ReactNode };

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
  const mine = session?.seats.find((s) => s.id === session.mySeatId);
  const running = session !== undefined && ['CHECKING', 'OPEN', 'PAUSED'].includes(session.status);
  useLease(sessionId, Boolean(mine) && session?.status !== 'ENDED' && session?.status !== 'CANCELLED');
  const room = useRoom(sessionId, Boolean(mine?.admitted && running), session?.status ?? '');
  if (query.error) return <ErrorNotice error={query.error} />;
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
          <span className="muted small">{t('notRecording')}</span>
          {running && mine && (
            <Tag kind={room.connection === 'connected' ? 'ok' : 'warn'}>
              {t(`connection.${room.connection}`)}
            </Tag>
          )}
        </header>
        <CaucusBanner sessionId={sessionId} />
      </div>
      <div className="room-main">
        <div className="stage-side">
          {running && mine?.admitted && <ExhibitStage sessionId={sessionId} />}
          <Stage session={session} room={room} />
        </div>
        <aside className="card panel" aria-label={t('beside')}>
          <Tabs
            key={panels.map((p) => p.key).join()}
            tabs={panels.map((p) => ({ key: p.key, label: p.label, content: p.render() }))}
          />
        </aside>
      </div>
      <Controls session={session} room={room} onLeave={onLeave} />
    </div>
  );
}

/** Everybody's picture, one's own last; who speaks and how good the line is stands in words. */
function Stage({ session, room }: { session: Session; room: RoomState }) {
  const t = useWords('session');
  const seats = session.seats.filter((s) => s.admitted || s.present || s.mine);
  const live = (identity: string) => room.seats.find((s) => s.identity === identity);
  const ordered = [...seats].sort((a, b) => Number(a.mine) - Number(b.mine));
  const talk = useCaucus(session.id).data?.running;
  if (session.status === 'ENDED') return <p className="notice">{t('ended')}</p>;
  return (
    <div className="stage">
      {ordered.map((seat) => (
        <Face
          key={seat.id}
          seat={seat}
          live={live(seat.identity)}
          session={session}
          talk={talk ? (talk.mine ? 'inMain' : 'inTalk') : null}
          away={seat.mine ? room.connection !== 'connected' : false}
        />
      ))}
    </div>
  );
}

function Face({
  seat,
  live,
  session,
  talk,
  away,
}: {
  seat: Session['seats'][number];
  live: RoomSeat | undefined;
  session: Session;
  /** Where a seat that is not live is, while a private talk runs. */
  talk: 'inMain' | 'inTalk' | null;
  away: boolean;
}) {
  const t = useWords('session');
  const names =
    seat.attendees.length > 0 && seat.kind === 'STATION'
      ? `${seat.label}（${seat.attendees.map((a) => a.name).join('、')}）`
      : seat.label;
  const speaker = seat.attendees.find((a) => a.hasFloor);
  const words: string[] = [];
  if (seat.mine) words.push(t('me'));
  if (speaker) words.push(t('hasFloor', { name: speaker.name }));
  else if (live?.speaking) words.push(t('speaking'));
  if (live?.quality === 'poor') words.push(t('poor'));
  if (live?.quality === 'lost') words.push(t('lost'));
  if (seat.handRaisedAt) words.push(t('handRaised'));
  const reason = away
    ? 'away'
    : !seat.present && !live
      ? 'notHere'
      : !live
        ? 'notConnected'
        : session.status === 'CHECKING' && !seat.host && !seat.beingChecked
          ? 'waitingTurn'
          : session.status === 'PAUSED'
            ? 'paused'
            : 'noPicture';
  return (
    <figure className="face" data-seat-kind={seat.kind}>
      {live?.video ? (
        <Picture track={live.video} identity={seat.identity} mirrored={live.local} label={names} />
      ) : (
        <div className="no-picture">
          {t(talk && !live && seat.admitted ? `caucus:${talk}` : `why.${reason}`)}
        </div>
      )}
      {live?.audio && <Sound track={live.audio} />}
      <figcaption className="who">
        {names}
        {words.length > 0 ? ` · ${words.join(' · ')}` : ''}
      </figcaption>
    </figure>
  );
}

function Picture({
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

function Sound({ track }: { track: Track }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);
  // biome-ignore lint/a11y/useMediaCaption: live speech of people in the room has no captions
  return <audio ref={ref} autoPlay />;
}

/** One row of large buttons; the station's people stand by name at its left. */
function Controls({
  session,
  room,
  onLeave,
}: {
  session: Session;
  room: RoomState;
  onLeave: (() => void) | undefined;
}) {
  const t = useWords('session');
  const mine = session.seats.find((s) => s.mine);
  const can = (action: Session['can'][number]) => session.can.includes(action);
  const param = { sessionId: session.id };
  const hand = useVerb((raised: boolean) =>
    call(api.sessions[':sessionId'].hand.$post({ param, json: { raised } })),
  );
  const resume = useVerb(() => call(api.sessions[':sessionId'].resume.$post({ param })));
  const [asking, ask] = useState<'pause' | 'end' | null>(null);
  const live = ['CHECKING', 'OPEN', 'PAUSED'].includes(session.status);
  return (
    <footer className="bar">
      {mine?.kind === 'STATION' && <StationPeople session={session} seat={mine} />}
      <span className="grow" />
      {room.refused && <ErrorNotice error={room.refused} />}
      {room.deviceProblem && <Tag kind="warn">{t('deviceProblem')}</Tag>}
      {live && mine && (
        <>
          <Button aria-pressed={!room.microphone} onClick={() => room.setMicrophone(!room.microphone)}>
            {t(room.microphone ? 'micOff' : 'micOn')}
          </Button>
          <Button aria-pressed={!room.camera} onClick={() => room.setCamera(!room.camera)}>
            {t(room.camera ? 'camOff' : 'camOn')}
          </Button>
          {can('raise-hand') && (
            <Button aria-pressed={Boolean(mine.handRaisedAt)} onClick={() => hand.mutate(!mine.handRaisedAt)}>
              {t(mine.handRaisedAt ? 'handDown' : 'handUp')}
            </Button>
          )}
        </>
      )}
      {live && can('call-judge') && <CallJudgeButton sessionId={session.id} />}
      {session.status === 'OPEN' && can('pause') && (
        <Button onClick={() => ask('pause')}>{t('pause')}</Button>
      )}
      {session.status === 'PAUSED' && can('resume') && (
        <Button look="primary" onClick={() => resume.mutate()}>
          {t('resume')}
        </Button>
      )}
      {live && can('end') && <Button onClick={() => ask('end')}>{t('end')}</Button>}
      {onLeave && <Button onClick={onLeave}>{t('leave')}</Button>}
      {asking === 'pause' && <Pause session={session} onClose={() => ask(null)} />}
      {asking === 'end' && <End session={session} onClose={() => ask(null)} />}
    </footer>
  );
}

/** 本站：方慧 庭务主任 · 陈阿根 · ＋有人到场 */
function StationPeople({ session, seat }: { session: Session; seat: Session['seats'][number] }) {
  const t = useWords('session');
  const [adding, add] = useState(false);
  const param = { sessionId: session.id };
  const floor = useVerb((attendeeId: string) =>
    call(
      api.sessions[':sessionId'].attendees[':attendeeId'].floor.$post({ param: { ...param, attendeeId } }),
    ),
  );
  const leave = useVerb((attendeeId: string) =>
    call(api.sessions[':sessionId'].attendees[':attendeeId'].$delete({ param: { ...param, attendeeId } })),
  );
  const can = session.can.includes('seat-attendees');
  return (
    <div className="row">
      <span className="muted">{t('atStation')}</span>
      {seat.attendees.map((a) => (
        <span key={a.id} className="row">
          <button
            type="button"
            className={`chip ${a.hasFloor ? 'talk' : ''}`}
            onClick={() => floor.mutate(a.id)}
            disabled={!can}
            title={t('giveFloor')}
          >
            <b aria-hidden="true">{a.name.slice(0, 1)}</b>
            {a.name} {a.hasFloor ? t('speaking') : t(`status:duty.${a.duty}`)}
          </button>
          {can && a.duty !== 'DIRECTOR' && (
            <Button look="ghost" aria-label={t('left', { name: a.name })} onClick={() => leave.mutate(a.id)}>
              ×
            </Button>
          )}
        </span>
      ))}
      {can && (
        <Button look="ghost" onClick={() => add(true)}>
          {t('arrived')}
        </Button>
      )}
      {adding && <Arrive session={session} seatId={seat.id} onClose={() => add(false)} />}
    </div>
  );
}

function Arrive({ session, seatId, onClose }: { session: Session; seatId: string; onClose: () => void }) {
  const t = useWords('session');
  const [name, setName] = useState('');
  const arrive = useVerb(
    (who: { partyId?: string; name?: string }) =>
      call(
        api.sessions[':sessionId'].seats[':seatId'].attendees.$post({
          param: { sessionId: session.id, seatId },
          json: who,
        }),
      ),
    onClose,
  );
  const here = new Set(session.seats.flatMap((s) => s.attendees.map((a) => a.partyId)));
  return (
    <Dialog title={t('whoArrived')} onClose={onClose}>
      <Parties caseId={session.caseId} here={here} onChoose={(partyId) => arrive.mutate({ partyId })} />
      <TextField label={t('otherPerson')} value={name} onChange={setName} />
      <ErrorNotice error={arrive.error} />
      <Button disabled={name.trim() === ''} onClick={() => arrive.mutate({ name })}>
        {t('addOther')}
      </Button>
    </Dialog>
  );
}

function Parties({
  caseId,
  here,
  onChoose,
}: {
  caseId: string;
  here: Set<string | null>;
  onChoose: (partyId: string) => void;
}) {
  const query = useCaseParties(caseId);
  return (
    <div className="col">
      {query
        .filter((p) => !here.has(p.id))
        .map((p) => (
          <Button key={p.id} big onClick={() => onChoose(p.id)}>
            {p.name}
          </Button>
        ))}
    </div>
  );
}

function useCaseParties(caseId: string): { id: string; name: string }[] {
  const [parties, set] = useState<{ id: string; name: string }[]>([]);
  useEffect(() => {
    void call(api.cases[':caseId'].$get({ param: { caseId } })).then((c) =>
      set(c.parties.map(({ id, name }) => ({ id, name }))),
    );
  }, [caseId]);
  return parties;
}

function Pause({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useWords('session');
  const [reason, setReason] = useState('');
  const pause = useVerb(
    () =>
      call(api.sessions[':sessionId'].pause.$post({ param: { sessionId: session.id }, json: { reason } })),
    onClose,
  );
  return (
    <Dialog title={t('pause')} onClose={onClose}>
      <p>{t('pauseHint')}</p>
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={pause.error} />
      <Button look="primary" big disabled={!reason.trim()} onClick={() => pause.mutate()}>
        {t('pause')}
      </Button>
    </Dialog>
  );
}

function End({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useWords('session');
  const end = useVerb(
    (result: 'AGREED' | 'NO_AGREEMENT' | 'TO_CONTINUE') =>
      call(
        api.sessions[':sessionId'].end.$post({
          param: { sessionId: session.id },
          json: { result, reason: '' },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('end')} onClose={onClose}>
      <p>{t('endHint')}</p>
      <ErrorNotice error={end.error} />
      {(['AGREED', 'TO_CONTINUE', 'NO_AGREEMENT'] as const).map((result) => (
        <Button
          key={result}
          big
          look={result === 'NO_AGREEMENT' ? 'plain' : 'primary'}
          onClick={() => end.mutate(result)}
        >
          {t(`result.${result}`)}
        </Button>
      ))}
    </Dialog>
  );
}
