import { askingAs } from '../../api/acting.ts';
import { useWords } from '../../i18n/index.ts';
import { ErrorNotice } from '../../ui/index.tsx';
import { usePaper } from './use-paper.ts';

/** The photographed pages in order; a tap gives the original. */
export function PaperPages({ caseId }: { caseId: string }) {
  const t = useWords('ceremony');
  const paper = usePaper(caseId);
  if (paper.error) return <ErrorNotice error={paper.error} />;
  return (
    <div className="col">
      {paper.data?.scans.map((scan, i) => (
        <a key={scan.id} href={`/api/cases/${caseId}/attachments/${scan.id}?as=${askingAs()}`} download>
          <img
            className="paper"
            alt={t('paper.pageAlt', { n: i + 1, name: scan.name })}
            src={`/api/cases/${caseId}/attachments/${scan.id}/picture?as=${askingAs()}`}
          />
        </a>
      ))}
    </div>
  );
}
