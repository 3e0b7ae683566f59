import { useWords } from '../../i18n/index.ts';
import { useMe } from '../../shell/frame.tsx';
import { ErrorNotice, Tabs, Tag, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { ComparePanel } from './compare-panel.tsx';
import { DraftText } from './draft-text.tsx';
import './draft.css';
import { OffersPanel } from './offers-panel.tsx';
import { useDraft } from './use-draft.ts';

/** The draft for whoever writes or follows it: the text, what was offered, how it came to be. */
export function DraftPanel({ caseId }: { caseId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const me = useMe();
  const draft = useDraft(caseId, me.data?.staffUserId ?? null);
  const theCase = useCase(caseId);
  if (draft.error) return <ErrorNotice error={draft.error} />;
  if (!draft.state || !theCase.data) return <Waiting>{c('loading')}</Waiting>;
  const parties = theCase.data.parties.map(({ id, name }) => ({ id, name }));
  const { can } = theCase.data;
  const tabs = [
    {
      key: 'text',
      label: t('tab.text'),
      content: <DraftText caseId={caseId} draft={draft} state={draft.state} parties={parties} />,
    },
    ...(can.includes('read-offers')
      ? [
          {
            key: 'offers',
            label: t('tab.offers'),
            content: <OffersPanel caseId={caseId} parties={parties} content={draft.content} />,
          },
        ]
      : []),
    { key: 'compare', label: t('tab.compare'), content: <ComparePanel caseId={caseId} /> },
  ];
  return (
    <div className="col">
      <div className="row">
        <h2 className="grow">{t('title')}</h2>
        {draft.state.canEdit && (
          <Tag kind={draft.unsent > 0 ? 'warn' : 'ok'}>{t(draft.unsent > 0 ? 'unsaved' : 'saved')}</Tag>
        )}
      </div>
      {draft.problem && <ErrorNotice error={draft.problem} />}
      <Tabs tabs={tabs} />
    </div>
  );
}
