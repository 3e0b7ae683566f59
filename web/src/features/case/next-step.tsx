import type { ReactNode } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button, Card } from '../../ui/index.tsx';
import { ToRoom } from '../room/to-room.tsx';
import { AfterRejection } from './after-rejection.tsx';
import { ChooseMediator } from './choose-mediator.tsx';
import { ConsentStep } from './consent-step.tsx';
import type { Case } from './queries.ts';
import { Schedule } from './schedule.tsx';

/** The one next step of the case, as the state machine says it, large and in words. */
export function NextStep({ theCase, onTab }: { theCase: Case; onTab: (key: string) => void }) {
  const t = useWords('case');
  const session = theCase.sessions.findLast((s) => s.status !== 'CANCELLED' && s.status !== 'ENDED');
  const step = theCase.nextStep;
  const inner: Partial<Record<typeof step, ReactNode>> = {
    CHOOSE_MEDIATOR: <ChooseMediator theCase={theCase} />,
    SCHEDULE: <Schedule theCase={theCase} />,
    RECORD_CONSENT: <ConsentStep theCase={theCase} />,
    AFTER_REJECTION: <AfterRejection theCase={theCase} />,
  };
  const toRoom = session && (step === 'START_CHECKING' || step === 'ENTER_ROOM' || step === 'CHECK_IDENTITY');
  const after = step === 'RECORD_RECEIPT' || step === 'RECORD_PERFORMANCE';
  return (
    <Card className="next col case-next">
      <p className="muted">{t('nextStep')}</p>
      <h2>{t(`status:step.${step}`)}</h2>
      <p>{t(`stepHint.${step}`)}</p>
      {inner[step]}
      {toRoom && (
        <ToRoom sessionId={session.id} next big wide>
          {t('toRoom')}
        </ToRoom>
      )}
      {after && (
        <Button look="primary" big wide onClick={() => onTab('after')}>
          {t('after:tab')}
        </Button>
      )}
    </Card>
  );
}
