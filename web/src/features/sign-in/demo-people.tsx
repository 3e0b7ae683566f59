import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice } from '../../ui/index.tsx';
import { useStep } from './queries.ts';

export type Fill = { login: string; password: string; totp: string };

/** Codes change every half minute; this list exists on the demo's own machine only. */
const REFRESH_MS = 10_000;

type Props = { half: boolean; station: string | null; onFill: (fill: Fill) => void };

/** Who can sign in here, and what they would read from their phone. */
export function DemoPeopleCard({ half, station, onFill }: Props) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const enrol = useStep(() => call(api.demo.device.$post()));
  const people = useQuery({
    queryKey: ['demo-people'],
    queryFn: () => call(api.demo.people.$get()),
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  });
  if (!people.data) return null;
  return (
    <Card className="col">
      <h2>{t('demoTitle')}</h2>
      <p className="muted">{t('demoHint')}</p>
      {people.data.map((person) => (
        <div key={person.login} className="row check" data-login={person.login}>
          <div className="grow">
            <strong>{person.name}</strong>{' '}
            <span className="small muted">
              {person.duties.map((duty) => t(`status:duty.${duty}`)).join(listMark())}
            </span>
            <div className="small">
              {t('login')} {person.login} · {t('password')} {person.password || '—'}
            </div>
          </div>
          <span>
            <span className="small muted">{t('totpShort')}</span>{' '}
            <strong data-totp>{person.totp || '—'}</strong>
          </span>
          <Button
            aria-label={t(half ? 'demoFillCodeName' : 'demoFillName', { name: person.name })}
            onClick={() => onFill({ login: person.login, password: person.password, totp: person.totp })}
          >
            {t(half ? 'demoFillCode' : 'demoFill')}
          </Button>
        </div>
      ))}
      {station && <NewestCode />}
      <div className="row">
        <a className="btn" href="/demo/sms">
          {t('demoOutbox')}
        </a>
        {!station && (
          <Button busy={enrol.isPending && c('sending')} onClick={() => enrol.mutate(undefined)}>
            {t('demoStation')}
          </Button>
        )}
      </div>
      <ErrorNotice error={enrol.error} />
    </Card>
  );
}

/** The code that just went to the director's phone. */
function NewestCode() {
  const t = useWords('sign-in');
  const outbox = useQuery({
    queryKey: ['demo-sms'],
    queryFn: () => call(api.demo.sms.$get()),
    refetchInterval: 3000,
    staleTime: 0,
  });
  const message = outbox.data?.find((m) => m.template === 'code');
  if (!message) return null;
  return (
    <p className="notice" role="status">
      {t('demoCode', { phone: message.to })} <strong data-demo-code>{message.values.code}</strong>
    </p>
  );
}
