import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, formatTime, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, SelectField, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { type Session, useSession } from '../room/use-session.ts';
import { useCaucus } from './use-caucus.ts';
import '../record/record.css';

const isPartySeat = (session: Session | undefined): boolean =>
  session?.seats.find((seat) => seat.id === session.mySeatId)?.partyId != null;

/** Text messages: to all (a line of the record), to the mediator alone, or inside a private talk. */
export function MessagesPanel({ sessionId }: { sessionId: string }) {
  const t = useWords('caucus');
  const c = useWords('common');
  const inside = useCaucus(sessionId).data?.running?.mine ?? false;
  const [text, setText] = useState('');
  const [chosen, choose] = useState<'ALL' | 'HOST'>('ALL');
  const session = useSession(sessionId).data;
  // What one side writes to all would reach the other: it goes to the mediator.
  const hostOnly = Boolean(session?.apart) && isPartySeat(session);
  const wanted = hostOnly ? ('HOST' as const) : chosen;
  const to = inside ? ('CAUCUS' as const) : wanted;
  const messages = useQuery({
    queryKey: ['messages', sessionId],
    queryFn: () => call(api.sessions[':sessionId'].messages.$get({ param: { sessionId } })),
  });
  const send = useVerb(
    () => call(api.sessions[':sessionId'].messages.$post({ param: { sessionId }, json: { to, text } })),
    () => setText(''),
  );
  if (messages.error) return <ErrorNotice error={messages.error} />;
  if (!messages.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <div className="col">
      <h2>{t('messages')}</h2>
      {messages.data.length === 0 ? (
        <p className="muted">{t('noMessages')}</p>
      ) : (
        <ul className="record-lines" aria-label={t('messageList')} aria-live="polite">
          {messages.data.map((m) => (
            <li key={m.id}>
              <time dateTime={m.at}>{formatTime(m.at)}</time>
              <span>
                <strong>
                  {m.name}
                  {colon()}
                </strong>
                {m.text}{' '}
                {m.to !== 'ALL' && <Tag kind="warn">{t(m.to === 'HOST' ? 'toHost' : 'toCaucus')}</Tag>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) send.mutate();
        }}
      >
        {inside ? (
          <p className="notice warn">{t('to.CAUCUS')}</p>
        ) : (
          <SelectField
            label={t('to')}
            value={wanted}
            onChange={(value) => choose(value === 'HOST' ? 'HOST' : 'ALL')}
            options={[
              ...(hostOnly ? [] : [{ value: 'ALL', label: t('to.ALL') }]),
              { value: 'HOST', label: t('to.HOST') },
            ]}
          />
        )}
        <TextField label={t('write')} rows={2} maxLength={500} value={text} onChange={setText} />
        <ErrorNotice error={send.error} />
        <Button look="primary" type="submit" disabled={!text.trim()} busy={send.isPending && c('sending')}>
          {t('send')}
        </Button>
      </form>
    </div>
  );
}
