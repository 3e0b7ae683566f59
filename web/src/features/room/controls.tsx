import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { CallJudge, earlierRoom } from '../judge-call/index.ts';
import { End, Pause } from './pause-and-end.tsx';
import { StationPeople } from './station-people.tsx';
import type { RoomState } from './use-room.ts';
import { isRunning, type Session } from './use-session.ts';

/** A phone's browser may have no way to show its screen. */
const sharing = Boolean(navigator.mediaDevices?.getDisplayMedia);

/** One row of large buttons; the station's people stand by name at its left. */
export function Controls({
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
  const hangUp = useVerb(
    () => call(api.sessions[':sessionId']['hang-up'].$post({ param })),
    () => room.again(),
  );
  const resume = useVerb(() => call(api.sessions[':sessionId'].resume.$post({ param })));
  const [asking, ask] = useState<'pause' | 'end' | null>(null);
  const live = isRunning(session);
  return (
    <footer className="bar">
      {mine?.kind === 'STATION' && <StationPeople session={session} seat={mine} />}
      <div className="controls">
        {room.refused && <ErrorNotice error={room.refused} />}
        {mine?.byTelephone && (
          <Button look="primary" onClick={() => hangUp.mutate()}>
            {t('hangUp')}
          </Button>
        )}
        {mine?.besideStation && <p className="small">{t('besideNotice')}</p>}
        {room.deviceProblem && <Tag kind="warn">{t('deviceProblem')}</Tag>}
        {live && mine && mine.kind !== 'OBSERVER' && (
          <>
            <Button
              disabled={mine.besideStation || mine.microphoneOff}
              aria-pressed={!room.microphone}
              onClick={() => room.setMicrophone(!room.microphone)}
            >
              {t(room.microphone ? 'micOff' : 'micOn')}
            </Button>
            <Button aria-pressed={!room.camera} onClick={() => room.setCamera(!room.camera)}>
              {t(room.camera ? 'camOff' : 'camOn')}
            </Button>
            {(mine.host || mine.kind === 'JUDGE') && session.status === 'OPEN' && sharing && (
              <Button aria-pressed={room.screen} onClick={() => room.setScreen(!room.screen)}>
                {t(room.screen ? 'screenOff' : 'screenOn')}
              </Button>
            )}
            {can('raise-hand') && (
              <Button
                aria-pressed={Boolean(mine.handRaisedAt)}
                onClick={() => hand.mutate(!mine.handRaisedAt)}
              >
                {t(mine.handRaisedAt ? 'handDown' : 'handUp')}
              </Button>
            )}
          </>
        )}
        {live && can('call-judge') && <CallJudge sessionId={session.id} ringing={session.judgeCall} />}
        {session.status === 'OPEN' && can('pause') && (
          <Button onClick={() => ask('pause')}>{t('pause')}</Button>
        )}
        {session.status === 'PAUSED' && can('resume') && (
          <Button look="primary" onClick={() => resume.mutate()}>
            {t('resume')}
          </Button>
        )}
        {live && can('end') && <Button onClick={() => ask('end')}>{t('end')}</Button>}
        {onLeave && (
          <Button onClick={onLeave}>
            {t(earlierRoom(session.id) ? 'judge-call:backToEarlier' : 'leave')}
          </Button>
        )}
      </div>
      {asking === 'pause' && <Pause session={session} onClose={() => ask(null)} />}
      {asking === 'end' && <End session={session} onClose={() => ask(null)} />}
    </footer>
  );
}
