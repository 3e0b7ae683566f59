import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { isRunning, type Session } from '../room/use-session.ts';
import { waitingOutside } from './arrival-bell.ts';
import { SeatRow } from './seat-row.tsx';
import { TellLobby } from './tell-lobby.tsx';

/** Who is here and who waits: let in, mute, make large, remove; raised hands come first, in their order. */
export function SeatsPanel({ session }: { session: Session }) {
  const t = useWords('seats');
  const param = { sessionId: session.id };
  const admitAll = useVerb(() => call(api.sessions[':sessionId']['admit-all'].$post({ param })));
  const muteAll = useVerb((off: boolean) =>
    call(api.sessions[':sessionId']['mute-all'].$post({ param, json: { off } })),
  );
  const lock = useVerb((locked: boolean) =>
    call(api.sessions[':sessionId'].lock.$post({ param, json: { locked } })),
  );
  if (!session.can.includes('admit')) return null;
  const running = isRunning(session);
  const waiting = waitingOutside(session);
  const others = session.seats.filter((s) => s.admitted && !s.host);
  const allMuted = others.length > 0 && others.every((s) => s.microphoneOff);
  const turn = (s: Session['seats'][number]) => s.handRaisedAt ?? '9';
  const seats = [...session.seats].sort((a, b) => turn(a).localeCompare(turn(b)));
  return (
    <div className="col">
      <h3>{t('title')}</h3>
      <ErrorNotice error={admitAll.error ?? muteAll.error ?? lock.error} />
      {session.locked && <p className="notice">{t('lockedNotice')}</p>}
      {seats.map((seat) => (
        <SeatRow key={seat.id} session={session} seat={seat} />
      ))}
      <TellLobby session={session} />
      {running && (
        <div className="row">
          {waiting.length > 1 && !session.locked && (
            <Button look="primary" onClick={() => admitAll.mutate()}>
              {t('admitAll', { n: waiting.length })}
            </Button>
          )}
          {session.status === 'OPEN' && others.length > 0 && session.can.includes('mute') && (
            <Button aria-pressed={allMuted} onClick={() => muteAll.mutate(!allMuted)}>
              {t(allMuted ? 'unmuteAll' : 'muteAll')}
            </Button>
          )}
          {session.can.includes('lock-session') && (
            <Button aria-pressed={session.locked} onClick={() => lock.mutate(!session.locked)}>
              {t(session.locked ? 'unlock' : 'lock')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
