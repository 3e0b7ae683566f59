import { comma, useWords } from '../../i18n/index.ts';
import { ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { useCase } from './queries.ts';

/** The case beside the picture: who, what, what is asked. */
export function CaseSummary({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const c = useWords('common');
  const query = useCase(caseId);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const theCase = query.data;
  return (
    <div className="col">
      <h2>{theCase.title}</h2>
      <div className="row">
        <Tag>{t(`status:case.${theCase.status}`)}</Tag>
        <span className="muted">{theCase.number}</span>
      </div>
      <h3>{t('facts')}</h3>
      <p>{theCase.facts}</p>
      {theCase.requests && (
        <>
          <h3>{t('requests')}</h3>
          <p>{theCase.requests}</p>
        </>
      )}
      <h3>{t('people')}</h3>
      <ul>
        {theCase.parties.map((party) => (
          <li key={party.id}>
            {party.name}
            <span className="muted"> {t(`side.${party.side}`)}</span>
            {party.occupation ? `${comma()}${party.occupation}` : ''}
            {party.age === null ? '' : `${comma()}${t('years', { age: party.age })}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
