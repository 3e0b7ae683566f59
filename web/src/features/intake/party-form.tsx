import type { IntakeParty } from '@tongxi/server/contract/intake.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, TextField } from '../../ui/index.tsx';
import { AgentsAtIntake } from '../representation/index.ts';

/** One person or organisation. `number` counts within its side, 0 when it is the only one there. */
export function PartyForm({
  party,
  index,
  number,
  onChange,
  onRemove,
}: {
  party: IntakeParty;
  index: number;
  number: number;
  onChange: (part: Partial<IntakeParty>) => void;
  onRemove: (() => void) | null;
}) {
  const t = useWords('intake');
  const person = party.kind === 'PERSON';
  const title = `${t(`side.${party.side}`)}${number > 0 ? ` ${number}` : ''}`;
  const text = (key: keyof IntakeParty, extra: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      label={t(`party.${key}`)}
      value={String(party[key])}
      onChange={(value) => onChange({ [key]: value })}
      {...extra}
    />
  );
  return (
    <Card className="col" label={title}>
      <div className="row">
        <h2 className="grow">{title}</h2>
        {onRemove && (
          <Button look="ghost" onClick={onRemove}>
            {t('remove')}
          </Button>
        )}
      </div>
      <div className="row">
        <Choice
          type="radio"
          name={`kind${index}`}
          checked={person}
          onChange={() => onChange({ kind: 'PERSON' })}
        >
          {t('person')}
        </Choice>
        <Choice
          type="radio"
          name={`kind${index}`}
          checked={!person}
          onChange={() => onChange({ kind: 'ORGANISATION' })}
        >
          {t('organisation')}
        </Choice>
      </div>
      {text('name', { maxLength: 60 })}
      {person
        ? text('idNumber', { autoComplete: 'off', maxLength: 18 })
        : text('creditCode', { maxLength: 18 })}
      {!person && text('representative', { maxLength: 60 })}
      {text('phone', { inputMode: 'tel', hint: t('phoneHint'), maxLength: 20 })}
      {person && (
        <Choice
          type="checkbox"
          checked={party.usesStation}
          onChange={(usesStation) => onChange({ usesStation })}
        >
          {t('usesStation')}
        </Choice>
      )}
      <details>
        <summary>{t('more')}</summary>
        <div className="col">
          {person && text('ethnicity', { maxLength: 20 })}
          {person && text('occupation', { maxLength: 60 })}
          {text('address', { maxLength: 200 })}
          {person && text('guardianName', { hint: t('guardianHint'), maxLength: 60 })}
          <AgentsAtIntake
            agents={party.agents}
            onChange={(agents) => onChange({ agents })}
            name={`authority-${index}`}
          />
        </div>
      </details>
    </Card>
  );
}
