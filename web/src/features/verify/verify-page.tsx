import { useMutation } from '@tanstack/react-query';
import type { VerifyAnswer } from '@tongxi/server/contract/verify.ts';
import { useEffect, useState } from 'react';
import { upload } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Preferences } from '../../shell/frame.tsx';
import { Card, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';

/** For anybody: one sentence, then signatures with time and names, then details. Nothing is kept. */
export function VerifyPage() {
  const t = useWords('verify');
  const c = useWords('common');
  const language = useLanguage();
  const [over, setOver] = useState(false);
  useEffect(() => {
    document.title = `${t('title')} · ${c('brand')}`;
  }, [t, c]);
  const check = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      return upload<VerifyAnswer>('/api/verify', form);
    },
  });
  const answer = check.data;
  const good = answer?.verdict === 'genuine';
  return (
    <>
      <a className="skip" href="#main">
        {c('skip')}
      </a>
      <header className="topbar">
        <a className="brand" href="/verify">
          <i aria-hidden="true">同</i>
          {c('brand')}
        </a>
        <span className="grow" />
        <Preferences />
      </header>
      <main id="main" className="page narrow col">
        <h1>{t('title')}</h1>
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
            const file = e.dataTransfer.files[0];
            if (file) check.mutate(file);
          }}
        >
          <div className="field">
            <label htmlFor="file">{t('choose')}</label>
            <input
              id="file"
              type="file"
              accept="application/pdf"
              onChange={(e) => e.target.files?.[0] && check.mutate(e.target.files[0])}
            />
          </div>
          <p className="muted small">{t('privacy')}</p>
        </div>
        {check.isPending && <Waiting>{t('checking')}</Waiting>}
        <ErrorNotice error={check.error} />
        {answer && (
          <div className="col" data-verdict={answer.verdict} role="status">
            <div className={`notice ${good ? 'ok' : 'seal'}`}>
              <h2>{t(`verdict.${answer.verdict}`)}</h2>
              {answer.effectiveAt && <p>{t('since', { at: formatMoment(answer.effectiveAt, language) })}</p>}
            </div>
            {answer.demo && <p className="notice seal">{t('demo')}</p>}
            {answer.caseNumber && (
              <p>
                {answer.courtName} · {answer.caseNumber}
              </p>
            )}
            {answer.signatures.map((s) => (
              <Card key={s.field} className="col">
                <div className="row">
                  <strong className="grow">
                    {s.name || s.field} <span className="muted">{t(`status:role.${s.role}`)}</span>
                  </strong>
                  <Tag kind={s.ok ? 'ok' : 'seal'}>{t(s.ok ? 'sound' : 'unsound')}</Tag>
                </div>
                <p>{s.time ? t('signedAt', { at: formatMoment(s.time, language) }) : t('noTime')}</p>
                <details>
                  <summary>{t('details')}</summary>
                  <p className="small">{s.certificate}</p>
                  {s.verification && (
                    <p className="small">
                      {t('verification')} {s.verification}
                    </p>
                  )}
                  <ul className="small">
                    {s.checks.map((k) => (
                      <li key={k.code}>
                        {k.ok ? '✓' : '✗'} {t(`check.${k.code}`)}
                      </li>
                    ))}
                  </ul>
                </details>
              </Card>
            ))}
            {answer.stamps.map((s) => (
              <p key={s.field}>
                {s.ok && s.time ? t('stamp', { at: formatMoment(s.time, language) }) : t('stampBroken')}{' '}
                <span className="muted small">{s.authority}</span>
              </p>
            ))}
            {good && answer.stamps.length === 0 && <p className="muted small">{t('noStamp')}</p>}
            {answer.problems.length > 0 && (
              <ul>
                {answer.problems.map((p) => (
                  <li key={`${p.code}${p.field}`}>
                    {t(`problem.${p.code}`)} {p.field}
                  </li>
                ))}
              </ul>
            )}
            <p className="muted small">SHA-256 {answer.sha256}</p>
            {answer.vouching && (
              <p className="muted small" data-vouching={answer.vouching.identity}>
                {answer.vouching.identity === 'LICENSED'
                  ? t('vouching.licensed', { provider: answer.vouching.provider ?? '' })
                  : t('vouching.builtIn')}{' '}
                {answer.vouching.time === 'EXTERNAL' ? t('vouching.external') : t('vouching.installation')}
              </p>
            )}
          </div>
        )}
      </main>
    </>
  );
}
