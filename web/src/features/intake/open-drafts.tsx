import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';
import { formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Dialog, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** Disputes that were begun and not registered yet, on whichever device. */
export function OpenDrafts() {
  const t = useWords('intake');
  const language = useLanguage();
  const [, go] = useLocation();
  const drafts = useQuery({
    queryKey: ['intake-drafts'],
    queryFn: () => call(api['intake-drafts'].$get()),
    staleTime: 0,
  });
  const [leaving, leave] = useState<string | null>(null);
  const discard = useVerb(
    (draftId: string) => call(api['intake-drafts'][':draftId'].$delete({ param: { draftId } })),
    () => leave(null),
  );
  if (drafts.error) return <ErrorNotice error={drafts.error} />;
  if (!drafts.data || drafts.data.length === 0) return null;
  const nameOf = (names: string[]) => (names.length > 0 ? names.join(listMark()) : t('noNameYet'));
  const chosen = drafts.data.find((d) => d.id === leaving);
  return (
    <Card className="col">
      <h2>{t('openDrafts')}</h2>
      {drafts.data.map((d) => (
        <div key={d.id} className="col">
          <div>
            <strong>{nameOf(d.names)}</strong>{' '}
            <span className="muted">{t(`status:type.${d.disputeType}`)}</span>
            <div className="muted small">{formatMoment(d.updatedAt, language)}</div>
          </div>
          <div className="row">
            <Button onClick={() => go(`/cases/new/${d.id}`)}>{t('goOn')}</Button>
            <Button look="ghost" onClick={() => leave(d.id)}>
              {t('discard')}
            </Button>
          </div>
        </div>
      ))}
      {chosen && (
        <Dialog title={t('discard')} onClose={() => leave(null)}>
          <p>{t('discardHint', { names: nameOf(chosen.names) })}</p>
          <ErrorNotice error={discard.error} />
          <Button look="seal" big onClick={() => discard.mutate(chosen.id)}>
            {t('discard')}
          </Button>
        </Dialog>
      )}
    </Card>
  );
}
