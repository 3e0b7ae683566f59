import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useActWords } from '../../i18n/act-words.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { ErrorNotice, Waiting } from '../../ui/index.tsx';

/** Who did what and when, from the audit log. */
export function Timeline({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const c = useWords('common');
  const act = useActWords();
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['timeline', caseId],
    queryFn: () => call(api.cases[':caseId'].timeline.$get({ param: { caseId } })),
  });
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <table className="timeline">
      <thead>
        <tr>
          <th scope="col">{t('time')}</th>
          <th scope="col">{t('act')}</th>
          <th scope="col">{t('by')}</th>
        </tr>
      </thead>
      <tbody>
        {query.data.map((e) => (
          <tr key={e.seq}>
            <td>{formatMoment(e.at, language)}</td>
            <td>{act(e.action)}</td>
            <td>
              {e.duty ? t(`status:duty.${e.duty}`) : ''} {e.actor ?? ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
