import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { ConfirmRecord } from './confirm-record.tsx';
import { LanguageChoice, languages } from './language-choice.tsx';
import { type RecordView, useRecord } from './use-record.ts';

/** Facts that nobody disputes: marked while talking, each party's own word, a sheet when the talks fail. */
export function Facts({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const may = record.can.includes('mark-fact');
  const running = ['OPEN', 'PAUSED', 'ONSITE'].includes(record.sessionStatus);
  const failed = record.sessionStatus === 'ENDED' && record.result === 'NO_AGREEMENT';
  if (record.facts.length === 0 && !(may && running)) return null;
  return (
    <section className="col" aria-label={t('factsTitle')}>
      <h3>{t('factsTitle')}</h3>
      <FactList sessionId={sessionId} record={record} />
      {may && running && <MarkFact sessionId={sessionId} />}
      {failed && record.facts.length > 0 && <Sheet sessionId={sessionId} record={record} />}
    </section>
  );
}

export function FactList({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const answer = useVerb(({ factId, agreed }: { factId: string; agreed: boolean }) =>
    call(
      api.sessions[':sessionId'].facts[':factId'].answer.$post({
        param: { sessionId, factId },
        json: { agreed },
      }),
    ),
  );
  const drop = useVerb((factId: string) =>
    call(api.sessions[':sessionId'].facts[':factId'].$delete({ param: { sessionId, factId } })),
  );
  const asParty = record.can.includes('confirm-facts') && !record.can.includes('mark-fact');
  return (
    <>
      <ErrorNotice error={answer.error ?? drop.error} />
      <ol className="col">
        {record.facts.map((fact) => (
          <li key={fact.id}>
            <p>{fact.text}</p>
            {fact.support && <p className="muted small">{fact.support}</p>}
            <div className="row">
              {fact.answers.map((a) => (
                <Tag key={a.partyId} kind={a.agreed ? 'ok' : 'warn'}>
                  {t(a.agreed ? 'answeredTrue' : 'answeredFalse', { name: a.name })}
                </Tag>
              ))}
              {asParty && (
                <>
                  <Button
                    aria-pressed={fact.mine === true}
                    onClick={() => answer.mutate({ factId: fact.id, agreed: true })}
                  >
                    {t('isTrue')}
                  </Button>
                  <Button
                    aria-pressed={fact.mine === false}
                    onClick={() => answer.mutate({ factId: fact.id, agreed: false })}
                  >
                    {t('isNotTrue')}
                  </Button>
                </>
              )}
              {record.can.includes('mark-fact') && record.sessionStatus !== 'ENDED' && (
                <Button look="ghost" onClick={() => drop.mutate(fact.id)}>
                  {t('dropFact')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function MarkFact({ sessionId }: { sessionId: string }) {
  const t = useWords('record');
  const [text, setText] = useState('');
  const [support, setSupport] = useState('');
  const mark = useVerb(
    () => call(api.sessions[':sessionId'].facts.$post({ param: { sessionId }, json: { text, support } })),
    () => {
      setText('');
      setSupport('');
    },
  );
  return (
    <details>
      <summary>{t('markFact')}</summary>
      <div className="col">
        <p className="muted small">{t('factHint')}</p>
        <TextField label={t('factText')} rows={2} maxLength={500} value={text} onChange={setText} />
        <TextField label={t('factSupport')} maxLength={200} value={support} onChange={setSupport} />
        <ErrorNotice error={mark.error} />
        <Button disabled={!text.trim()} onClick={() => mark.mutate()}>
          {t('markFact')}
        </Button>
      </div>
    </details>
  );
}

/** 无争议事实记载表: headings of what remains, read out, everybody's word. */
function Sheet({ sessionId, record }: { sessionId: string; record: RecordView }) {
  const t = useWords('record');
  const c = useWords('common');
  const sheet = useRecord(sessionId, 'FACTS');
  const [asking, ask] = useState(false);
  const [language, setLanguage] = useState(languages[0] ?? '');
  const [reader, setReader] = useState(record.people.find((p) => p.duty === 'MEDIATOR')?.name ?? '');
  const [issues, setIssues] = useState('');
  const read = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].facts['read-out'].$post({
          param: { sessionId },
          json: {
            language,
            reader,
            issues: issues
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== ''),
          },
        }),
      ),
    () => ask(false),
  );
  if (!sheet.data) return null;
  return (
    <>
      {sheet.data.status === 'WRITING' && record.can.includes('read-out-record') && (
        <Button wide onClick={() => ask(true)}>
          {t('makeSheet')}
        </Button>
      )}
      <ConfirmRecord sessionId={sessionId} kind="FACTS" record={sheet.data} />
      {asking && (
        <Dialog title={t('makeSheet')} onClose={() => ask(false)}>
          <TextField
            label={t('issues')}
            hint={t('issuesHint')}
            rows={4}
            value={issues}
            onChange={setIssues}
          />
          <LanguageChoice value={language} onChange={setLanguage} />
          <TextField label={t('reader')} value={reader} onChange={setReader} maxLength={60} />
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
