import { useLocation } from 'wouter';
import type { useCases } from '../../features/case/index.ts';
import { SelfTestTag } from '../../features/devices/self-test-tag.tsx';
import { ToRoom } from '../../features/room/to-room.tsx';
import { formatDate, formatTime, isToday, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Tag } from '../../ui/index.tsx';

type Row = NonNullable<ReturnType<typeof useCases>['data']>[number];

/** One case with its one next step. */
export function CaseCard({ row, first }: { row: Row; first: boolean }) {
  const t = useWords('home');
  const language = useLanguage();
  const [, go] = useLocation();
  const { session } = row;
  const toRoom = session && (row.nextStep === 'ENTER_ROOM' || row.nextStep === 'START_CHECKING');
  return (
    <Card className={`session-card ${first ? 'next' : ''}`} label={row.title}>
      <div className="time">
        {session ? formatTime(session.plannedStart) : ''}
        {session && !isToday(session.plannedStart) && (
          <div className="muted small">{formatDate(session.plannedStart, language)}</div>
        )}
      </div>
      <div className="grow">
        <h2>{row.title}</h2>
        <div className="muted">
          {row.number} {row.mediator ? `· ${t('mediator')} ${row.mediator}` : ''}{' '}
          {row.judge ? `· ${t('judge')} ${row.judge}` : ''}
        </div>
        <div className="row">
          <Tag>{t(`status:case.${row.status}`)}</Tag>
          {row.agreement !== 'EFFECTIVE' && (
            <Tag kind={row.readiness.consents ? 'ok' : 'warn'}>
              {t(row.readiness.consents ? 'consentsDone' : 'consentsOpen')}
            </Tag>
          )}
          {row.agreement !== 'EFFECTIVE' &&
            row.readiness.identities
              .filter((person) => !person.done)
              .map((person) => (
                <Tag key={person.name} kind="warn">
                  {t('identityOpen', { name: person.name })}
                </Tag>
              ))}
          {row.readiness.devices.map(({ name, test }) => (
            <SelfTestTag key={name} name={name} test={test} />
          ))}
          {row.agreement === 'EFFECTIVE' && <Tag kind="ok">{t('status:agreement.EFFECTIVE')}</Tag>}
        </div>
      </div>
      <div className="col">
        {toRoom ? (
          <>
            <ToRoom sessionId={session.id} next={first} big={first}>
              {t(`status:step.${row.nextStep}`)}
            </ToRoom>
            <Button look="ghost" onClick={() => go(`/cases/${row.id}`)}>
              {t('toCase')}
            </Button>
          </>
        ) : (
          <Button
            look={first || row.nextStep === 'SEAL' ? 'primary' : 'plain'}
            big={first}
            onClick={() => go(`/cases/${row.id}`)}
          >
            {row.nextStep === 'WAIT' || row.nextStep === 'NONE'
              ? t('toCase')
              : t(`status:step.${row.nextStep}`)}
          </Button>
        )}
      </div>
    </Card>
  );
}
