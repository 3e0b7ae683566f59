import { useQuery } from '@tanstack/react-query';
import type { Clause, WordingKey } from '@tongxi/server/contract/wording.ts';
import { TemplateBody } from '@tongxi/server/contract/wording.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, SelectField, TextField, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { ClausesEditor } from './clauses-editor.tsx';
import { TemplateEditor } from './template-editor.tsx';

/** One wording: any version to look at, the newest to go on from. Saving keeps a new version with a word on why. */
export function WordingEditor({ wordingKey, onDone }: { wordingKey: WordingKey; onDone: () => void }) {
  const t = useWords('wordings');
  const c = useWords('common');
  const language = useLanguage();
  const versions = useQuery({
    queryKey: ['wordings', wordingKey],
    queryFn: () => call(api.wordings[':key'].$get({ param: { key: wordingKey } })),
  });
  const [chosen, choose] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const [template, setTemplate] = useState<TemplateBody | null>(null);
  const [clauses, setClauses] = useState<Clause[] | null>(null);
  const newest = versions.data?.[0];
  const shown = versions.data?.find((v) => v.number === (chosen ?? newest?.number));
  const save = useVerb(
    () =>
      call(
        api.wordings[':key'].$post({
          param: { key: wordingKey },
          json: {
            from: newest?.number ?? 0,
            note: note.trim(),
            ...(wordingKey === 'CLAUSES'
              ? { clauses: clauses ?? (shown?.clauses as Clause[]) }
              : { template: template ?? TemplateBody.parse(shown?.template) }),
          },
        }),
      ),
    onDone,
  );
  if (versions.error) return <ErrorNotice error={versions.error} />;
  if (!versions.data || !shown) return <Waiting>{c('loading')}</Waiting>;
  const changed = template !== null || clauses !== null || shown.number !== newest?.number;
  return (
    <div className="col">
      <div className="row">
        <h1 className="grow">{wordingKey === 'CLAUSES' ? t('clauses') : t(`status:type.${wordingKey}`)}</h1>
        <Button onClick={onDone}>{t('back')}</Button>
      </div>
      <SelectField
        label={t('version')}
        value={String(shown.number)}
        onChange={(next) => {
          choose(Number(next));
          setTemplate(null);
          setClauses(null);
        }}
        options={versions.data.map((v) => ({
          value: String(v.number),
          label: v.at
            ? t('stands', { number: v.number, by: v.by ?? '', at: formatMoment(v.at, language) })
            : t('builtIn'),
        }))}
      />
      {shown.note && <p className="muted">{shown.note}</p>}
      {shown.template && (
        <TemplateEditor key={shown.number} body={TemplateBody.parse(shown.template)} onChange={setTemplate} />
      )}
      {shown.clauses && (
        <ClausesEditor
          key={shown.number}
          clauses={clauses ?? (shown.clauses as Clause[])}
          onChange={setClauses}
        />
      )}
      <Card className="col next">
        <TextField label={t('note')} value={note} onChange={setNote} maxLength={200} />
        <ErrorNotice error={save.error} />
        <Button
          look="primary"
          big
          disabled={!changed || note.trim() === ''}
          busy={save.isPending && c('sending')}
          onClick={() => save.mutate()}
        >
          {t('save', { number: (newest?.number ?? 0) + 1 })}
        </Button>
        <p className="muted small">{t('saveHint')}</p>
      </Card>
    </div>
  );
}
