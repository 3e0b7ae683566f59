import { useQuery } from '@tanstack/react-query';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card, Tag } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';

/** The records of a case, where they are found after the session: nothing while there is none. */
export function RecordLinks({ caseId }: { caseId: string }) {
  const t = useWords('record');
  const language = useLanguage();
  useLive([`case:${caseId}`], ['records']);
  const theCase = useCase(caseId).data;
  const sessions = theCase?.sessions ?? [];
  const records = useQuery({
    queryKey: ['records', caseId],
    queryFn: () => call(api.cases[':caseId'].records.$get({ param: { caseId } })),
    enabled: theCase?.can.includes('read-record') ?? false,
  });
  const staff = askingAs() === 'staff';
  if (!records.data) return null;
  // Also after the end: to read it out, to make the sheet of undisputed facts.
  const unread = sessions.filter(
    (one) => staff && one.status === 'ENDED' && !records.data.some((r) => r.sessionId === one.id),
  );
  if (records.data.length === 0 && unread.length === 0) return null;
  return (
    <Card className="col" label={t('tab')}>
      <h2>{t('tab')}</h2>
      {unread.map((one) => (
        <div className="row" key={one.id}>
          <span className="grow muted">{formatMoment(one.plannedStart, language)}</span>
          <a className="btn" href={`/sessions/${one.id}`}>
            {t('openIn')}
          </a>
        </div>
      ))}
      {records.data.map((one) => (
        <div className="row" key={`${one.sessionId}${one.kind}`}>
          <span className="grow">
            {t(one.kind === 'TALKS' ? 'title' : 'sheetTitle')}{' '}
            <span className="muted">{formatMoment(one.startedAt, language)}</span>
          </span>
          <Tag kind={one.status === 'CONFIRMED' ? 'ok' : 'warn'}>{t(`status.${one.status}`)}</Tag>
          {staff && (
            <a className="btn" href={`/sessions/${one.sessionId}`}>
              {t('openIn')}
            </a>
          )}
          {one.hasDocument && (
            <a
              className="btn"
              href={`/api/sessions/${one.sessionId}/records/${one.kind}/pdf?as=${askingAs()}`}
              target="_blank"
              rel="noreferrer"
            >
              {t(one.kind === 'TALKS' ? 'download' : 'downloadFacts')}
            </a>
          )}
        </div>
      ))}
    </Card>
  );
}
