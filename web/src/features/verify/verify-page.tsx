import { useMutation } from '@tanstack/react-query';
import type { VerifyAnswer } from '@tongxi/server/contract/verify.ts';
import { useEffect, useState } from 'react';
import { download, upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Preferences } from '../../shell/frame.tsx';
import { Button, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { PagePictures } from './page-pictures.tsx';
import { SignatureList } from './signature-list.tsx';
import { TechnicalDetails } from './technical-details.tsx';
import { VerdictCard } from './verdict-card.tsx';

/** For anybody: one sentence, then signatures with time and names, then pictures and details. Nothing is kept. */
export function VerifyPage() {
  const t = useWords('verify');
  const c = useWords('common');
  const [file, setFile] = useState<File | null>(null);
  const [field, setField] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${t('title')} · ${c('brand')}`;
  }, [t, c]);
  const check = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.set('file', chosen);
      return upload<VerifyAnswer>('/api/verify', form);
    },
  });
  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setField(null);
    check.mutate(chosen);
  };
  const answer = check.data;
  const signer = answer?.signatures.find((one) => one.field === field);
  const drawn = file && answer && (field !== null || answer.verdict === 'changed');
  return (
    <>
      <a className="skip" href="#main">
        {c('skip')}
      </a>
      <header className="topbar">
        <a className="brand" href="/verify">
          <i aria-hidden="true">同</i>
          {t('title')}
        </a>
        <span className="grow" />
        <Preferences />
      </header>
      <main id="main" className="page narrow col">
        <h1 className={answer ? 'visually-hidden' : ''}>{t('title')}</h1>
        {answer ? null : <Chooser onChoose={choose} />}
        {check.isPending && <Waiting>{t('checking')}</Waiting>}
        <ErrorNotice error={check.error} />
        {file && answer && (
          <>
            <VerdictCard answer={answer} file={file} />
            <SignatureList answer={answer} chosen={field} onChoose={setField} />
            {drawn && (
              <PagePictures
                file={file}
                field={field}
                name={signer?.name ?? null}
                changed={answer.verdict === 'changed'}
              />
            )}
            <TechnicalDetails answer={answer} />
            <TakeReport file={file} />
            <Button onClick={() => check.reset()}>{t('again')}</Button>
          </>
        )}
      </main>
    </>
  );
}

/** The verdict as a document to keep: made anew from the file, kept by nobody else. */
function TakeReport({ file }: { file: File }) {
  const t = useWords('verify');
  const take = useMutation({
    mutationFn: async () => {
      const form = new FormData();
      form.set('file', file);
      const url = URL.createObjectURL(await download('/api/verify/report', form));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${file.name.replace(/\.pdf$/i, '')}-${t('reportName')}.pdf`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
  });
  return (
    <>
      <Button onClick={() => take.mutate()} busy={take.isPending && t('reporting')}>
        {t('report')}
      </Button>
      <ErrorNotice error={take.error} />
    </>
  );
}

function Chooser({ onChoose }: { onChoose: (file: File | undefined) => void }) {
  const t = useWords('verify');
  const [over, setOver] = useState(false);
  return (
    <>
      <p>{t('lead')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        className={`card col ${over ? 'next' : ''}`}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          onChoose(e.dataTransfer.files[0]);
        }}
      >
        <label className="btn primary big wide file-choice">
          {t('choose')}
          <input
            id="file"
            type="file"
            accept="application/pdf"
            className="visually-hidden"
            onChange={(e) => onChoose(e.target.files?.[0])}
          />
        </label>
        <p className="muted small">{t('drop')}</p>
        <p className="muted small">{t('privacy')}</p>
      </div>
    </>
  );
}
