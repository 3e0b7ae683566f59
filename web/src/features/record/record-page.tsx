import { useWords } from '../../i18n/index.ts';
import { ErrorNotice, Waiting } from '../../ui/index.tsx';
import { ConfirmRecord } from './confirm-record.tsx';
import { RecordLines } from './record-lines.tsx';
import { type RecordKind, useRecord } from './use-record.ts';

/** What a party checks on its own screen or, after hand-over, at the station: the whole text, then one word on it. */
export function RecordPage({ sessionId, kind }: { sessionId: string; kind: RecordKind }) {
  const t = useWords('record');
  const c = useWords('common');
  const query = useRecord(sessionId, kind);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const record = query.data;
  return (
    <div className="col">
      {kind === 'TALKS' ? (
        <RecordLines sessionId={sessionId} record={record} follow={false} />
      ) : (
        <>
          <h2>{t('sheetTitle')}</h2>
          <ol className="col">
            {record.sheet.map((fact) => (
              <li key={fact.text}>
                {fact.text}
                {fact.support && <p className="muted small">{fact.support}</p>}
              </li>
            ))}
          </ol>
          <h3>{t('issuesTitle')}</h3>
          <ul>
            {record.issues.map((issue) => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        </>
      )}
      <ConfirmRecord sessionId={sessionId} kind={kind} record={record} />
    </div>
  );
}
