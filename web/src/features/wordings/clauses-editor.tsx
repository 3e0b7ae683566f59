import { DisputeType } from '@tongxi/server/contract/enums.ts';
import { type TermKind, termKinds } from '@tongxi/server/contract/terms.ts';
import type { Clause } from '@tongxi/server/contract/wording.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, SelectField, TextField } from '../../ui/index.tsx';

/** The clause library, one card a clause. */
export function ClausesEditor({
  clauses,
  onChange,
}: {
  clauses: Clause[];
  onChange: (clauses: Clause[]) => void;
}) {
  const t = useWords('wordings');
  const d = useWords('draft');
  const put = (id: string, next: Partial<Clause>) =>
    onChange(clauses.map((clause) => (clause.id === id ? { ...clause, ...next } : clause)));
  const add = () =>
    onChange([
      { id: crypto.randomUUID(), kind: 'other', title: '', text: '', basis: '', disputeTypes: [] },
      ...clauses,
    ]);
  return (
    <div className="col">
      <Button onClick={add}>{t('addClause')}</Button>
      {clauses.map((clause) => (
        <Card key={clause.id} className="col" label={clause.title}>
          <div className="row">
            <div className="grow">
              <TextField
                label={t('clause.title')}
                value={clause.title}
                maxLength={40}
                onChange={(title) => put(clause.id, { title })}
              />
            </div>
            <div className="grow">
              <SelectField
                label={t('clause.kind')}
                value={clause.kind}
                onChange={(kind) => put(clause.id, { kind: kind as TermKind })}
                options={termKinds.map((kind) => ({ value: kind, label: d(`kind.${kind}`) }))}
              />
            </div>
            <Button look="ghost" onClick={() => onChange(clauses.filter((each) => each.id !== clause.id))}>
              {t('removeClause')}
            </Button>
          </div>
          <TextField
            label={t('clause.text')}
            rows={3}
            value={clause.text}
            maxLength={1000}
            onChange={(text) => put(clause.id, { text })}
          />
          <TextField
            label={t('clause.basis')}
            value={clause.basis}
            maxLength={200}
            onChange={(basis) => put(clause.id, { basis })}
          />
          <details>
            <summary>
              {t('clause.types')}
              {clause.disputeTypes.length === 0
                ? t('clause.allTypes')
                : clause.disputeTypes.map((type) => t(`status:type.${type}`)).join(listMark())}
            </summary>
            <div className="row">
              {DisputeType.options.map((type) => (
                <Choice
                  key={type}
                  type="checkbox"
                  checked={clause.disputeTypes.includes(type)}
                  onChange={(on) =>
                    put(clause.id, {
                      disputeTypes: on
                        ? [...clause.disputeTypes, type]
                        : clause.disputeTypes.filter((each) => each !== type),
                    })
                  }
                >
                  {t(`status:type.${type}`)}
                </Choice>
              ))}
            </div>
          </details>
        </Card>
      ))}
    </div>
  );
}
