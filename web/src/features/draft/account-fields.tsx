import type { Account } from '@tongxi/server/contract/terms.ts';
import { useWords } from '../../i18n/index.ts';
import { TextField } from '../../ui/index.tsx';

/** Holder, bank and number of the account that is paid to. */
export function AccountFields({
  account,
  edit,
  onChange,
}: {
  account: Account | null;
  edit: boolean;
  onChange: (account: Account) => void;
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
