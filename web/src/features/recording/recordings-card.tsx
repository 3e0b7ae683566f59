import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card } from '../../ui/index.tsx';
import { useRecordings } from './use-recording.ts';

/** Where the recordings of a case are found; nothing while there is none. */
export function RecordingsCard({ caseId }: { caseId: string }) {
  const t = useWords('recording');
  const language = useLanguage();
  const recordings = useRecordings(caseId).data ?? [];
  if (recordings.length === 0) return null;
  return (
    <Card className="col" label={t('title')}>
      <h2>{t('title')}</h2>
      {recordings.map((one) => (
        <div key={one.id}>
          {one.startedAt && formatMoment(one.startedAt, language)}{' '}
          <span className="muted">{t('cardHint', { count: one.parts.length })}</span>
        </div>
      ))}
      <a className="btn" href={`/cases/${caseId}/recordings`}>
        {t('open')}
      </a>
    </Card>
  );
}
