import { useState } from 'react';
import { api, call, upload } from '../../api/client.ts';
import { serverNow } from '../../api/server-time.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { PaperPages } from './paper-pages.tsx';
import { type Paper, usePaper } from './use-paper.ts';

const shanghaiToday = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(serverNow());

/** Signing by hand in three steps: print, photograph the signed pages, two people compare. */
export function PaperPanel({ caseId }: { caseId: string }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const language = useLanguage();
  const theCase = useCase(caseId);
  const paper = usePaper(caseId);
  if (paper.error) return <ErrorNotice error={paper.error} />;
  if (!paper.data || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const can = (action: (typeof theCase.data.can)[number]) => theCase.data.can.includes(action);
  const { scans, signedOn, checks } = paper.data;
  return (
    <div className="col">
      <p>{t('paperPanel')}</p>
      {theCase.data.paperOnly && (
        <p className="notice warn">{t('paper.byLaw', { basis: theCase.data.paperOnly.basis })}</p>
      )}
      <h3>{t('paper.step1')}</h3>
      {can('print') && (
        <div className="row">
          <a className="btn" href={`/api/cases/${caseId}/print/paper`} target="_blank" rel="noreferrer">
            {t('printPaper')}
          </a>
        </div>
      )}
      <h3>{t('paper.step2')}</h3>
      <p>
        <Tag kind={scans.length > 0 ? 'ok' : 'warn'}>
          {scans.length > 0
            ? t('paper.photographed', { count: scans.length, day: signedOn ?? '' })
            : t('paper.notPhotographed')}
        </Tag>
      </p>
      {can('upload-paper-scan') && <Photograph caseId={caseId} again={scans.length > 0} />}
      {scans.length > 0 && (
        <>
          <h3>{t('paper.step3')}</h3>
          {[0, 1].map((i) => {
            const check = checks[i];
            return (
              <div key={i} className="check">
                <span className={check ? 'box y' : 'box'} aria-hidden="true">
                  {check ? '✓' : ''}
                </span>
                <div className="grow">
                  <strong>{check?.name ?? t(i === 0 ? 'paper.firstOpen' : 'paper.secondOpen')}</strong>
                  {check && <div className="muted small">{formatMoment(check.at, language)}</div>}
                </div>
              </div>
            );
          })}
          {can('check-paper') && <Compare caseId={caseId} paper={paper.data} />}
        </>
      )}
    </div>
  );
}

function Photograph({ caseId, again }: { caseId: string; again: boolean }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [files, setFiles] = useState<File[]>([]);
  const [signedOn, setSignedOn] = useState(shanghaiToday());
  const send = useVerb(
    async () => {
      const attachmentIds: string[] = [];
      for (const file of files) {
        const form = new FormData();
        form.set('file', file);
        form.set('kind', 'PAPER_AGREEMENT');
        attachmentIds.push((await upload<{ id: string }>(`/api/cases/${caseId}/attachments`, form)).id);
      }
      await call(
        api.cases[':caseId'].agreement.paper.$post({ param: { caseId }, json: { attachmentIds, signedOn } }),
      );
    },
    () => setFiles([]),
  );
  return (
    <div className="col">
      <div className="field">
        <label htmlFor="paper-pages">{t(again ? 'paper.photographAgain' : 'paper.photograph')}</label>
        <input
          id="paper-pages"
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
          onChange={(e) => setFiles([...(e.target.files ?? [])])}
        />
        <span className="muted small">{t(again ? 'paper.againHint' : 'paper.photographHint')}</span>
      </div>
      <TextField label={t('paper.signedOn')} type="date" value={signedOn} onChange={setSignedOn} />
      <ErrorNotice error={send.error} />
      <Button
        look={again ? 'plain' : 'primary'}
        disabled={files.length === 0 || signedOn === ''}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('paper.send')}
      </Button>
    </div>
  );
}

/** The photographs as they were shown are what is confirmed: replaced meanwhile, the answer is refused. */
function Compare({ caseId, paper }: { caseId: string; paper: Paper }) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const check = useVerb(() =>
    call(
      api.cases[':caseId'].agreement.paper.check.$post({
        param: { caseId },
        json: { scans: paper.scans.map((s) => s.sha256) },
      }),
    ),
  );
  if (paper.checkedByMe) return <p className="notice">{t('paper.waitSecond')}</p>;
  return (
    <div className="col">
      <p>{t('paper.compareHint')}</p>
      <PaperPages caseId={caseId} />
      <ErrorNotice error={check.error} />
      <Button look="primary" big wide busy={check.isPending && c('sending')} onClick={() => check.mutate()}>
        {t('checkPaper')}
      </Button>
    </div>
  );
}
