import { recordPhrases } from '@tongxi/server/contract/record-words.ts';
import { lazy, Suspense, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { useSession } from '../room/use-session.ts';
import { Absent } from './absent.tsx';
import { ConfirmRecord } from './confirm-record.tsx';
import { Facts } from './facts.tsx';
import { LanguageChoice, languages } from './language-choice.tsx';
import { Places } from './places.tsx';
import { RecordLines, Speaker } from './record-lines.tsx';
import { type RecordView, useRecord } from './use-record.ts';

const DraftLines = lazy(() =>
  import('../transcription/draft-lines.tsx').then((m) => ({ default: m.DraftLines })),
);

/** 笔录 beside the picture: it grows, is typed by recorder or mediator, read out, confirmed by everybody. */
export function RecordPanel({ sessionId }: { sessionId: string }) {
  const t = useWords('record');
  const c = useWords('common');
  const query = useRecord(sessionId, 'TALKS');
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const record = query.data;
  return (
    <div className="col">
      <div className="row">
        <h2 className="grow">{t('title')}</h2>
        <Tag kind={record.status === 'CONFIRMED' ? 'ok' : 'info'}>{t(`status.${record.status}`)}</Tag>
      </div>
      <Absent sessionId={sessionId} record={record} />
      <RecordLines sessionId={sessionId} record={record} />
      {record.status === 'WRITING' && record.can.includes('write-record') && (
        <Composer sessionId={sessionId} record={record} />
      )}
      {record.status === 'WRITING' && record.can.includes('read-out-record') && (
        <>
          <Places sessionId={sessionId} record={record} />
          <ReadOut sessionId={sessionId} record={record} />
        </>
      )}
      <ConfirmRecord sessionId={sessionId} kind="TALKS" record={record} />
      <Facts sessionId={sessionId} record={record} />
    </div>
  );
}

/** One line: who, what; phrases at hand. */
function Composer({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const c = useWords('common');
  const [speaker, setSpeaker] = useState('');
  const [text, setText] = useState('');
  /** What a recogniser heard and stands in the text now: the line has the time of the first. */
  const [drafts, setDrafts] = useState<string[]>([]);
  const listens = useSession(sessionId).data?.transcription;
  const add = useVerb((json: { speaker: string; text: string; drafts: string[] }) =>
    call(api.sessions[':sessionId'].lines.$post({ param: { sessionId }, json })),
  );
  const write = (next: string) => {
    setText(next);
    if (next === '') setDrafts([]);
  };
  // Emptied at once: the next line is typed while this one travels. One that did not arrive comes back.
  const send = () => {
    write('');
    add.mutate(
      { speaker, text, drafts },
      {
        onError: () => {
          setText((now) => (now ? `${text}\n${now}` : text));
          setDrafts((now) => [...drafts, ...now]);
        },
      },
    );
  };
  return (
    <>
      {listens && (
        <Suspense fallback={null}>
          <DraftLines
            sessionId={sessionId}
            caseId={record.caseId}
            taken={add.isPending ? [...drafts, ...add.variables.drafts] : drafts}
            onTake={(line) => {
              if (!text) setSpeaker(record.speakers.includes(line.speaker) ? line.speaker : '');
              setText((now) => `${now}${line.text}`.slice(0, 2000));
              setDrafts((now) => [...now, line.id].slice(0, 30));
            }}
          />
        </Suspense>
      )}
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) send();
        }}
      >
        <Speaker record={record} value={speaker} onChange={setSpeaker} />
        <TextField label={t('text')} rows={3} maxLength={2000} value={text} onChange={write} />
        <details>
          <summary>{t('phrases')}</summary>
          <div className="row">
            {recordPhrases.map((phrase) => (
              <Button
                key={phrase}
                look="ghost"
                lang="zh-CN"
                onClick={() => setText((now) => (now ? `${now}${phrase}` : phrase))}
              >
                {phrase}
              </Button>
            ))}
          </div>
        </details>
        <ErrorNotice error={add.error} />
        <Button look="primary" type="submit" disabled={!text.trim()} busy={add.isPending && c('sending')}>
          {t('add')}
        </Button>
      </form>
    </>
  );
}

function ReadOut({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const c = useWords('common');
  const [asking, ask] = useState(false);
  const [language, setLanguage] = useState(languages[0] ?? '');
  const [reader, setReader] = useState(record.people.find((p) => p.duty === 'RECORDER')?.name ?? '');
  const [result, setResult] = useState(record.result ?? 'AGREED');
  const [reason, setReason] = useState('');
  const read = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].record['read-out'].$post({
          param: { sessionId },
          json: { language, reader, result, reason },
        }),
      ),
    () => ask(false),
  );
  return (
    <>
      <Button wide disabled={record.lines.length === 0} onClick={() => ask(true)}>
        {t('readOut')}
      </Button>
      {asking && (
        <Dialog title={t('readOut')} onClose={() => ask(false)}>
          <p>{t('readOutHint')}</p>
          <LanguageChoice value={language} onChange={setLanguage} />
          <TextField label={t('reader')} value={reader} onChange={setReader} maxLength={60} />
          <fieldset className="plain col">
            <legend>{t('resultIs')}</legend>
            {(['AGREED', 'NO_AGREEMENT', 'TO_CONTINUE'] as const).map((one) => (
              <Choice
                key={one}
                type="radio"
                name="result"
                checked={result === one}
                onChange={() => setResult(one)}
              >
                {t(`session:result.${one}`)}
              </Choice>
            ))}
          </fieldset>
          <TextField label={t('reason')} value={reason} onChange={setReason} maxLength={300} />
          <ErrorNotice error={read.error} />
          <Button
            look="primary"
            big
            disabled={!reader.trim()}
            busy={read.isPending && c('sending')}
            onClick={() => read.mutate()}
          >
            {t('readDone')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
