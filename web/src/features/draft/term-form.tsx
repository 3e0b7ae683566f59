import type { DraftTerm } from '@tongxi/server/contract/draft.ts';
import { useState } from 'react';
import * as Y from 'yjs';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, SelectField, TextField } from '../../ui/index.tsx';
import { capitals, fenOf, yuanOf } from './money.ts';
import { editText } from './use-draft.ts';

type Party = { id: string; name: string };
type Part = { id: string; due: string | null; amountFen: number; received: boolean };
type Props = { term: DraftTerm; map: Y.Map<unknown> | undefined; parties: Party[]; edit: boolean };

/** One block: prose merges word by word, amounts, dates and people are whole values. */
export function TermForm({ term, map, parties, edit }: Props) {
  const t = useWords('draft');
  const value = (key: string) => (typeof term[key] === 'string' ? term[key] : '');
  const set = (key: string, next: unknown) => map?.set(key, next);
  const write = (key: string, next: string) => {
    const current = map?.get(key);
    if (current instanceof Y.Text) editText(current, next);
    else set(key, next);
  };
  const text = (key: string, rows?: number) => (
    <TextField
      label={t(`${term.kind}.${key}`)}
      value={value(key)}
      disabled={!edit}
      onChange={(next) => write(key, next)}
      {...(rows ? { rows } : {})}
    />
  );
  const day = (key: string) => (
    <TextField
      label={t(`${term.kind}.${key}`)}
      type="date"
      value={value(key)}
      disabled={!edit}
      onChange={(next) => set(key, next || null)}
    />
  );
  const person = (key: string) => (
    <SelectField
      label={t(`${term.kind}.${key}`)}
      value={value(key)}
      onChange={(next) => edit && set(key, next || null)}
      options={[
        { value: '', label: t('choosePerson') },
        ...parties.map((p) => ({ value: p.id, label: p.name })),
      ]}
    />
  );
  switch (term.kind) {
    case 'payment':
      return (
        <>
          <div className="row">
            <div className="grow">{person('payerId')}</div>
            <div className="grow">{person('payeeId')}</div>
          </div>
          {text('purpose')}
          <Amount
            label={t('payment.amount')}
            fen={Number(term.amountFen) || 0}
            disabled={!edit}
            onChange={(fen) => set('amountFen', fen)}
            withCapitals
          />
          <SelectField
            label={t('payment.method')}
            value={value('method')}
            onChange={(next) => edit && set('method', next)}
            options={['CASH', 'BANK', 'WECHAT', 'ALIPAY', 'OTHER'].map((m) => ({
              value: m,
              label: t(`method.${m}`),
            }))}
          />
          {term.method === 'BANK' && (
            <Account
              account={term.account as AccountValue | null}
              edit={edit}
              onChange={(account) => set('account', account)}
            />
          )}
          <Instalments
            parts={(term.instalments as Part[]) ?? []}
            total={Number(term.amountFen) || 0}
            edit={edit}
            onChange={(parts) => set('instalments', parts)}
          />
        </>
      );
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
    case 'default':
      return (
        <>
          <SelectField
            label={t('default.rule')}
            value={value('rule')}
            onChange={(next) => edit && set('rule', next)}
            options={['ALL_DUE', 'OTHER'].map((r) => ({ value: r, label: t(`rule.${r}`) }))}
          />
          {text('text', 2)}
        </>
      );
    default:
      return text('text', 2);
  }
}

function Amount({
  label,
  fen,
  onChange,
  disabled,
  withCapitals,
}: {
  label: string;
  fen: number;
  onChange: (fen: number) => void;
  disabled: boolean;
  withCapitals?: boolean;
}) {
  const [typed, type] = useState<string | null>(null);
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={typed ?? yuanOf(fen)}
      disabled={disabled}
      {...(withCapitals && fen > 0 ? { hint: capitals(fen) } : {})}
      onChange={(next) => {
        type(next);
        const parsed = fenOf(next);
        if (parsed !== null) onChange(parsed);
      }}
    />
  );
}

type AccountValue = { holder: string; bank: string; number: string };

function Account({
  account,
  edit,
  onChange,
}: {
  account: AccountValue | null;
  edit: boolean;
  onChange: (account: AccountValue) => void;
}) {
  const t = useWords('draft');
  const now = account ?? { holder: '', bank: '', number: '' };
  return (
    <div className="row">
      {(['holder', 'bank', 'number'] as const).map((key) => (
        <div key={key} className="grow">
          <TextField
            label={t(`account.${key}`)}
            value={now[key]}
            disabled={!edit}
            onChange={(value) => onChange({ ...now, [key]: value })}
          />
        </div>
      ))}
    </div>
  );
}

function Instalments({
  parts,
  total,
  edit,
  onChange,
}: {
  parts: Part[];
  total: number;
  edit: boolean;
  onChange: (parts: Part[]) => void;
}) {
  const t = useWords('draft');
  const change = (id: string, part: Partial<Part>) =>
    onChange(parts.map((p) => (p.id === id ? { ...p, ...part } : p)));
  const rest = total - parts.reduce((sum, p) => sum + p.amountFen, 0);
  return (
    <div className="col">
      <strong>{t('instalments')}</strong>
      {parts.map((part, i) => (
        <div key={part.id} className="row" data-instalment={i}>
          <div className="grow">
            <Amount
              label={t('part', { n: i + 1 })}
              fen={part.amountFen}
              disabled={!edit}
              onChange={(amountFen) => change(part.id, { amountFen })}
            />
          </div>
          <div className="grow">
            <TextField
              label={t('due')}
              type="date"
              value={part.due ?? ''}
              disabled={!edit || part.received}
              onChange={(due) => change(part.id, { due: due || null })}
              hint={part.due ? '' : t('onSigning')}
            />
          </div>
          <Choice
            type="checkbox"
            checked={part.received}
            onChange={(received) => edit && change(part.id, { received, ...(received ? { due: null } : {}) })}
          >
            {t('received')}
          </Choice>
          {edit && (
            <Button look="ghost" onClick={() => onChange(parts.filter((p) => p.id !== part.id))}>
              {t('removeTerm')}
            </Button>
          )}
        </div>
      ))}
      {edit && (
        <Button
          onClick={() =>
            onChange([
              ...parts,
              { id: crypto.randomUUID(), due: null, amountFen: Math.max(0, rest), received: false },
            ])
          }
        >
          {t('addPart')}
        </Button>
      )}
      {rest !== 0 && parts.length > 0 && (
        <p className="notice warn">{t('restOpen', { amount: yuanOf(Math.abs(rest)) })}</p>
      )}
    </div>
  );
}
