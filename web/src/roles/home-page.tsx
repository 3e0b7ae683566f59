import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { api, call } from '../api/client.ts';
import { useLive } from '../api/live.ts';
import { useCases } from '../features/case/index.ts';
import { CallQueue, DoNotDisturbSwitch } from '../features/judge-call/index.ts';
import { formatTime, useWords } from '../i18n/index.ts';
import { Frame, useMe } from '../shell/frame.tsx';
import { Button, Card, Choice, Dialog, Empty, ErrorNotice, Tag, TextField, Waiting } from '../ui/index.tsx';

const OpenDrafts = lazy(() => import('../features/intake/index.ts').then((m) => ({ default: m.OpenDrafts })));

type Row = NonNullable<ReturnType<typeof useCases>['data']>[number];

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
  const [, go] = useLocation();
  if ((has('ADMINISTRATOR') || has('AUDITOR')) && duties.length === 1) return <Redirect to="/admin" />;
  // An offer stands above the list until it is answered.
  const rows = (cases.data ?? []).filter((row) => row.nextStep !== 'ANSWER_OFFER');
  const today = rows
    .filter((row) => row.session && isToday(row.session.plannedStart))
    .sort((a, b) => (a.session?.plannedStart ?? '').localeCompare(b.session?.plannedStart ?? ''));
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
          {today.map((row, i) => (
            <CaseCard key={row.id} row={row} first={i === 0} />
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
          {has('DIRECTOR') && (
            <Card className="col">
              <h2>{t('newDispute')}</h2>
              <p className="muted">{t('newDisputeHint')}</p>
              <Button look="primary" big wide onClick={() => go('/cases/new')}>
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

function isToday(iso: string): boolean {
  const day = (date: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(date);
  return day(new Date(iso)) === day(new Date());
}

/** One case with its one next step. */
function CaseCard({ row, first }: { row: Row; first: boolean }) {
  const t = useWords('home');
  const [, go] = useLocation();
  const { session } = row;
  const toRoom = session && (row.nextStep === 'ENTER_ROOM' || row.nextStep === 'START_CHECKING');
  return (
    <Card className={`session-card ${first ? 'next' : ''}`} label={row.title}>
      <div className="time">{session ? formatTime(session.plannedStart) : ''}</div>
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
          {row.agreement === 'EFFECTIVE' && <Tag kind="ok">{t('status:agreement.EFFECTIVE')}</Tag>}
        </div>
      </div>
      <div className="col">
        <Button
          look={first || row.nextStep === 'SEAL' ? 'primary' : 'plain'}
          big={first}
          onClick={() => go(toRoom ? `/sessions/${session.id}` : `/cases/${row.id}`)}
        >
          {t(`status:step.${row.nextStep}`)}
        </Button>
        {toRoom && (
          <Button look="ghost" onClick={() => go(`/cases/${row.id}`)}>
            {t('toCase')}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** Offers to the mediator: accept with disclosure, or decline with a reason. */
function Offers() {
  const t = useWords('home');
  const offers = useQuery({ queryKey: ['offers'], queryFn: () => call(api.offers.$get()) });
  const [answering, answer] = useState<string | null>(null);
  const offer = offers.data?.find((o) => o.appointmentId === answering);
  if (!offers.data || offers.data.length === 0) return null;
  return (
    <>
      <h1>{t('offers', { count: offers.data.length })}</h1>
      {offers.data.map((one) => (
        <Card key={one.appointmentId} className="session-card next">
          <span />
          <div>
            <h2>{one.title}</h2>
            <p className="muted">{t('offerParties', { names: one.parties.join('、') })}</p>
          </div>
          <Button look="primary" big onClick={() => answer(one.appointmentId)}>
            {t('status:step.ANSWER_OFFER')}
          </Button>
        </Card>
      ))}
      {offer && <AnswerOffer offer={offer} onClose={() => answer(null)} />}
    </>
  );
}

function AnswerOffer({
  offer,
  onClose,
}: {
  offer: { appointmentId: string; parties: string[]; title: string };
  onClose: () => void;
}) {
  const t = useWords('home');
  const c = useWords('common');
  const queries = useQueryClient();
  const [tied, setTied] = useState<boolean | null>(null);
  const [statement, setStatement] = useState('');
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: (accept: boolean) =>
      call(
        api.offers[':appointmentId'].$post({
          param: { appointmentId: offer.appointmentId },
          json: accept
            ? { accept: true, ties: tied ? [statement] : [], statement: tied ? statement : t('noTies') }
            : { accept: false, reason },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={offer.title} onClose={onClose}>
      <p>{t('discloseLead', { names: offer.parties.join('、') })}</p>
      <Choice type="radio" name="ties" checked={tied === false} onChange={() => setTied(false)}>
        {t('noTies')}
      </Choice>
      <Choice type="radio" name="ties" checked={tied === true} onChange={() => setTied(true)}>
        {t('someTies')}
      </Choice>
      {tied && <TextField label={t('tiesWhat')} value={statement} onChange={setStatement} rows={2} />}
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={tied === null || (tied && statement.trim() === '')}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate(true)}
      >
        {t('accept')}
      </Button>
      <details>
        <summary>{t('decline')}</summary>
        <div className="col">
          <TextField label={t('declineReason')} value={reason} onChange={setReason} rows={2} />
          <Button disabled={reason.trim() === ''} onClick={() => send.mutate(false)}>
            {t('decline')}
          </Button>
        </div>
      </details>
    </Dialog>
  );
}
