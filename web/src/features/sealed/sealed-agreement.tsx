import { useQuery } from '@tanstack/react-query';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { ErrorNotice, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { PaperPages } from '../paper/index.ts';

/** The sealed agreement: see it, keep it, check it; at the station print everything. */
export function SealedAgreement({ caseId }: { caseId: string }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const language = useLanguage();
  const theCase = useCase(caseId);
  const ceremony = useQuery({
    queryKey: ['ceremony', caseId],
    queryFn: () => call(api.cases[':caseId'].ceremony.$get({ param: { caseId } })),
  });
  if (theCase.error) return <ErrorNotice error={theCase.error} />;
  if (!theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const can = (action: (typeof theCase.data.can)[number]) => theCase.data.can.includes(action);
  return (
    <div className="col" data-sealed="true">
      <h2>{t('sealedTitle')}</h2>
      <p className="notice ok">
        {t('effectiveAt', {
          at: theCase.data.effectiveAt ? formatMoment(theCase.data.effectiveAt, language) : '',
        })}
      </p>
      {ceremony.data?.medium === 'ELECTRONIC' &&
        Array.from({ length: ceremony.data.pages }, (_, i) => (
          <img
            // biome-ignore lint/suspicious/noArrayIndexKey: pages have no identity but their number
            key={i}
            className="paper"
            alt={t('pageAlt', { n: i + 1 })}
            src={`/api/cases/${caseId}/agreement/pages/${i + 1}?as=${askingAs()}`}
          />
        ))}
      {ceremony.data?.medium === 'PAPER' && <PaperPages caseId={caseId} />}
      <div className="row">
        {ceremony.data?.medium === 'ELECTRONIC' && (
          <a className="btn primary" href={`/api/cases/${caseId}/agreement.pdf?as=${askingAs()}`} download>
            {t('download')}
          </a>
        )}
        <a className="btn" href="/verify" target="_blank" rel="noreferrer">
          {t('verify')}
        </a>
        {can('print') && (
          <a className="btn" href={`/api/cases/${caseId}/print-all.pdf`} target="_blank" rel="noreferrer">
            {t('printAll')}
          </a>
        )}
      </div>
      <p className="muted small">{t('notEnforceable')}</p>
    </div>
  );
}
