import { askingAs } from '../../../api/acting.ts';
import { useWords } from '../../../i18n/index.ts';
import { Dialog } from '../../../ui/index.tsx';

/** The certified pages as pictures: nobody gets a partly signed PDF. */
export function PagesDialog({
  caseId,
  of,
  pages,
  onClose,
}: {
  caseId: string;
  of: 'agreement' | 'confirmation';
  pages: number;
  onClose: () => void;
}) {
  const t = useWords('ceremony');
  return (
    <Dialog title={t('fullText')} onClose={onClose}>
      {Array.from({ length: pages }, (_, i) => (
        <img
          // biome-ignore lint/suspicious/noArrayIndexKey: pages have no identity but their number
          key={i}
          className="paper"
          alt={t('pageAlt', { n: i + 1 })}
          src={`/api/cases/${caseId}/${of}/pages/${i + 1}?as=${askingAs()}`}
        />
      ))}
    </Dialog>
  );
}
