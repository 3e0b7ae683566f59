import { useWords } from '../../i18n/index.ts';
import { Frame } from '../../shell/frame.tsx';
import { Empty, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { OneRecording } from './one-recording.tsx';
import { useRecordings } from './use-recording.ts';
import './recording.css';

/** The recordings of a case: each part to play, with the record beside it to jump by. */
export function RecordingsPage({ caseId }: { caseId: string }) {
  const t = useWords('recording');
  const c = useWords('common');
  const theCase = useCase(caseId).data;
  const query = useRecordings(caseId);
  return (
    <Frame title={t('pageTitle')}>
      <div className="col">
        <h1>{t('pageTitle')}</h1>
        <p className="row">
          <span className="grow muted">
            {theCase?.title} {theCase?.number}
          </span>
          <a className="btn" href={`/cases/${caseId}`}>
            {t('back')}
          </a>
        </p>
        <ErrorNotice error={query.error} />
        {!query.data && !query.error && <Waiting>{c('loading')}</Waiting>}
        {query.data?.length === 0 && <Empty title={t('none')} />}
        {query.data?.map((recording) => (
          <OneRecording
            key={recording.id}
            caseId={caseId}
            recording={recording}
            mayDownload={theCase?.can.includes('download-recording') ?? false}
          />
        ))}
        <p className="muted small">{t('downloadHint')}</p>
      </div>
    </Frame>
  );
}
