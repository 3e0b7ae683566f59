import { removePart, setPart } from '@tongxi/server/contract/draft.ts';
import { shareOut } from '@tongxi/server/contract/share-out.ts';
import type { Account } from '@tongxi/server/contract/terms.ts';
import { Button, Choice } from '../../ui/index.tsx';
import { AccountFields } from './account-fields.tsx';
import { Amount } from './amount.tsx';
import { capitals, formatYuan } from './money.ts';
import { type Part, PartTiming } from './part-timing.tsx';
import { type TermFormProps, useTermFields } from './term-form.tsx';

type Payee = { partyId: string; amountFen: number; account: Account | null };
type Shared = Part & { shares: { partyId: string; amountFen: number }[] };

const sum = (parts: readonly { amountFen: number }[]) => parts.reduce((fen, p) => fen + p.amountFen, 0);

/** One payer and several payees: what each gets in all, and each instalment shared out in proportion. */
export function SplitForm(props: TermFormProps) {
  const { t, set, text, person, choice } = useTermFields(props);
  const { term, map, parties, edit, caseId } = props;
  const payees = (term.payees as Payee[]) ?? [];
  const parts = (term.instalments as Shared[]) ?? [];
  const name = (id: string) => parties.find((p) => p.id === id)?.name ?? '';
  const total = sum(payees);
  const put = (part: Shared) => map && setPart(map, part);
  const change = (partyId: string, next: Partial<Payee>) =>
    set(
      'payees',
      payees.map((p) => (p.partyId === partyId ? { ...p, ...next } : p)),
    );
  const choose = (partyId: string, on: boolean) =>
    set(
      'payees',
      on
        ? [...payees, { partyId, amountFen: 0, account: null }]
        : payees.filter((p) => p.partyId !== partyId),
    );
  /** Shares of this amount in the proportion of what each gets. */
  const shares = (fen: number) =>
    shareOut(
      fen,
      payees.map((p) => p.amountFen),
    ).map((amountFen, i) => ({ partyId: payees[i]?.partyId ?? '', amountFen }));
  const rest = payees.map((p) => ({
    partyId: p.partyId,
    amountFen: Math.max(
      0,
      p.amountFen - sum(parts.flatMap((part) => part.shares.filter((s) => s.partyId === p.partyId))),
    ),
  }));
  return (
    <>
      {person('payerId')}
      {text('purpose')}
      <fieldset className="plain col">
        <legend>
          <strong>{t('split.payees')}</strong>
        </legend>
        {parties
          .filter((p) => p.id !== term.payerId)
          .map((p) => {
            const payee = payees.find((each) => each.partyId === p.id);
            return (
              <div key={p.id} className="col draft-payee">
                <Choice
                  type="checkbox"
                  checked={payee !== undefined}
                  onChange={(on) => edit && choose(p.id, on)}
                >
                  {p.name}
                </Choice>
                {payee && (
                  <>
                    <Amount
                      label={t('split.gets', { name: p.name })}
                      fen={payee.amountFen}
                      disabled={!edit}
                      onChange={(amountFen) => change(p.id, { amountFen })}
                    />
                    {term.method === 'BANK' && (
                      <AccountFields
                        account={payee.account}
                        edit={edit}
                        onChange={(account) => change(p.id, { account })}
                      />
                    )}
                  </>
                )}
              </div>
            );
          })}
      </fieldset>
      {total > 0 && (
        <p>
          {t('split.total')} <strong>{formatYuan(total)}</strong>{' '}
          <span className="muted small">{capitals(total)}</span>
        </p>
      )}
      {choice('method', t('payment.method'), ['CASH', 'BANK', 'WECHAT', 'ALIPAY', 'OTHER'], 'method')}
      <strong>{t('instalments')}</strong>
      {parts.map((part, i) => (
        <div key={part.id} className="col draft-part" data-instalment={i}>
          <div className="row">
            <div className="grow">
              <Amount
                label={t('part', { n: i + 1 })}
                fen={sum(part.shares)}
                disabled={!edit}
                onChange={(fen) => put({ ...part, shares: shares(fen) })}
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
          <div className="row">
            {payees.map((payee) => (
              <div key={payee.partyId} className="grow">
                <Amount
                  label={name(payee.partyId)}
                  fen={part.shares.find((s) => s.partyId === payee.partyId)?.amountFen ?? 0}
                  disabled={!edit}
                  onChange={(amountFen) =>
                    put({
                      ...part,
                      shares: payees.map(({ partyId }) =>
                        partyId === payee.partyId
                          ? { partyId, amountFen }
                          : {
                              partyId,
                              amountFen: part.shares.find((s) => s.partyId === partyId)?.amountFen ?? 0,
                            },
                      ),
                    })
                  }
                />
              </div>
            ))}
          </div>
        </div>
      ))}
      {edit && payees.length > 0 && (
        <Button onClick={() => put({ id: crypto.randomUUID(), due: null, received: false, shares: rest })}>
          {t('addPart')}
        </Button>
      )}
      {payees.length > 0 && <p className="muted small">{t('split.hint')}</p>}
    </>
  );
}
