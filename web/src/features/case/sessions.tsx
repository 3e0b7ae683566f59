import { useState } from 'react';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card } from '../../ui/index.tsx';
import { ToRoom } from '../room/to-room.tsx';
import { NoShow } from './no-show.tsx';
import type { Case } from './queries.ts';
import { Reschedule } from './reschedule.tsx';

/** The case's sessions; one that is planned may be moved or missed. */
export function Sessions({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const language = useLanguage();
  const session = theCase.sessions.findLast((s) => s.status === 'SCHEDULED' && s.kind === 'MEDIATION');
  const [moving, move] = useState(false);
  const [absent, setAbsent] = useState(false);
  if (theCase.sessions.length === 0) return null;
  return (
    <Card className="col">
      <h2>{t('sessions')}</h2>
      {theCase.sessions.map((s) => (
        <div key={s.id} className="row">
          <span className="grow">
            {formatMoment(s.plannedStart, language)}{' '}
            {s.kind === 'CONFIRMATION_INQUIRY' && `${t('session:inquiry')} `}
            <span className="muted">{t(`status:session.${s.status}`)}</span>
          </span>
          {['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED'].includes(s.status) && (
            <ToRoom sessionId={s.id}>{t('toRoom')}</ToRoom>
          )}
        </div>
      ))}
      {session && theCase.can.includes('reschedule') && (
        <div className="row">
          <Button onClick={() => move(true)}>{t('reschedule')}</Button>
          <Button onClick={() => setAbsent(true)}>{t('noShow')}</Button>
        </div>
      )}
      {session && moving && <Reschedule sessionId={session.id} onClose={() => move(false)} />}
      {session && absent && (
        <NoShow sessionId={session.id} parties={theCase.parties} onClose={() => setAbsent(false)} />
      )}
    </Card>
  );
}
