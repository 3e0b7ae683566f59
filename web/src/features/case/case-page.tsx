import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Frame } from '../../shell/frame.tsx';
import { Card, ErrorNotice, Tabs, Tag, Waiting } from '../../ui/index.tsx';
import { Flags } from '../flags/index.ts';
import { EndBanner, Procedure } from '../procedure/index.ts';
import { CaseSummary } from './case-summary.tsx';
import { Deadlines } from './deadlines.tsx';
import { EndCase } from './end-case.tsx';
import { NextStep } from './next-step.tsx';
import { Papers } from './papers.tsx';
import { People } from './people.tsx';
import { useCase } from './queries.ts';
import { Sessions } from './sessions.tsx';
import { Timeline } from './timeline.tsx';

const RecordLinks = lazy(() => import('../record/index.ts').then((m) => ({ default: m.RecordLinks })));
const RecordingsCard = lazy(() =>
  import('../recording/recordings-card.tsx').then((m) => ({ default: m.RecordingsCard })),
);
const Protections = lazy(() => import('../apart/protections.tsx').then((m) => ({ default: m.Protections })));
const DraftPanel = lazy(() => import('../draft/index.ts').then((m) => ({ default: m.DraftPanel })));
const SigningPanel = lazy(() => import('../ceremony/index.ts').then((m) => ({ default: m.SigningPanel })));
const AfterPanel = lazy(() => import('../after/index.ts').then((m) => ({ default: m.AfterPanel })));
const ConfirmationPanel = lazy(() =>
  import('../confirmation/index.ts').then((m) => ({ default: m.ConfirmationPanel })),
);
const SealedAgreement = lazy(() =>
  import('../sealed/index.ts').then((m) => ({ default: m.SealedAgreement })),
);

/** One case: its one next step large, everything else beneath. */
export function CasePage({ caseId }: { caseId: string }) {
  const t = useWords('case');
  const c = useWords('common');
  const query = useCase(caseId);
  const [asked, askTab] = useState<{ key?: string; times: number }>({ times: 0 });
  const beside = useRef<HTMLDivElement>(null);
  // The next step opened a tab: there one goes on, also where it stands further down.
  useEffect(() => {
    if (asked.times > 0) beside.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [asked]);
  if (query.error) {
    return (
      <Frame title={t('title')} narrow>
        <div className="col">
          <h1>{t('title')}</h1>
          <ErrorNotice error={query.error} />
          <a className="btn primary" href="/">
            {c('toHome')}
          </a>
        </div>
      </Frame>
    );
  }
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const theCase = query.data;
  const frozen =
    theCase.agreement && theCase.agreement.status !== 'DRAFTING' && theCase.agreement.status !== 'EFFECTIVE';
  const tabs = [
    { key: 'people', label: t('people'), content: <People theCase={theCase} /> },
    { key: 'summary', label: t('summary'), content: <CaseSummary caseId={caseId} /> },
    ...(theCase.can.includes('read-draft') && !theCase.agreement?.effectiveAt
      ? [{ key: 'draft', label: t('draft'), content: <DraftPanel caseId={caseId} /> }]
      : []),
    { key: 'papers', label: t('papers'), content: <Papers theCase={theCase} /> },
    ...(theCase.can.includes('read-timeline')
      ? [{ key: 'after', label: t('after:tab'), content: <AfterPanel caseId={caseId} /> }]
      : []),
    ...(theCase.can.includes('read-timeline')
      ? [{ key: 'timeline', label: t('timeline'), content: <Timeline caseId={caseId} /> }]
      : []),
  ];
  return (
    <Frame title={theCase.title}>
      <div className="col">
        <h1>{theCase.title}</h1>
        <div className="row">
          <Tag>{t(`status:case.${theCase.status}`)}</Tag>
          {theCase.agreement && (
            <Tag kind={theCase.agreement.status === 'EFFECTIVE' ? 'ok' : 'info'}>
              {t(`status:agreement.${theCase.agreement.status}`)}
            </Tag>
          )}
          <span className="muted">{theCase.number}</span>
        </div>
        <EndBanner theCase={theCase} />
        <div className="two case">
          <div className="col">
            {frozen && (
              <Card>
                <SigningPanel caseId={caseId} />
              </Card>
            )}
            {theCase.agreement?.status === 'EFFECTIVE' && (
              <Card>
                <SealedAgreement caseId={caseId} />
              </Card>
            )}
            <div ref={beside}>
              <Card>
                <Tabs key={asked.times} start={asked.key} tabs={tabs} />
              </Card>
            </div>
          </div>
          <div className="col">
            <NextStep
              theCase={theCase}
              onTab={(key) => askTab((before) => ({ key, times: before.times + 1 }))}
            />
            <Sessions theCase={theCase} />
            <Suspense fallback={null}>
              <RecordLinks caseId={caseId} />
            </Suspense>
            {theCase.agreement?.status === 'EFFECTIVE' && (
              <Suspense fallback={null}>
                <ConfirmationPanel caseId={caseId} />
              </Suspense>
            )}
            {theCase.can.includes('play-recording') && (
              <Suspense fallback={null}>
                <RecordingsCard caseId={caseId} />
              </Suspense>
            )}
            <Deadlines theCase={theCase} />
            <Flags theCase={theCase} />
            <Suspense fallback={null}>
              <Protections theCase={theCase} />
            </Suspense>
            <Procedure theCase={theCase} />
            <EndCase theCase={theCase} />
          </div>
        </div>
      </div>
    </Frame>
  );
}
