import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { serverNow } from '../../api/server-time.ts';
import { formatDay, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { After } from './use-after.ts';

type Item = After['performances'][number];
type Event = 'perform' | 'breach' | 'remind';

/** Each instalment and act with its day: performed, overdue, reminded; and the ways on when it is not. */
export function Performances({ caseId, after, edit }: { caseId: string; after: After; edit: boolean }) {
  const t = useWords('after');
  const language = useLanguage();
  const [doing, start] = useState<{ item: Item; event: Event } | null>(null);
  return (
    <section className="col" aria-label={t('performances')}>
      <h3>{t('performances')}</h3>
      {after.performances.map((item) => (
        <div key={item.id} className="col">
          <div className="row">
            <span className="grow">{item.label}</span>
            <Tag kind={item.status === 'PERFORMED' ? 'ok' : item.overdue ? 'warn' : 'info'}>
              {t(`status:performance.${item.status}`)}
            </Tag>
          </div>
          <div className="row">
            <span className="muted small grow">
              {item.performedAt
                ? formatMoment(item.performedAt, language)
                : item.dueOn && t('due', { day: formatDay(item.dueOn, language) })}
              {item.note ? ` · ${item.note}` : ''}
            </span>
            {edit && item.status !== 'PERFORMED' && (
              <>
                <Button onClick={() => start({ item, event: 'perform' })}>{t('perform')}</Button>
                {item.overdue && item.status !== 'BREACHED' && (
                  <Button onClick={() => start({ item, event: 'breach' })}>{t('breach')}</Button>
                )}
                {item.status === 'BREACHED' && (
                  <Button onClick={() => start({ item, event: 'remind' })}>{t('remind')}</Button>
                )}
              </>
            )}
          </div>
        </div>
      ))}
      {after.remedies.map((way) => (
        <p key={way} className="notice">
          {t(`remedy.${way}`)}
        </p>
      ))}
      {doing && <Act caseId={caseId} {...doing} onClose={() => start(null)} />}
    </section>
  );
}

const today = (): string => new Date(serverNow() + 8 * 3600_000).toISOString().slice(0, 10);

function Act({
  caseId,
  item,
  event,
  onClose,
}: {
  caseId: string;
  item: Item;
  event: Event;
  onClose: () => void;
}) {
  const t = useWords('after');
  const c = useWords('common');
  const [on, setOn] = useState(today());
  const [note, setNote] = useState('');
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].performances[':performanceId'].$post({
          param: { caseId, performanceId: item.id },
          json: event === 'perform' ? { event, on, note } : { event, note },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t(event)} onClose={onClose}>
      <p>{item.label}</p>
      {event === 'perform' && <TextField label={t('performedOn')} type="date" value={on} onChange={setOn} />}
      <TextField label={t('note')} value={note} onChange={setNote} rows={2} />
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={event === 'remind' && !note.trim()}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t(event)}
      </Button>
    </Dialog>
  );
}
