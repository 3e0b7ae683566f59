import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tabs, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { Compared } from './compare-panel.tsx';
import './draft.css';
import { OffersPanel } from './offers-panel.tsx';
import { useDraft } from './use-draft.ts';

/** What a party reads: the live text in large type, and “我同意这个文本” bound to exactly this text. */
export function DraftReader({ caseId }: { caseId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const draft = useDraft(caseId);
  const theCase = useCase(caseId);
  const { state, content } = draft;
  const [comparing, compare] = useState(false);
  const agree = useVerb(() =>
    call(
      api.cases[':caseId'].draft.agree.$post({
        param: { caseId },
        json: { contentSha256: state?.contentSha256 ?? '' },
      }),
    ),
  );
  if (draft.error) return <ErrorNotice error={draft.error} />;
  if (!state || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const own = state.approvals.find((a) => a.mine);
  const agreed = own?.current ?? false;
  const changedSince = own && !own.current ? own.seq : null;
  const open = state.findings.some((f) => f.level === 'stop');
  const text = (
    <div className="col">
      <section
        className="agreement-text"
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('readerTitle')}
        data-content-sha256={state.contentSha256}
      >
        {content.terms.length === 0 ? (
          <p className="muted">{t('noTermsYet')}</p>
        ) : (
          <>
            <p>{content.facts}</p>
            <ol>
              {state.wording.map(({ termId, text }) => (
                <li key={termId}>{text}</li>
              ))}
            </ol>
          </>
        )}
      </section>
      {changedSince !== null && (
        <div className="notice warn row">
          <span className="grow">{t('changedSince')}</span>
          <Button onClick={() => compare(true)}>{t('showChanges')}</Button>
        </div>
      )}
      {comparing && changedSince !== null && (
        <Dialog title={t('showChanges')} onClose={() => compare(false)}>
          <Compared caseId={caseId} from={`s${changedSince}`} to={`s${state.seq}`} />
          <Button look="ghost" onClick={() => compare(false)}>
            {c('close')}
          </Button>
        </Dialog>
      )}
      <ErrorNotice error={agree.error} />
      {agreed ? (
        <p className="notice ok" role="status">
          {t('youAgreed')}
        </p>
      ) : (
        <Button
          look="primary"
          big
          wide
          disabled={open || content.terms.length === 0}
          busy={agree.isPending && c('sending')}
          onClick={() => agree.mutate()}
        >
          {t('agreeText')}
        </Button>
      )}
      <p className="muted small">{t('agreeHint')}</p>
    </div>
  );
  const parties = theCase.data.parties.map(({ id, name }) => ({ id, name }));
  const talking = theCase.data.can.includes('read-offers') && state.status === 'DRAFTING';
  return (
    <div className="col">
      <h2>{t('readerTitle')}</h2>
      {talking ? (
        <Tabs
          tabs={[
            { key: 'text', label: t('tab.text'), content: text },
            {
              key: 'offers',
              label: t('tab.offers'),
              content: <OffersPanel caseId={caseId} parties={parties} content={content} />,
            },
          ]}
        />
      ) : (
        text
      )}
    </div>
  );
}
