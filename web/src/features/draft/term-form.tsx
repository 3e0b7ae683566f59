import type { DraftTerm } from '@tongxi/server/contract/draft.ts';
import { editText } from '@tongxi/server/contract/draft.ts';
import * as Y from 'yjs';
import { useWords } from '../../i18n/index.ts';
import { SelectField, TextField } from '../../ui/index.tsx';
import { Amount } from './amount.tsx';
import { PaymentForm } from './payment-form.tsx';
import { SplitForm } from './split-form.tsx';

export type Party = { id: string; name: string };
export type TermFormProps = {
  term: DraftTerm;
  map: Y.Map<unknown> | undefined;
  parties: Party[];
  edit: boolean;
  /** Where photographs go; without it none can be taken (templates, offers). */
  caseId?: string | undefined;
};

/** The fields of one block: prose merges word by word, amounts, dates and people are whole values. */
export function useTermFields({ term, map, parties, edit }: TermFormProps) {
  const t = useWords('draft');
  const value = (key: string) => (typeof term[key] === 'string' ? (term[key] as string) : '');
  const set = (key: string, next: unknown) => map?.set(key, next);
  const write = (key: string, next: string) => {
    const current = map?.get(key);
    if (current instanceof Y.Text) editText(current, next);
    else set(key, next);
  };
  return {
    t,
    value,
    set,
    text: (key: string, rows?: number) => (
      <TextField
        label={t(`${term.kind}.${key}`)}
        value={value(key)}
        disabled={!edit}
        onChange={(next) => write(key, next)}
        {...(rows ? { rows } : {})}
      />
    ),
    day: (key: string) => (
      <TextField
        label={t(`${term.kind}.${key}`)}
        type="date"
        value={value(key)}
        disabled={!edit}
        onChange={(next) => set(key, next || null)}
      />
    ),
    person: (key: string) => (
      <SelectField
        label={t(`${term.kind}.${key}`)}
        value={value(key)}
        onChange={(next) => edit && set(key, next || null)}
        options={[
          { value: '', label: t('choosePerson') },
          ...parties.map((p) => ({ value: p.id, label: p.name })),
        ]}
      />
    ),
    choice: (key: string, label: string, options: string[], words: string) => (
      <SelectField
        label={label}
        value={value(key)}
        onChange={(next) => edit && set(key, next)}
        options={options.map((o) => ({ value: o, label: t(`${words}.${o}`) }))}
      />
    ),
  };
}

/** One block of the draft, of an offer or of a template. */
export function TermForm(props: TermFormProps) {
  const { t, set, text, day, person, choice } = useTermFields(props);
  const { term, edit } = props;
  switch (term.kind) {
    case 'payment':
      return <PaymentForm {...props} />;
    case 'split':
      return <SplitForm {...props} />;
    case 'act':
      return (
        <>
          {person('actorId')}
          {text('what', 2)}
          {day('deadline')}
          {text('standard', 2)}
          {text('acceptedBy')}
          {text('costBorneBy')}
          {text('remedy')}
        </>
      );
    case 'apology':
      return (
        <>
          {person('byId')}
          {person('toId')}
          {text('form')}
          {day('deadline')}
        </>
      );
    case 'costs':
      return (
        <>
          {text('what')}
          <Amount
            label={t('costs.amount')}
            fen={Number(term.amountFen) || 0}
            disabled={!edit}
            hint={t('costs.byBill')}
            withCapitals
            onChange={(fen) => set('amountFen', fen)}
          />
          {choice('sharing', t('costs.sharing'), ['ONE', 'EQUAL', 'EACH_OWN'], 'sharing')}
          {term.sharing === 'ONE' && person('bearerId')}
          {term.sharing !== 'EACH_OWN' && day('due')}
          <p className="muted small">{t('costs.never')}</p>
        </>
      );
    case 'default':
      return (
        <>
          {choice('rule', t('default.rule'), ['ALL_DUE', 'OTHER'], 'rule')}
          {text('text', 2)}
        </>
      );
    default:
      return text('text', 3);
  }
}
