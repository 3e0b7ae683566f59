import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatTime, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { Session } from '../room/use-session.ts';

const MINUTES = [5, 10, 15, 20, 30, 45, 60] as const;
const phrases = ['checking', 'talkAlone', 'judge', 'break'] as const;

/** What those who wait were told, and the way to tell them something. */
export function TellLobby({ session }: { session: Session }) {
  const t = useWords('seats');
  const [open, setOpen] = useState(false);
  const { lobby } = session;
  const takeBack = useVerb(() => tell(session.id, { text: '' }));
  if (!session.can.includes('tell-lobby')) return null;
  return (
    <>
      {lobby && (
        <div className="notice col">
          <span>
            {t('told', { at: formatTime(lobby.toldAt) })}
            {lobby.text && `“${lobby.text}”`}
            {lobby.expectedAt && ` ${t('toldUntil', { at: formatTime(lobby.expectedAt) })}`}
          </span>
          <ErrorNotice error={takeBack.error} />
          <Button onClick={() => takeBack.mutate()}>{t('takeBack')}</Button>
        </div>
      )}
      <Button onClick={() => setOpen(true)}>{t('tell')}</Button>
      {open && <Telling session={session} onClose={() => setOpen(false)} />}
    </>
  );
}

function Telling({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useWords('seats');
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState('');
  const send = useVerb(
    () => tell(session.id, { text, ...(minutes ? { minutes: Number(minutes) } : {}) }),
    onClose,
  );
  return (
    <Dialog title={t('tell')} onClose={onClose}>
      <p className="muted">{t('tellHint')}</p>
      <div className="row">
        {phrases.map((phrase) => (
          <Button key={phrase} onClick={() => setText(t(`phrase.${phrase}`))}>
            {t(`phrase.${phrase}`)}
          </Button>
        ))}
      </div>
      <TextField label={t('tellText')} value={text} onChange={setText} maxLength={120} />
      <SelectField
        label={t('tellMinutes')}
        value={minutes}
        onChange={setMinutes}
        options={[
          { value: '', label: t('noMinutes') },
          ...MINUTES.map((n) => ({ value: String(n), label: t('minutes', { n }) })),
        ]}
      />
      <ErrorNotice error={send.error} />
      <Button look="primary" big disabled={!text.trim() && !minutes} onClick={() => send.mutate()}>
        {t('send')}
      </Button>
    </Dialog>
  );
}

const tell = (sessionId: string, json: { text: string; minutes?: number }) =>
  call(api.sessions[':sessionId']['tell-lobby'].$post({ param: { sessionId }, json }));
