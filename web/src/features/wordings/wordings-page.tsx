import { useQuery } from '@tanstack/react-query';
import type { WordingKey } from '@tongxi/server/contract/wording.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { WordingEditor } from './wording-editor.tsx';

/** The court's templates and clause library: each in the version that stands, every earlier one kept. */
export function WordingsPage() {
  const t = useWords('wordings');
  const c = useWords('common');
  const language = useLanguage();
  const [editing, edit] = useState<WordingKey | null>(null);
  const list = useQuery({ queryKey: ['wordings'], queryFn: () => call(api.wordings.$get()) });
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting>{c('loading')}</Waiting>;
  if (editing) return <WordingEditor wordingKey={editing} onDone={() => edit(null)} />;
  return (
    <div className="col">
      <h1>{t('title')}</h1>
      <p className="muted">{t('hint')}</p>
      {list.data.wordings.map((wording) => (
        <Card key={wording.key}>
          <div className="row" data-wording={wording.key}>
            <div className="grow">
              <h2>{wording.key === 'CLAUSES' ? t('clauses') : t(`status:type.${wording.key}`)}</h2>
              <p className="muted small">
                {wording.at
                  ? t('stands', {
                      number: wording.number,
                      by: wording.by ?? '',
                      at: formatMoment(wording.at, language),
                    })
                  : t('builtIn')}
                {wording.note && ` · ${wording.note}`}
              </p>
            </div>
            <Button onClick={() => edit(wording.key)}>{t('open')}</Button>
          </div>
        </Card>
      ))}
    </div>
  );
}
