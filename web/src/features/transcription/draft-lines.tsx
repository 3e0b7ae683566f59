import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { colon, formatTime, listMark, useWords } from '../../i18n/index.ts';
import { useMe } from '../../shell/frame.tsx';
import { Button, ErrorNotice, SelectField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import '../record/record.css';

export type SpokenLine = { id: string; speaker: string; text: string };
type Language = 'zh-CN' | 'wuu';

/** What a recogniser heard: taken over into the line that is being written, or thrown away. Never the record. */
export function DraftLines({
  sessionId,
  caseId,
  taken,
  onTake,
}: {
  sessionId: string;
  caseId: string;
  /** Those that stand in the text field already. */
  taken: readonly string[];
  onTake(line: SpokenLine): void;
}) {
  const t = useWords('seats');
  const me = useMe().data?.staffUserId;
  useLive([`session:${sessionId}`, `case:${caseId}`, me && `user:${me}`], ['drafts']);
  const param = { sessionId };
  const at = api.sessions[':sessionId'].transcription;
  const query = useQuery({ queryKey: ['drafts', sessionId], queryFn: () => call(at.$get({ param })) });
  const [language, setLanguage] = useState<Language>('zh-CN');
  const start = useVerb(() => call(at.start.$post({ param, json: { language } })));
  const stop = useVerb(() => call(at.stop.$post({ param })));
  const drop = useVerb(
    (draftId: string) => call(at.drafts[':draftId'].$delete({ param: { sessionId, draftId } })),
    () => void query.refetch(),
  );
  if (!query.data) return <ErrorNotice error={query.error} />;
  const { state, hurdle, missing, trouble } = query.data;
  const lines = query.data.lines.filter((line) => !taken.includes(line.id));
  return (
    <section className="col" aria-label={t('spoken.title')} data-spoken={state}>
      <div className="row">
        <h3 className="grow">{t('spoken.title')}</h3>
        {state !== 'OFF' && <Button onClick={() => stop.mutate()}>{t('spoken.stop')}</Button>}
      </div>
      <p className="muted small">{t('spoken.hint')}</p>
      {hurdle && (
        <p className="notice">{t(`spoken.hurdle.${hurdle}`, { names: missing.join(listMark()) })}</p>
      )}
      {state === 'OFF' && !hurdle && (
        <>
          <SelectField
            label={t('spoken.language')}
            value={language}
            onChange={(value) => setLanguage(value === 'wuu' ? 'wuu' : 'zh-CN')}
            options={[
              { value: 'zh-CN', label: t('spoken.zh-CN') },
              { value: 'wuu', label: t('spoken.wuu') },
            ]}
          />
          <Button onClick={() => start.mutate()}>{t('spoken.start')}</Button>
        </>
      )}
      {trouble && (
        <p className="notice warn" role="status">
          {t('spoken.trouble')}
        </p>
      )}
      <ErrorNotice error={start.error ?? stop.error ?? drop.error} />
      {lines.length > 0 && (
        <ol className="record-lines">
          {lines.map((line) => (
            <li key={line.id}>
              <time dateTime={line.at}>{formatTime(line.at)}</time>
              <span className="entered">
                {line.speaker && (
                  <strong>
                    {line.speaker}
                    {colon()}
                  </strong>
                )}
                {line.text}
              </span>
              <span className="acts">
                <Button look="ghost" onClick={() => onTake(line)}>
                  {t('spoken.take')}
                </Button>
                <Button look="ghost" onClick={() => drop.mutate(line.id)}>
                  {t('spoken.drop')}
                </Button>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
