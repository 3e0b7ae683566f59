import type { DraftState } from '@tongxi/server/contract/draft.ts';
import { draftProse, editText, type ProseField } from '@tongxi/server/contract/draft.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, TextField } from '../../ui/index.tsx';
import { AddTerm } from './add-term.tsx';
import { Approvals } from './approvals.tsx';
import { Findings } from './findings.tsx';
import { StartFromTemplate } from './library.tsx';
import { TermCard } from './term-card.tsx';
import type { Party } from './term-form.tsx';
import type { useDraft } from './use-draft.ts';

type Props = {
  caseId: string;
  draft: ReturnType<typeof useDraft>;
  state: DraftState;
  parties: Party[];
};

/** The mediator's editor: terms are blocks, checked while typing; everybody sees the same text live. */
export function DraftText({ caseId, draft, state, parties }: Props) {
  const t = useWords('draft');
  const { doc, content } = draft;
  const edit = state.canEdit;
  const prose = (field: ProseField, rows: number) => (
    <TextField
      label={t(field)}
      rows={rows}
      value={content[field]}
      disabled={!edit}
      onChange={(value) => editText(draftProse(doc, field), value)}
      maxLength={8000}
    />
  );
  const common = state.findings.filter((f) => f.termId === null && f.code !== 'NO_TERMS');
  return (
    <div className="col">
      {state.status !== 'DRAFTING' && edit && (
        <p className="notice warn">
          {state.signaturesAtStake.length > 0
            ? t('fallsSigned', { names: state.signaturesAtStake.join(listMark()) })
            : t('fallsFrozen')}
        </p>
      )}
      {edit && content.terms.length === 0 && state.status === 'DRAFTING' && (
        <StartFromTemplate caseId={caseId} waits={draft.unsent > 0} />
      )}
      {prose('facts', 3)}
      {prose('disputed', 2)}
      <div className="row">
        <h3 className="grow">{t('terms')}</h3>
        {state.template && (
          <span className="muted small">
            {t('fromTemplate', {
              name: t(`status:type.${state.template.key}`),
              number: state.template.number,
            })}
          </span>
        )}
      </div>
      {content.terms.length === 0 && <p className="muted">{t('noTerms')}</p>}
      {content.terms.map((term, index) => (
        <TermCard
          key={term.id}
          doc={doc}
          term={term}
          place={index + 1}
          last={index === content.terms.length - 1}
          parties={parties}
          edit={edit}
          caseId={caseId}
          findings={state.findings.filter((f) => f.termId === term.id)}
          wording={state.wording.find((w) => w.termId === term.id)?.text}
        />
      ))}
      {edit && <AddTerm caseId={caseId} doc={doc} />}
      {edit && (
        <div className="row">
          <Button look="ghost" disabled={!draft.canUndo} onClick={() => draft.undo.undo()}>
            {t('undo')}
          </Button>
          <Button look="ghost" disabled={!draft.canRedo} onClick={() => draft.undo.redo()}>
            {t('redo')}
          </Button>
        </div>
      )}
      {prose('performance', 2)}
      <Findings findings={common} />
      <Approvals caseId={caseId} draft={draft} parties={parties} />
    </div>
  );
}
