import { useQuery } from '@tanstack/react-query';
import { addTerm, type DraftTerm } from '@tongxi/server/contract/draft.ts';
import { emptyTerm, type TermKind } from '@tongxi/server/contract/terms.ts';
import type { CaseWordings, Clause } from '@tongxi/server/contract/wording.ts';
import { useState } from 'react';
import type * as Y from 'yjs';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Dialog, ErrorNotice, SelectField, TextField, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';

function useWordings(caseId: string) {
  return useQuery({
    queryKey: ['case-wordings', caseId],
    queryFn: () => call(api.cases[':caseId'].draft.wordings.$get({ param: { caseId } })),
  });
}

/** An empty draft starts from the court's template for this kind of dispute, or another's. */
export function StartFromTemplate({ caseId, waits }: { caseId: string; waits: boolean }) {
  const t = useWords('draft');
  const c = useWords('common');
  const wordings = useWordings(caseId);
  const [chosen, choose] = useState<string | null>(null);
  const templates: CaseWordings['templates'] = wordings.data?.templates ?? [];
  const key = (templates.find((w) => w.key === chosen) ?? templates[0])?.key;
  const start = useVerb(() =>
    call(api.cases[':caseId'].draft.template.$post({ param: { caseId }, json: { key: key ?? 'OTHER' } })),
  );
  if (templates.length === 0) return null;
  return (
    <Card className="col next" label={t('template.title')}>
      <h3>{t('template.title')}</h3>
      <SelectField
        label={t('template.which')}
        value={key ?? ''}
        onChange={choose}
        options={templates.map((w) => ({
          value: w.key,
          label: t('template.option', {
            name: t(`status:type.${w.key}`),
            count: w.terms,
            version: w.number,
          }),
        }))}
      />
      <ErrorNotice error={start.error} />
      <Button
        look="primary"
        disabled={waits}
        busy={start.isPending && c('sending')}
        onClick={() => start.mutate()}
      >
        {t('template.start')}
      </Button>
      <p className="muted small">{t('template.hint')}</p>
    </Card>
  );
}

/** Where a clause's words go in a block of its kind. */
const fieldOf: Record<TermKind, string> = {
  payment: 'purpose',
  split: 'purpose',
  act: 'remedy',
  apology: 'form',
  waiver: 'text',
  default: 'text',
  costs: 'what',
  other: 'text',
};

/** The clause library: found by word, those of this kind of dispute first, each with its basis. */
export function ClauseDialog({ caseId, doc, onClose }: { caseId: string; doc: Y.Doc; onClose: () => void }) {
  const t = useWords('draft');
  const c = useWords('common');
  const wordings = useWordings(caseId);
  const type = useCase(caseId).data?.disputeType;
  const [word, search] = useState('');
  const [all, showAll] = useState(false);
  const fits = (clause: Clause) =>
    clause.disputeTypes.length === 0 || (type !== undefined && clause.disputeTypes.includes(type));
  const clauses = (wordings.data?.clauses ?? [])
    .filter((clause) => all || word !== '' || fits(clause))
    .filter(({ title, text }) => `${title}${text}`.includes(word.trim()));
  const insert = (clause: Clause) => {
    const term: Record<string, unknown> = {
      ...emptyTerm(clause.kind, crypto.randomUUID()),
      [fieldOf[clause.kind]]: clause.text,
    };
    if (clause.kind === 'default') term.rule = 'OTHER';
    addTerm(doc, term as DraftTerm);
    onClose();
  };
  return (
    <Dialog title={t('library.title')} onClose={onClose}>
      <TextField label={t('library.search')} value={word} onChange={search} />
      {wordings.isPending && <Waiting>{c('loading')}</Waiting>}
      <ErrorNotice error={wordings.error} />
      {clauses.length === 0 && wordings.data && <p className="muted">{t('library.none')}</p>}
      {clauses.map((clause) => (
        <section key={clause.id} className="col draft-clause" aria-label={clause.title}>
          <div className="row">
            <strong className="grow">
              {clause.title} <span className="muted small">{t(`kind.${clause.kind}`)}</span>
            </strong>
            <Button onClick={() => insert(clause)}>{t('library.insert')}</Button>
          </div>
          <p>{clause.text}</p>
          <p className="muted small">{clause.basis}</p>
        </section>
      ))}
      <div className="row">
        {!all && word === '' && <Button onClick={() => showAll(true)}>{t('library.all')}</Button>}
        <Button look="ghost" onClick={onClose}>
          {c('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
