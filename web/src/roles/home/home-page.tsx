import { lazy, Suspense } from 'react';
import { Redirect, useLocation } from 'wouter';
import { useLive } from '../../api/live.ts';
import { useCases } from '../../features/case/index.ts';
import { CallQueue, DoNotDisturbSwitch, PushSwitch, useCalls } from '../../features/judge-call/index.ts';
import { isToday, useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';
import { Button, Card, Empty, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { CaseCard } from './case-card.tsx';
import { NeedJudge } from './need-judge.tsx';
import { Offers, useOffers } from './offers.tsx';

const OpenDrafts = lazy(() =>
  import('../../features/intake/index.ts').then((m) => ({ default: m.OpenDrafts })),
);

/** Everybody's start page: calls and offers first, then today, then what waits. Several duties share one page. */
export function HomePage() {
  const t = useWords('home');
  const c = useWords('common');
  const me = useMe();
  const duties = me.data?.duties ?? [];
  const has = (duty: (typeof duties)[number]) => duties.includes(duty);
  useLive(
    [
      me.data?.stationId && has('DIRECTOR') ? `station:${me.data.stationId}` : null,
      me.data?.staffUserId ? `user:${me.data.staffUserId}` : null,
    ],
    ['cases', 'offers', 'calls', 'intake-drafts'],
  );
  const cases = useCases();
  const calls = useCalls(has('GUIDING_JUDGE'));
  const offers = useOffers(has('MEDIATOR'));
  const [, go] = useLocation();
  if ((has('ADMINISTRATOR') || has('AUDITOR')) && duties.length === 1) return <Redirect to="/admin" />;
  // An offer stands above the list until it is answered.
  const rows = (cases.data ?? []).filter((row) => row.nextStep !== 'ANSWER_OFFER');
  const today = rows
    .filter((row) => row.session && isToday(row.session.plannedStart))
    .sort((a, b) => (a.session?.plannedStart ?? '').localeCompare(b.session?.plannedStart ?? ''));
  const live = today.find((row) => row.session && ['CHECKING', 'OPEN'].includes(row.session.status));
  // One next step: who rings or asks comes first, then the first case of today that waits for this person.
  const asked = (calls.data?.length ?? 0) + (offers.data?.length ?? 0) > 0;
  const first = asked ? undefined : today.find((row) => row.nextStep !== 'NONE' && row.nextStep !== 'WAIT');
  const waiting = rows.filter(
    (row) => !today.includes(row) && row.nextStep !== 'NONE' && row.nextStep !== 'WAIT',
  );
  const others = rows.filter((row) => !today.includes(row) && !waiting.includes(row));
  const effective = rows.filter((row) => row.agreement === 'EFFECTIVE').length;
  return (
    <Frame title={t('title')}>
      <div className="two">
        <div className="col">
          {has('GUIDING_JUDGE') && <CallQueue />}
          {has('MEDIATOR') && <Offers />}
          <h1>{t('today', { count: today.length })}</h1>
          {cases.error && <ErrorNotice error={cases.error} />}
          {cases.isPending && <Waiting>{c('loading')}</Waiting>}
          {cases.data && today.length === 0 && (
            <Card>
              <Empty title={t('nothingToday')}>{has('DIRECTOR') && <p>{t('nothingTodayHint')}</p>}</Empty>
            </Card>
          )}
          {today.map((row) => (
            <CaseCard key={row.id} row={row} first={row === first} />
          ))}
          {waiting.length > 0 && <h2>{t('waiting')}</h2>}
          {waiting.map((row) => (
            <CaseCard key={row.id} row={row} first={false} />
          ))}
          {others.length > 0 && (
            <details>
              <summary>{t('others', { count: others.length })}</summary>
              <div className="col">
                {others.map((row) => (
                  <CaseCard key={row.id} row={row} first={false} />
                ))}
              </div>
            </details>
          )}
        </div>
        <div className="col">
          {has('DIRECTOR') && live?.session && <NeedJudge sessionId={live.session.id} title={live.title} />}
          {has('DIRECTOR') && (
            <Card className="col">
              <h2>{t('newDispute')}</h2>
              <p className="muted">{t('newDisputeHint')}</p>
              <Button look={first ? 'plain' : 'primary'} big wide onClick={() => go('/cases/new')}>
                {t('register')}
              </Button>
            </Card>
          )}
          {has('DIRECTOR') && (
            <Suspense fallback={null}>
              <OpenDrafts />
            </Suspense>
          )}
          {has('GUIDING_JUDGE') && <DoNotDisturbSwitch />}
          {has('GUIDING_JUDGE') && <PushSwitch />}
          <Card className="col">
            <h2>{t('thisYear')}</h2>
            <div className="row">
              <Figure value={rows.length} label={t('taken')} />
              <Figure value={effective} label={t('agreed')} />
            </div>
          </Card>
        </div>
      </div>
    </Frame>
  );
}

function Figure({ value, label }: { value: number; label: string }) {
  return (
    <div className="grow">
      <div className="time">{value}</div>
      <div className="muted small">{label}</div>
    </div>
  );
}
