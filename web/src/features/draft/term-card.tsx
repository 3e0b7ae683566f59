import { type DraftTerm, moveTerm, removeTerm, termMap } from '@tongxi/server/contract/draft.ts';
import type * as Y from 'yjs';
import { useWords } from '../../i18n/index.ts';
import { Button, Card } from '../../ui/index.tsx';
import { type Finding, Findings } from './findings.tsx';
import { type Party, TermForm } from './term-form.tsx';

type Props = {
  doc: Y.Doc;
  term: DraftTerm;
  place: number;
  last: boolean;
  parties: Party[];
  edit: boolean;
  findings: Finding[];
  wording?: string | undefined;
  caseId?: string | undefined;
};

/** One term: its fields, what is wrong with them, and the sentence that they make in the agreement. */
export function TermCard({ doc, term, place, last, parties, edit, findings, wording, caseId }: Props) {
  const t = useWords('draft');
  const number = t('termNumber', { n: place });
  return (
    <Card className="col" label={number}>
      <div className="row">
        <strong className="grow">
          {number} · {t(`kind.${term.kind}`)}
        </strong>
        {edit && (
          <div className="term-tools">
            <Button
              look="ghost"
              aria-label={t('up')}
              disabled={place === 1}
              onClick={() => moveTerm(doc, term.id, -1)}
            >
              ↑
            </Button>
            <Button
              look="ghost"
              aria-label={t('down')}
              disabled={last}
              onClick={() => moveTerm(doc, term.id, 1)}
            >
              ↓
            </Button>
            <Button look="ghost" onClick={() => removeTerm(doc, term.id)}>
              {t('removeTerm')}
            </Button>
          </div>
        )}
      </div>
      <TermForm term={term} map={termMap(doc, term.id)} parties={parties} edit={edit} caseId={caseId} />
      <Findings findings={findings} />
      {wording && (
        <p className="draft-wording">
          <span className="muted small">{t('reads')}</span> {wording}
        </p>
      )}
    </Card>
  );
}
