import { useQuery, useQueryClient } from '@tanstack/react-query';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card, ErrorNotice, Tag } from '../../ui/index.tsx';

/** Every document that was served on this side, to be read here; nothing while there is none. */
export function ServedDocuments({ caseId }: { caseId: string }) {
  const t = useWords('served');
  const language = useLanguage();
  const queries = useQueryClient();
  useLive([`case:${caseId}`], ['served']);
  const served = useQuery({
    queryKey: ['served', caseId],
    queryFn: () => call(api.cases[':caseId'].served.$get({ param: { caseId } })),
  });
  if (served.error) return <ErrorNotice error={served.error} />;
  if (!served.data || served.data.length === 0) return null;
  return (
    <Card className="col" label={t('title')}>
      <h2>{t('title')}</h2>
      <p className="muted">{t('hint')}</p>
      {served.data.map(({ documentId, title, at, readAt, signedAt }) => (
        <div className="row" key={documentId}>
          <span className="grow col">
            <strong>{title}</strong>
            <span className="muted small">{t('servedAt', { at: formatMoment(at, language) })}</span>
          </span>
          <Tag kind={readAt || signedAt ? 'ok' : 'warn'}>
            {t(signedAt ? 'signed' : readAt ? 'read' : 'unread')}
          </Tag>
          <a
            className="btn"
            href={`/api/cases/${caseId}/served/${documentId}?as=${askingAs()}`}
            target="_blank"
            rel="noreferrer"
            aria-label={t('openNamed', { title })}
            onClick={() => setTimeout(() => void queries.invalidateQueries({ queryKey: ['served'] }), 1500)}
          >
            {t('open')}
          </a>
        </div>
      ))}
    </Card>
  );
}
