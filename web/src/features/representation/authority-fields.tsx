import { AgentPower } from '@tongxi/server/contract/enums.ts';
import { useWords } from '../../i18n/index.ts';
import { Choice, TextField } from '../../ui/index.tsx';

export type AuthorityDraft = { special: boolean; powers: AgentPower[]; validFrom: string; validTo: string };
export const noAuthority: AuthorityDraft = { special: false, powers: [], validFrom: '', validTo: '' };

/** Only what was filled in: special authority counts with its powers, a period when it has days. */
export function authorityValues({ special, powers, validFrom, validTo }: AuthorityDraft) {
  return {
    special,
    powers: special ? powers : [],
    ...(validFrom ? { validFrom } : {}),
    ...(validTo ? { validTo } : {}),
  };
}

/** 一般授权 or 特别授权, every power on its own box, and the period. */
export function AuthorityFields({
  value,
  onChange,
  name,
}: {
  value: AuthorityDraft;
  onChange: (value: AuthorityDraft) => void;
  name: string;
}) {
  const t = useWords('representation');
  return (
    <fieldset className="col plain">
      <legend>{t('authority')}</legend>
      <Choice
        type="radio"
        name={name}
        checked={!value.special}
        onChange={() => onChange({ ...value, special: false })}
      >
        {t('general')}
      </Choice>
      <Choice
        type="radio"
        name={name}
        checked={value.special}
        onChange={() => onChange({ ...value, special: true })}
      >
        {t('special')}
      </Choice>
      {value.special && (
        <div className="col">
          {AgentPower.options.map((power) => (
            <Choice
              key={power}
              type="checkbox"
              checked={value.powers.includes(power)}
              onChange={(on) =>
                onChange({
                  ...value,
                  powers: on ? [...value.powers, power] : value.powers.filter((p) => p !== power),
                })
              }
            >
              {t(`power.${power}`)}
            </Choice>
          ))}
        </div>
      )}
      <TextField
        label={t('validFrom')}
        type="date"
        value={value.validFrom}
        onChange={(validFrom) => onChange({ ...value, validFrom })}
      />
      <TextField
        label={t('validTo')}
        type="date"
        value={value.validTo}
        onChange={(validTo) => onChange({ ...value, validTo })}
      />
    </fieldset>
  );
}
