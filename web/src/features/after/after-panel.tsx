import { api, call } from '../../api/client.ts';
import { formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { Corrections } from '../correction/index.ts';
import { Addresses } from './addresses.tsx';
import { FollowUps } from './follow-ups.tsx';
import { OralAgreement } from './oral-agreement.tsx';
import { Performances } from './performances.tsx';
import { SignFor } from './sign-for.tsx';
import { useAfter } from './use-after.ts';

const forms = ['acceptance', 'address', 'proof', 'performance', 'follow-up', 'oral', 'termination'] as const;

/** What follows an agreement or the end of talks, until the file goes to the archive. */
export function AfterPanel({ caseId }: { caseId: string }) {
  const t = useWords('after');
  const c = useWords('common');
  const language = useLanguage();
  const query = useAfter(caseId);
  const theCase = useCase(caseId);
  const notice = useVerb(() => call(api.cases[':caseId']['termination-notice'].$post({ param: { caseId } })));
  const archive = useVerb(() => call(api.cases[':caseId'].archive.$post({ param: { caseId } })));
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const after = query.data;
  const { status, endCode, effectiveAt, parties } = theCase.data;
  const can = (action: (typeof theCase.data.can)[number]) => theCase.data.can.includes(action);
  const ended = endCode !== null && endCode !== 'AGREEMENT';
  const has: Partial<Record<(typeof forms)[number], boolean>> = {
    address: after.addresses.some((a) => a.at),
    proof: after.services.some((s) => s.status !== 'PENDING'),
    performance: after.performances.length > 0,
    'follow-up': after.followUps.length > 0,
    oral: after.oral !== null,
    termination: ended,
  };
  const archivable = ['CLOSED', 'NO_AGREEMENT', 'TRANSFERRED'].includes(status);
  return (
    <div className="col" data-after="true">
      {ended && !after.terminationNotice && can('record-receipt') && (
        <>
          <p>{t('noticeHint')}</p>
          <ErrorNotice error={notice.error} />
          <Button look="primary" busy={notice.isPending && c('sending')} onClick={() => notice.mutate()}>
            {t('serveNotice')}
          </Button>
        </>
      )}
      {after.services.length > 0 && (
        <section className="col" aria-label={t('services')}>
          <h3>{t('services')}</h3>
          {after.services.map((service) => (
            <div key={service.id} className="row">
              <span className="grow">
                {service.name} · {service.title}
                {service.receivedBy ? ` · ${service.receivedBy}` : ''}
              </span>
              <Tag kind={service.status === 'READ' || service.status === 'SIGNED_FOR' ? 'ok' : 'warn'}>
                {t(`status:service.${service.status}`)}
              </Tag>
              {service.at && <span className="muted small">{formatMoment(service.at, language)}</span>}
              {can('record-receipt') && service.status !== 'SIGNED_FOR' && (
                <SignFor caseId={caseId} serviceId={service.id} name={service.name} />
              )}
            </div>
          ))}
        </section>
      )}
      <Addresses caseId={caseId} after={after} parties={parties} edit={can('confirm-service-address')} />
      {after.performances.length > 0 && (
        <Performances
          caseId={caseId}
          after={after}
          edit={can('record-performance') && (status === 'PERFORMING' || status === 'BREACHED')}
        />
      )}
      {effectiveAt && (
        <FollowUps caseId={caseId} after={after} edit={can('follow-up') && status !== 'ARCHIVED'} />
      )}
      {can('read-agreement') && (
        <Corrections
          caseId={caseId}
          propose={can('propose-correction') && status !== 'ARCHIVED'}
          handOver={can('hand-over-screen')}
        />
      )}
      {can('agree-orally') &&
        (status === 'MEDIATING' || status === 'ACCEPTED') &&
        (theCase.data.agreement === null || theCase.data.agreement.status === 'DRAFTING') && (
          <OralAgreement caseId={caseId} parties={parties} />
        )}
      {can('print') && (
        <section className="col" aria-label={t('forms')}>
          <h3>{t('forms')}</h3>
          <div className="row">
            {forms
              .filter((kind) => has[kind] !== false)
              .map((kind) => (
                <a
                  key={kind}
                  className="btn"
                  href={`/api/cases/${caseId}/forms/${kind}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t(`form.${kind}`)}
                </a>
              ))}
            {can('export-draft') && theCase.data.agreement?.status === 'DRAFTING' && (
              <a className="btn" href={`/api/cases/${caseId}/draft.docx`} download>
                {t('word')}
              </a>
            )}
          </div>
        </section>
      )}
      {can('download-dossier') && (
        <section className="col" aria-label={t('dossier')}>
          <h3>{t('dossier')}</h3>
          {archivable && after.missing.length > 0 && (
            <p className="notice warn">{t('missing', { what: after.missing.join(listMark()) })}</p>
          )}
          <ErrorNotice error={archive.error} />
          <div className="row">
            <a className="btn" href={`/api/cases/${caseId}/dossier.pdf`} target="_blank" rel="noreferrer">
              {t('openDossier')}
            </a>
            {can('archive') && archivable && (
              <Button
                look="primary"
                disabled={after.missing.length > 0}
                busy={archive.isPending && c('sending')}
                onClick={() => archive.mutate()}
              >
                {t('archive')}
              </Button>
            )}
          </div>
        </section>
      )}
    </div>
  );
}
