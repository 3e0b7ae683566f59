import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, Tag } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { Since } from './since.tsx';
import { type Call, useCalls, useTakeCall } from './use-calls.ts';

/** The judge's calls on the start page, two taps to being seen; one may be handed to a colleague around. */
export function CallQueue() {
  const t = useWords('judge-call');
  const c = useWords('common');
  const calls = useCalls();
  const take = useTakeCall();
  const [handing, hand] = useState<Call | null>(null);
  return (
    <>
      {(calls.data?.length ?? 0) > 0 && <h1>{t('calls', { count: calls.data?.length })}</h1>}
      <ErrorNotice error={take.error} />
      {calls.data?.map((one) => (
        <Card key={one.id} className="session-card next" label={one.question}>
          <div className="time">
            <Since at={one.since} />
          </div>
          <div className="grow">
            <p className="muted">
              {one.stationName} · {one.callerName}
            </p>
            <h2>“{one.question}”</h2>
            <p className="muted">
              {one.urgent && <Tag kind="warn">{t('urgent')}</Tag>} {one.caseTitle}
            </p>
          </div>
          <div className="col">
            <Button
              look="primary"
              big
              busy={take.isPending && c('sending')}
              onClick={() => take.mutate(one.id)}
            >
              {t('join')}
            </Button>
            {one.colleagues.length > 0 && (
              <Button look="ghost" onClick={() => hand(one)}>
                {t('handOn')}
              </Button>
            )}
          </div>
        </Card>
      ))}
      {handing && <HandOn one={handing} onClose={() => hand(null)} />}
    </>
  );
}

function HandOn({ one, onClose }: { one: Call; onClose: () => void }) {
  const t = useWords('judge-call');
  const c = useWords('common');
  const [toId, choose] = useState('');
  const send = useVerb(() =>
    call(api['judge-calls'][':callId'].hand.$post({ param: { callId: one.id }, json: { toId } })),
  );
  return (
    <Dialog title={t('handOn')} onClose={onClose}>
      {one.colleagues.map((colleague) => (
        <Choice
          key={colleague.id}
          type="radio"
          name="colleague"
          checked={toId === colleague.id}
          onChange={() => choose(colleague.id)}
        >
          {colleague.name}
        </Choice>
      ))}
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={toId === ''}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate(undefined, { onSuccess: onClose })}
      >
        {t('handOn')}
      </Button>
    </Dialog>
  );
}

/** 免打扰: while in session only calls marked urgent ring. */
export function DoNotDisturbSwitch() {
  const t = useWords('judge-call');
  const query = useQuery({
    queryKey: ['calls', 'do-not-disturb'],
    queryFn: () => call(api['judge-calls']['do-not-disturb'].$get()),
  });
  const set = useVerb((on: boolean) => call(api['judge-calls']['do-not-disturb'].$post({ json: { on } })));
  if (!query.data) return null;
  return (
    <Card className="col">
      <Choice type="checkbox" checked={query.data.on} onChange={(on) => set.mutate(on)}>
        {t('doNotDisturb')}
      </Choice>
      <p className="muted small">{t('doNotDisturbHint')}</p>
      <ErrorNotice error={set.error} />
    </Card>
  );
}
