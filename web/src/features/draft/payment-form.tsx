import { removePart, setPart } from '@tongxi/server/contract/draft.ts';
import type { Account } from '@tongxi/server/contract/terms.ts';
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, TextField } from '../../ui/index.tsx';
import { AccountFields } from './account-fields.tsx';
import { Amount } from './amount.tsx';
import { formatYuan } from './money.ts';
import { type Part, PartTiming } from './part-timing.tsx';
import { type TermFormProps, useTermFields } from './term-form.tsx';

type Paid = Part & { amountFen: number };
type Interest = { yearlyBp: number; from: string | null };

/** Who pays whom how much, how, in which instalments, with or without interest. */
export function PaymentForm(props: TermFormProps) {
  const { t, set, text, person, choice } = useTermFields(props);
  const { term, map, edit, caseId } = props;
  const total = Number(term.amountFen) || 0;
  const parts = (term.instalments as Paid[]) ?? [];
  const rest = total - parts.reduce((sum, part) => sum + part.amountFen, 0);
  const put = (part: Paid) => map && setPart(map, part);
  return (
    <>
      <div className="row">
        <div className="grow">{person('payerId')}</div>
        <div className="grow">{person('payeeId')}</div>
      </div>
      {text('purpose')}
      <Amount
        label={t('payment.amount')}
        fen={total}
        disabled={!edit}
        withCapitals
        onChange={(fen) => set('amountFen', fen)}
      />
      {choice('method', t('payment.method'), ['CASH', 'BANK', 'WECHAT', 'ALIPAY', 'OTHER'], 'method')}
      {term.method === 'BANK' && (
        <AccountFields
          account={term.account as Account | null}
          edit={edit}
          onChange={(account) => set('account', account)}
        />
      )}
      <div className="col">
        <strong>{t('instalments')}</strong>
        {parts.map((part, i) => (
          <div key={part.id} className="row draft-part" data-instalment={i}>
            <div className="grow">
              <Amount
                label={t('part', { n: i + 1 })}
                fen={part.amountFen}
                disabled={!edit}
                onChange={(amountFen) => put({ ...part, amountFen })}
              />
            </div>
            <PartTiming
              part={part}
              edit={edit}
              caseId={caseId}
              onChange={(timing) => put({ ...part, ...timing })}
              onRemove={() => map && removePart(map, part.id)}
            />
          </div>
        ))}
        {edit && (
          <Button
            onClick={() =>
              put({ id: crypto.randomUUID(), due: null, amountFen: Math.max(0, rest), received: false })
            }
          >
            {t('addPart')}
          </Button>
        )}
        {parts.length > 0 && rest !== 0 && (
          <p className="notice warn" role="status">
            {t(rest > 0 ? 'restOpen' : 'restOver', { amount: formatYuan(Math.abs(rest)) })}
          </p>
        )}
      </div>
      <InterestFields
        interest={(term.interest as Interest | null | undefined) ?? null}
        edit={edit}
        onChange={(interest) => set('interest', interest)}
      />
    </>
  );
}

function InterestFields({
  interest,
  edit,
  onChange,
}: {
  interest: Interest | null;
  edit: boolean;
  onChange: (interest: Interest | null) => void;
}) {
  const t = useWords('draft');
  return (
    <div className="col">
      <Choice
        type="checkbox"
        checked={interest !== null}
        onChange={(on) => edit && onChange(on ? { yearlyBp: 0, from: null } : null)}
      >
        {t('interest.on')}
      </Choice>
      {interest && (
        <div className="row">
          <div className="grow">
            <Percent
              bp={interest.yearlyBp}
              edit={edit}
              onChange={(yearlyBp) => onChange({ ...interest, yearlyBp })}
            />
          </div>
          <div className="grow">
            <TextField
              label={t('interest.from')}
              type="date"
              value={interest.from ?? ''}
              disabled={!edit}
              onChange={(from) => onChange({ ...interest, from: from || null })}
            />
          </div>
        </div>
      )}
    </div>
  );
}

/** Per cent a year as people type it, kept in basis points. */
function Percent({ bp, edit, onChange }: { bp: number; edit: boolean; onChange: (bp: number) => void }) {
  const t = useWords('draft');
  const [typed, type] = useState<string | null>(null);
  const read = (text: string) => Math.round(Number(text.replace(/[%％\s]/g, '')) * 100);
  const shown = bp === 0 ? '' : String(bp / 100);
  return (
    <TextField
      label={t('interest.yearly')}
      inputMode="decimal"
      value={typed !== null && read(typed) === bp ? typed : shown}
      disabled={!edit}
      hint={t('interest.hint')}
      onChange={(next) => {
        const value = read(next);
        if (!Number.isInteger(value) || value < 0 || value > 10_000) return;
        type(next);
        onChange(value);
      }}
    />
  );
}
