import { useState } from 'react';
import { upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import type { Case } from './queries.ts';
import { useVerb } from './use-verb.ts';

/** Papers handed in, with their hashes; more may be added. */
export function Papers({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const [files, setFiles] = useState<FileList | null>(null);
  const add = useVerb(async () => {
    for (const file of files ?? []) {
      const form = new FormData();
      form.set('file', file);
      form.set('kind', 'EVIDENCE');
      await upload(`/api/cases/${theCase.id}/attachments`, form);
    }
    setFiles(null);
  });
  return (
    <div className="col">
      {theCase.attachments.length === 0 && <p className="muted">{t('noPapers')}</p>}
      <ul>
        {theCase.attachments.map((a) => (
          <li key={a.id}>
            <a href={`/api/cases/${theCase.id}/attachments/${a.id}`}>{a.name}</a>{' '}
            <span className="muted small">SHA-256 {a.sha256.slice(0, 12)}…</span>
          </li>
        ))}
      </ul>
      {theCase.can.includes('upload') && (
        <>
          <div className="field">
            <label htmlFor="more-papers">{t('addPapers')}</label>
            <input
              id="more-papers"
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
              onChange={(e) => setFiles(e.target.files)}
            />
          </div>
          <ErrorNotice error={add.error} />
          <Button
            disabled={!files || files.length === 0}
            busy={add.isPending && c('sending')}
            onClick={() => add.mutate()}
          >
            {t('upload')}
          </Button>
        </>
      )}
      {theCase.can.includes('print') && (
        <a className="btn" href={`/api/cases/${theCase.id}/print/notice`} target="_blank" rel="noreferrer">
          {t('printNotice')}
        </a>
      )}
    </div>
  );
}
